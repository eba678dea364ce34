"""Files of people and of incidents, sent at once or made in the background: their columns, and who makes them."""

from collections.abc import Callable, Mapping, Sequence

from casualties.exports.columns import INCIDENTS, PEOPLE, Column
from casualties.exports.files import incidents_file, people_file
from casualties.exports.sent import SentFile
from casualties.exports.workbooks import incidents_workbook, people_workbook

COLUMNS: Mapping[str, Sequence[Column]] = {"casualties": PEOPLE, "incidents": INCIDENTS}
MAKERS: Mapping[tuple[str, str], Callable[..., SentFile]] = {
    ("casualties", "csv"): people_file,
    ("casualties", "xlsx"): people_workbook,
    ("incidents", "csv"): incidents_file,
    ("incidents", "xlsx"): incidents_workbook,
}
