"""The list of contributors: figures that add up, sortable, and the way into the pages of countries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.counts import count, open_period
from casualties.filters import FilterProblem, Selection, first_word
from casualties.frames import CAUSE, NATIONALITY, YEAR
from casualties.trends.series_years import series_years
from casualties.views import headlines, sorting, states
from casualties.views.access import readers
from casualties.views.addresses import contributor_of, contributor_url, counts_csv_url
from casualties.views.figures_page import figures_page
from casualties.views.incident_rows import nationality_word
from casualties.views.operations import CountedRow, added_up, by_year, current_window
from casualties.views.page_filter import filter_form
from casualties.views.scope_bar import is_filtered, known_query, scope_bar, scope_with_causes, source_of
from casualties.views.selecting import selection_of

DEFAULT_SORT = "-deaths"
FIELDS = ("mission", "cause", "from", "to", "personnel", "scope")


@dataclass(frozen=True, kw_only=True)
class Contributor(CountedRow):
    """A nationality as it is recorded, with its figures; `page` is blank for people without a nationality."""

    code: str
    name: str
    page: str

    @property
    def first(self) -> int:
        return min([*self.malicious_by_year, *self.rest_by_year])

    @property
    def last(self) -> int:
        return max([*self.malicious_by_year, *self.rest_by_year])


# What a column is sorted by; rows that have nothing there come last, whichever way.
SORTS: Mapping[str, Callable[[Contributor], Any]] = {
    "name": lambda row: row.name.casefold(),
    "years": lambda row: row.first,
    "deaths": lambda row: row.persons,
    "malicious": lambda row: row.malicious,
    "share": lambda row: row.malicious / row.persons if row.persons >= wording.SMALLEST_BASE else None,
    "window": lambda row: row.window,
}
NUMBERS = {"deaths", "malicious", "share", "window"}


@readers
@require_safe
def contributors(request: HttpRequest) -> HttpResponse:
    """All nationalities with somebody in the selection."""
    selection = selection_of(request, own=("sort", "go"))
    heading = _("Contributors")
    go, sort = first_word(request.GET, "go"), first_word(request.GET, "sort") or DEFAULT_SORT
    problems = [*selection.problems, *sorting.problems(sort, SORTS)]
    if go and go not in selection.basis.countries:
        reason = _("is not the code of a country in this data")
        problems.append(FilterProblem("go", go, reason, tuple(selection.basis.countries)))
    if go and not problems:
        return redirect(contributor_url(go, known_query(selection).removeprefix("?")))
    return figures_page(
        request,
        selection,
        "contributors/list.html",
        lambda shown: _page(shown, sort, heading),
        name="contributors",
        heading=heading,
        back=reverse("contributors"),
        own=sort,
        problems=problems,
    )


def _page(selection: Selection, sort: str, heading: str) -> dict[str, Any]:
    """Context of list.html: the table as HTML, and the scope bar."""
    release = states.loaded(selection)
    until = None if selection.basis.annual_counts_only else open_period(selection)[1]
    axis = series_years(selection) or range(release.last_covered_year, release.last_covered_year + 1)
    rows = contributor_rows(selection, count(selection, [NATIONALITY, YEAR, CAUSE]), axis)
    first, last = current_window(selection.basis)
    own = {} if sort == DEFAULT_SORT else {"sort": sort}
    body = {
        "heading": heading,
        "sentence": _sentence(selection, rows),
        "contributors": sorting.ordered(rows, sort, SORTS, by_name=SORTS["name"]),
        "all_contributors": added_up(rows, selection),
        "columns": sorting.columns(selection, sort, SORTS, numbers=NUMBERS, path=reverse("contributors")),
        "countries": selection.basis.countries,
        "known_day": selection.basis.known_at,
        "counted": headlines.counted(selection),
        "window_first": first,
        "window_last": last,
        "axis": (axis[0], axis[len(axis) // 2], axis[-1]),
        "scope": wording.capitalised(scope_with_causes(selection)),
        "filter": filter_form(selection, reverse("contributors"), names=FIELDS, own=own),
        "filtered": is_filtered(selection),
        "csv_url": counts_csv_url(selection, [NATIONALITY, YEAR, CAUSE]),
        "source": source_of(selection),
    }
    return {
        "body": render_to_string("contributors/_list_figures.html", body),
        "heading": heading,
        "scope_bar": scope_bar(selection, axis, until, []),
    }


def contributor_rows(selection: Selection, counts: pd.DataFrame, axis: range) -> list[Contributor]:
    """A row for each nationality of a frame by nationality, year and cause; those without one as well."""
    malicious, rest = by_year(counts, NATIONALITY)
    return [
        Contributor(
            selection=selection.change(nationality=code),
            code=code,
            name=nationality_word(code, selection.basis),
            page=contributor_of(selection, code) if code in selection.basis.countries else "",
            malicious_by_year=malicious.get(code, {}),
            rest_by_year=rest.get(code, {}),
            axis=axis,
        )
        for code in sorted({*malicious, *rest})
    ]


def _sentence(selection: Selection, rows: list[Contributor]) -> str:
    """How many nationalities there are, and how many people have none; blank numbers are never countries."""
    named = [row for row in rows if row.page]
    unnamed = sum(row.persons for row in rows if not row.page)
    if not rows:
        return _("No one is in this selection.")
    facts = {"n": wording.count(len(named)), "persons": wording.count(sum(row.persons for row in named))}
    if selection.outcome == "injury":
        said = _("%(persons)s injured people of %(n)s nationalities are in this list.") % facts
    else:
        said = _("%(persons)s people of %(n)s nationalities are in this list, each counted once.") % facts
    if unnamed:
        without = _("The nationality of %(n)s more is not recorded or undetermined.") % {"n": wording.count(unnamed)}
        said = f"{said} {without}"
    return said
