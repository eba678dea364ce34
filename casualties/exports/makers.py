"""The makers of files of people and of incidents, for files sent at once and those made in the background."""

from collections.abc import Callable, Mapping

from casualties.exports.files import CsvFile, incidents_file, people_file
from casualties.exports.workbooks import WorkbookFile, incidents_workbook, people_workbook

MAKERS: Mapping[tuple[str, str], Callable[..., CsvFile | WorkbookFile]] = {
    ("casualties", "csv"): people_file,
    ("casualties", "xlsx"): people_workbook,
    ("incidents", "csv"): incidents_file,
    ("incidents", "xlsx"): incidents_workbook,
}
