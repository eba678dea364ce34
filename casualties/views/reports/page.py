"""One report as a page: the table with links to the people, whether it adds up, what is hidden, its files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.counts import NotAvailable
from casualties.reports.asked import Asked, too_large
from casualties.reports.tables import ReportTooLarge
from casualties.views import states
from casualties.views.access import readers
from casualties.views.figures_cache import for_reader, kept
from casualties.views.page_filter import filter_form
from casualties.views.reports.asking import asked_of
from casualties.views.reports.keeping import offers
from casualties.views.reports.shown import figures_of
from casualties.views.scope_bar import causes_in_words, is_filtered, scope_of_series, scope_with_causes

FIELDS = ("mission", "nationality", "cause", "from", "to", "personnel", "scope")


@readers
@require_safe
def report(request: HttpRequest, name: str) -> HttpResponse:
    """The page of one classic report."""
    asked = asked_of(request, name)
    heading, back = asked.title, reverse("reports")
    if asked.problems:
        return states.refused(request, asked.problems, heading=heading, back=back)
    if asked.counted.release is None:
        return states.nothing_loaded(request)
    try:
        page = kept(f"report-{name}", asked.counted, lambda: _page(asked), own=f"{asked.suppress}")
    except NotAvailable as reason:
        return states.not_available(request, str(reason), heading=heading, back=back)
    except ReportTooLarge as reason:
        return states.refused(request, [too_large(reason, asked)], heading=heading, back=back)
    return for_reader(request, render(request, "reports/report.html", {**page, **offers(request, asked)}))


def _page(asked: Asked) -> dict[str, Any]:
    """Context of report.html: the figures as HTML, and the scope bar."""
    body = {
        "heading": asked.title,
        "classic": asked.report.classic,
        "scope": wording.capitalised(scope_with_causes(asked.counted)),
        "filter": filter_form(
            asked.asked,
            reverse("report", args=[asked.report.name]),
            names=FIELDS,
            own={"suppress": str(asked.suppress)} if asked.suppress else {},
        ),
        "filtered": is_filtered(asked.asked),
        **figures_of(asked),
    }
    return {
        "heading": body["heading"],
        "body": render_to_string("reports/_report_figures.html", body),
        "scope_bar": report_scope(asked),
    }


def report_scope(asked: Asked) -> dict[str, Any]:
    """The scope bar of a report; of incidents it says that they are what is counted."""
    selection = asked.counted
    bar = scope_of_series(selection)
    if asked.report.measure == "incidents":
        injuries = asked.report.outcome == "injury"
        counting = _("incidents with injuries, each once") if injuries else _("incidents with deaths, each once")
        bar["counting"] = _("; ").join(filter(None, (counting, causes_in_words(selection))))
    return bar
