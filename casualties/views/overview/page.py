"""The overview: the state of things in one minute, under one of the named scopes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.filters import Selection
from casualties.frames import MISSION
from casualties.views import states
from casualties.views.access import readers
from casualties.views.adding import sums
from casualties.views.addresses import cause_links
from casualties.views.delay_note import delay_note
from casualties.views.figures_cache import for_reader, kept
from casualties.views.overview.history import by_year
from casualties.views.overview.known import Known, known_of
from casualties.views.overview.lists import cases, latest, missions
from casualties.views.overview.opening import windows_and_days
from casualties.views.places import by_place
from casualties.views.scope_bar import known_query, scope_bar, scope_in_words
from casualties.views.scopes import by_scope
from casualties.views.selecting import selection_of


@readers
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything there is, under one of the named scopes."""
    selection = selection_of(request)
    heading = _("Deaths in UN peace operations")
    problems = states.only(selection, "scope", "known_at", page=_("the overview"))
    if problems:
        return states.refused(request, problems, heading=heading, back=reverse("overview"))
    if selection.release is None:
        return states.nothing_loaded(request)
    page = kept("overview", selection, lambda: _page(selection, heading))
    return for_reader(request, render(request, "casualties/overview.html", page))


def _page(selection: Selection, heading: str) -> dict[str, Any]:
    """Context of overview.html: the figures as HTML, and the scope bar."""
    known = known_of(selection)
    body = {
        "cause_links": cause_links(selection),
        "heading": heading,
        "released_on": known.released_on,
        "open_year": known.open_year,
        "source": known.source,
        "known_query": known_query(selection),
        "annual_counts_only": known.until is None,
        "delay": delay_note(selection),
        "by_year": by_year(known),
        **windows_and_days(known),
        **_scopes(known),
        **missions(known),
        **by_place(
            selection,
            sums(known.counts, MISSION),
            scope=scope_in_words(selection),
            span=wording.period(known.axis[0], known.axis[-1], provisional=True, through=known.until),
            source=known.source,
        ),
        **latest(known),
        **cases(known),
    }
    return {
        "body": render_to_string("casualties/_overview_figures.html", body),
        "scope_bar": scope_bar(selection, known.axis, known.until, [{"url": "#scopes", "label": _("Change scope")}]),
    }


def _scopes(known: Known) -> dict[str, Any]:
    """The last closed year under the four scopes; the open one where there is no other."""
    year = known.open_year - 1 if known.open_year - 1 in known.axis else known.open_year
    return {"scopes": by_scope(known.selection, year), "scopes_year": year, "scopes_open": year == known.open_year}
