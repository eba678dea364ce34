"""One report as a file: CSV or XLSX of the very table of its page."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from casualties.reports.files import report_facts, report_frame, report_meanings
from casualties.reports.suppression import suppressed
from casualties.reports.tables import report_table
from casualties.views import states
from casualties.views.access import readers
from casualties.views.files.frames import Made, frame_file
from casualties.views.files.sending import own_of
from casualties.views.reports.asking import asked_of
from casualties.views.reports.page import known


@readers
@require_safe
def report_file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """400 names the parameter, 409 says what the data cannot tell."""
    report = known(name)
    asked = asked_of(request, report, *own_of(form))

    def make() -> Made:
        states.loaded(asked.counted)
        table = suppressed(report_table(report, asked.counted), asked.suppress)
        return Made(
            name=f"report-{name}" + (f"_suppressed-below-{asked.suppress}" if asked.suppress else ""),
            selection=asked.counted,
            frame=report_frame(table),
            facts=report_facts(table),
            meanings=report_meanings(table),
        )

    return frame_file(request, asked.problems, make, form=form)
