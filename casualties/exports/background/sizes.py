"""How long a file will be, by the one way to count."""

from django.conf import settings

from casualties.counts import Measure, count
from casualties.filters import Selection
from casualties.models import Export


def rows_expected(file: str, selection: Selection) -> int:
    """At most so many rows: a row of annual counts holds several people, an incident of both outcomes counts twice.

    Raises SelectionRefused and NotAvailable as count() does.
    """
    measure: Measure = "incidents" if file == Export.File.INCIDENTS else "persons"
    return int(count(selection, measure=measure)[measure].sum())


def is_long(rows: int) -> bool:
    """Whether a workbook of so many rows is made by a worker, and a CSV offered so."""
    return rows > settings.EXPORT_STREAM_ROWS
