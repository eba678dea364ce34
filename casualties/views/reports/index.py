"""The list of reports: each under the same selection, as a page and as files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.counts import NO_INJURIES
from casualties.filters import Selection
from casualties.reports.asked import Asked
from casualties.reports.building import BUILD
from casualties.reports.statutory import REPORTS, Report
from casualties.reports.tables import selection_for, unavailable
from casualties.views import states
from casualties.views.access import readers
from casualties.views.addresses import with_query
from casualties.views.figures_cache import for_reader
from casualties.views.page_filter import filter_form
from casualties.views.reports.asking import HEADER, address, asked_of
from casualties.views.reports.page import FIELDS
from casualties.views.scope_bar import is_filtered, scope_of_series, scope_with_causes, source_of


@readers
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All reports of a selection; deaths and injuries have reports of their own, so the outcome is no filter here."""
    heading, path = _("Reports"), reverse("reports")
    first = next(iter(REPORTS.values()))
    asked = asked_of(request, first.name)
    if asked.problems:
        return states.refused(request, asked.problems, heading=heading, back=path)
    selection = asked.asked
    if selection.release is None:
        return states.nothing_loaded(request)
    context = {
        "heading": heading,
        "scope": wording.capitalised(scope_with_causes(selection)),
        "filter": filter_form(selection, path, names=FIELDS),
        "filtered": is_filtered(selection),
        "build_url": with_query(reverse("report", args=[BUILD]), selection.query_string),
        "reports": [_listed(report, asked) for report in REPORTS.values()],
        "source": source_of(selection),
        "scope_bar": {**scope_of_series(selection), "counting": ""},
    }
    return for_reader(request, render(request, "reports/index.html", context))


def _listed(report: Report, asked: Asked) -> dict[str, Any]:
    """A report with its addresses, or with the reason why there is none of this selection."""
    return {
        "title": report.title,
        "classic": report.classic,
        "url": address(asked, name=report.name),
        "csv_url": address(asked, "csv", name=report.name, more=HEADER),
        "xlsx_url": address(asked, "xlsx", name=report.name),
        "reason": _reason(report, asked.asked),
    }


def _reason(report: Report, selection: Selection) -> str:
    if report.outcome == "injury" and not selection.basis.injuries_recorded:
        return wording.capitalised(_(NO_INJURIES))
    missing = unavailable(report, selection)
    if missing:
        return wording.capitalised(missing)
    _counted, problems = selection_for(report, selection.change(outcome=None))
    return _("The months of one year: choose the same year from and to.") if problems else ""
