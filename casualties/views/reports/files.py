"""One report as a file: CSV or XLSX of the very table of its page."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from casualties.reports.asked import table_of, too_large
from casualties.reports.files import file_word, report_facts, report_frame, report_meanings
from casualties.reports.tables import ReportTooLarge
from casualties.views import states
from casualties.views.access import readers
from casualties.views.figures_cache import for_reader
from casualties.views.files.frames import Made, frame_file
from casualties.views.files.refusing import refusal
from casualties.views.files.sending import own_of
from casualties.views.reports.asking import asked_of


@readers
@require_safe
def report_file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """400 names the parameter, 409 says what the data cannot tell."""
    asked = asked_of(request, name, *own_of(form))

    def make() -> Made:
        states.loaded(asked.counted)
        table = table_of(asked)
        return Made(
            name=file_word(table),
            selection=asked.counted,
            frame=report_frame(table),
            facts=report_facts(table),
            meanings=report_meanings(table),
        )

    try:
        return frame_file(request, asked.problems, make, form=form)
    except ReportTooLarge as reason:
        return for_reader(request, refusal([too_large(reason, asked)]))
