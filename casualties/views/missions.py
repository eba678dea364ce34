"""The list of all operations: figures that add up, sortable, and the way into the dashboards."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.counts import count, open_period
from casualties.filters import FilterProblem, Selection, first_word
from casualties.frames import CAUSE, MISSION, YEAR
from casualties.trends.series_years import series_years
from casualties.views import sorting, states
from casualties.views.access import readers
from casualties.views.addresses import counts_csv_url, mission_url
from casualties.views.figures_page import figures_page
from casualties.views.operations import Operation, added_up, current_window, operations
from casualties.views.scope_bar import is_filtered, known_query, scope_bar, scope_with_causes, source_of
from casualties.views.selecting import selection_of
from missions.models import Mission

DEFAULT_SORT = "-deaths"

# What a column is sorted by; rows that have nothing there come last, whichever way.
SORTS: dict[str, Callable[[Operation], Any]] = {
    "mission": lambda row: row.acronym.casefold(),
    "kind": lambda row: row.kind,
    "region": lambda row: row.region or None,
    "status": lambda row: row.status_word or None,
    "years": lambda row: row.started,
    "deaths": lambda row: row.persons,
    "malicious": lambda row: row.malicious,
    "share": lambda row: row.malicious / row.persons if row.persons >= wording.SMALLEST_BASE else None,
    "window": lambda row: None if row.ended_before_window and not row.window else row.window,
}
NUMBERS = {"deaths", "malicious", "share", "window"}


@readers
@require_safe
def missions(request: HttpRequest) -> HttpResponse:
    """All operations (an umbrella stands for its parts), with the figures of a selection."""
    selection = selection_of(request, own=("sort", "go"))
    heading = _("Missions and offices")
    go, sort = first_word(request.GET, "go"), first_word(request.GET, "sort") or DEFAULT_SORT
    problems = [*selection.problems, *sorting.problems(sort, SORTS)]
    if "/" in go:  # any other word has a page, which says what is near
        problems.append(FilterProblem("go", go, _("is not an acronym"), tuple(selection.basis.missions)))
    if go and not problems:
        return redirect(mission_url(go, known_query(selection).removeprefix("?")))
    return figures_page(
        request,
        selection,
        "missions/list.html",
        lambda shown: _page(shown, sort, heading),
        name="missions",
        heading=heading,
        back=reverse("missions"),
        own=sort,
        problems=problems,
    )


def _page(selection: Selection, sort: str, heading: str) -> dict[str, Any]:
    """Context of list.html: the table as HTML, and the scope bar."""
    release = states.loaded(selection)
    until = None if selection.basis.annual_counts_only else open_period(selection)[1]
    axis = series_years(selection) or range(release.last_covered_year, release.last_covered_year + 1)
    statuses = dict(Mission.objects.operations().values_list("acronym", "status"))
    rows = operations(selection, count(selection, [MISSION, YEAR, CAUSE]), axis, statuses=statuses)
    all_rows = added_up(rows, selection)
    with_deaths = sum(1 for row in rows if row.persons)
    first, last = current_window(selection.basis)
    body = {
        "heading": heading,
        "sentence": _("%(n)s operations and offices are in this list; people died in %(with_deaths)s of them.")
        % {"n": wording.count(len(rows)), "with_deaths": wording.count(with_deaths)},
        "operations": sorting.ordered(rows, sort, SORTS, by_name=SORTS["mission"]),
        "all_operations": all_rows,
        "columns": sorting.columns(selection, sort, SORTS, numbers=NUMBERS, path=reverse("missions")),
        "counted": wording.noun(selection.outcome),
        "window_first": first,
        "window_last": last,
        "axis": (axis[0], axis[len(axis) // 2], axis[-1]),
        "scope": wording.capitalised(scope_with_causes(selection)),
        "filtered": is_filtered(selection),
        "back": reverse("missions"),
        "csv_url": counts_csv_url(selection, [MISSION, YEAR, CAUSE]),
        "source": source_of(selection),
        "known_query": known_query(selection),
    }
    return {
        "body": render_to_string("missions/_operations.html", body),
        "scope_bar": scope_bar(selection, axis, until, []),
    }
