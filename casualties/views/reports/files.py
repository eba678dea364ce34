"""One report as a file: CSV or XLSX of the very table of its page."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from casualties.counts import NotAvailable
from casualties.filters import FilterProblem
from casualties.reports.files import report_facts, report_frame, report_meanings
from casualties.reports.suppression import suppressed
from casualties.reports.tables import report_table
from casualties.views import states
from casualties.views.access import readers
from casualties.views.figures_cache import for_reader
from casualties.views.files.selected import refusal
from casualties.views.files.sending import frame_sent, own_of
from casualties.views.reports.asking import asked_of
from casualties.views.reports.page import known

SWITCH = ("0", "1")


@readers
@require_safe
def report_file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """400 names the parameter, 409 says what the data cannot tell."""
    report = known(name)
    asked = asked_of(request, report, *own_of(form))
    problems = list(asked.problems)
    header = request.GET.get("header", "").strip() if form == "csv" else ""
    if header and header not in SWITCH:
        problems.append(FilterProblem("header", header, "is not one of the allowed values", SWITCH))
    if problems:
        return for_reader(request, refusal(problems))
    try:
        states.loaded(asked.counted)
        table = suppressed(report_table(report, asked.counted), asked.suppress)
    except NotAvailable as reason:
        return for_reader(request, HttpResponse(f"{reason}\n", status=409, content_type="text/plain; charset=utf-8"))
    answer = frame_sent(
        request,
        report_frame(table),
        asked.counted,
        name=f"report-{name}" + (f"_suppressed-below-{asked.suppress}" if asked.suppress else ""),
        form=form,
        header=header == "1",
        facts=report_facts(table),
        meanings=report_meanings(table),
    )
    return for_reader(request, answer)
