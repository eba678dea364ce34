"""Pages that show no figure: a refused selection, nothing loaded, figures that the data do not have."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.counts import NotAvailable, gender_since
from casualties.filters import PARAMETERS, FilterProblem, Parameters, Selection, chips, given_words
from casualties.trends.series_years import series_years
from casualties.views import refusals
from casualties.views.addresses import own_first, with_query
from casualties.views.figures_cache import for_reader
from missions.models import Release


def refused(request: HttpRequest, problems: Sequence[FilterProblem], *, heading: str, back: str) -> HttpResponse:
    """Status 400: what is wrong, what would be allowed, the way back to the page without filters. No figure."""
    context = {
        "heading": heading,
        "back": back,
        "problems": [refusals.in_words(problem, {}) for problem in problems],
    }
    return for_reader(request, render(request, "casualties/refused.html", context, status=400))


def nothing_loaded(request: HttpRequest) -> HttpResponse:
    """How to load a release: until then there is nothing to show, and nothing is not zero."""
    return for_reader(request, render(request, "casualties/nothing_loaded.html"))


def not_available(request: HttpRequest, reason: str, *, heading: str, back: str) -> HttpResponse:
    """The selection is understood, but the loaded data cannot answer it. The reason is given, no figure."""
    context = {"heading": heading, "reason": f"{reason[:1].upper()}{reason[1:]}.", "back": back}
    return for_reader(request, render(request, "casualties/not_available.html", context))


def loaded(selection: Selection) -> Release:
    """The release that the figures rest on. Raises NotAvailable without one; pages say nothing_loaded() before."""
    if selection.release is None:
        raise NotAvailable(_("not available: no data are loaded"))
    return selection.release


def deaths_beside_injuries(selection: Selection) -> Selection:
    """The deaths of a selection of both outcomes: pages show injuries apart, never added."""
    return selection.change(outcome=None) if selection.outcome == "all" else selection


def counted_zero(selection: Selection, path: str, *, own: Mapping[str, str] | None = None) -> dict[str, Any]:
    """As templates/casualties/_empty.html takes it: why 0 is a counted zero, or why it is none, and the nearest wider
    selections.

    `path` is the address of the page without a query, `own` what it takes beside a selection and keeps.
    """
    release = loaded(selection)
    reason = _(
        "This is a counted zero: no record of the release of %(day)s matches. Before about 1990 civilians and local "
        "staff were hardly recorded."
    ) % {"day": f"{wording.day_and_month(release.date)} {release.date.year}"}
    if gender_since(selection) is not None and not series_years(selection):
        reason = _("This is no counted zero: in these years the gender that is chosen was not recorded of anybody.")
    wider = [
        {
            "label": _("Without: %(words)s") % {"words": chip.text},
            "url": with_query(path, own_first(own, chip.query_string)),
        }
        for chip in chips(selection)
        if not chip.is_default
    ]
    return {"reason": reason, "wider": wider[:2]}


def only(selection: Selection, *names: str, page: str) -> Sequence[FilterProblem]:
    """Problems for the filters that a page does not take, beside those of the selection itself."""
    others = [
        FilterProblem(name, values[0], _("is not a filter of %(page)s") % {"page": page}, names)
        for name, values in selection.values.items()
        if name not in names
    ]
    return [*selection.problems, *others]


def asked_of_no_figures(given: Parameters) -> list[FilterProblem]:
    """Problems for what the address of a page without figures says; a filter that is left empty asks nothing.

    Unlike only() it looks at no data and names nothing that would be allowed: everybody may open such a page.
    """
    reason = _("is not a filter of this page, which holds no figure of a release")
    asked = {name: ", ".join(given_words(given, name)) for name in given}
    return [FilterProblem(name, value, reason) for name, value in asked.items() if value or name not in PARAMETERS]
