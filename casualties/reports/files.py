"""A report as a frame for files: the words of addresses, every line with its level, hidden figures as a word.

A cell is empty where nothing is known: of a month that begins after the day of the release, or was not asked for; of a
year outside those of the mission or family, or before the gender was recorded of anybody.
"""

from collections.abc import Mapping, Sequence

import pandas as pd
from django.utils.translation import gettext as _

from casualties.frames import ALL, FAMILY, GENDER, INCIDENTS, MISSION, MONTH, YEAR
from casualties.reports.building import BUILD
from casualties.reports.months import covered_until, cuts_years
from casualties.reports.suppression import THRESHOLDS
from casualties.reports.tables import Cell, Line, ReportTable
from casualties.reports.words import MONTH_NOT_RECORDED, dimension_word

SUPPRESSED = "suppressed"
LEVEL = "level"
Place = tuple[tuple[str, ...], str]


def report_frame(table: ReportTable) -> pd.DataFrame:
    """One row per line: its row dimensions ("all" in sub-totals and totals), level, a column per value, the measure.

    None is an empty cell.
    """
    rows = table.report.rows
    found = []
    for line in table.lines:
        found.append([*_keys(line, rows), line.level, *(shown(cell) for cell in line.cells), shown(line.total)])
    return pd.DataFrame(found, columns=[*rows, LEVEL, *_headings(table)], dtype=object)


def cells_by_place(table: ReportTable) -> dict[Place, Cell]:
    """Every cell by the words that its file has for it: those of the line, and the heading of the column."""
    headings = _headings(table)
    return {
        (tuple(str(key) for key in _keys(line, table.report.rows)), heading): cell
        for line in table.lines
        for heading, cell in zip(headings, (*line.cells, line.total), strict=True)
    }


def shown(cell: Cell) -> int | str | None:
    """A figure as a file has it; None: empty."""
    return SUPPRESSED if cell.hidden else cell.figure


def file_word(table: ReportTable) -> str:
    """What the name of a file says of the report: report-by-year, report-mission-cause, report-incidents-mission."""
    report = table.report
    words = [report.name]
    if report.name == BUILD:
        words = [*([INCIDENTS] if report.measure == INCIDENTS else []), *report.dimensions]
    hidden = f"_suppressed-below-{table.suppress}" if table.suppress else ""
    return f"report-{'-'.join(words)}{hidden}"


def report_facts(table: ReportTable) -> dict[str, str]:
    """What the lines above the file, and the sheet of a workbook, say beside the selection."""
    said = {"report": str(table.report.title), "check": check_words(table)}
    if table.has_empty_cells:
        said["empty cells"] = f"{empty_words(table)}; a 0 is counted"
    return {**said, "small numbers": suppression_words(table.suppress)} if table.suppress else said


def report_meanings(table: ReportTable) -> Mapping[str, str]:
    """What the columns mean that only this report has."""
    name = dimension_word(table.report.columns).lower() if table.columns else ""
    counted = "Incidents" if table.report.measure == INCIDENTS else "People"
    words = {str(_word(table.report.columns, value)): f"{counted} with this {name}." for value in table.columns}
    empty = f" Empty: {empty_words(table)}, which is not 0." if table.has_empty_cells else ""
    return {
        LEVEL: "part: a figure of its own; subtotal: the parts above it together; total: all of them. Add parts alone.",
        **words,
        table.report.measure: (
            f"All {counted.lower()} of the line. In cells: {SUPPRESSED}, where a small number is hidden.{empty}"
        ),
    }


def check_words(table: ReportTable) -> str:
    """The line that says whether the parts add up; figures that are hidden are not in it."""
    again = f"{'incidents' if table.report.measure == INCIDENTS else 'people'} counted again"
    if not table.adds_up:
        return (
            f"DOES NOT ADD UP: cells {table.sum_of_cells}, lines {table.sum_of_lines}, total {table.total}, "
            f"{again} {table.recounted}"
        )
    words = f"cells, totals of lines, the total and the {again} are one number"
    return words if table.suppress else f"{words}: {table.total}"


def empty_words(table: ReportTable) -> str:
    """Which cells are empty where any is."""
    dimensions = table.report.dimensions
    words = []
    if MONTH in dimensions:
        after = f"a month that begins after {covered_until(table.selection)}, the day of the release"
        words.append(f"{after}, or lies outside the period" if cuts_years(dimensions, table.selection) else after)
    if YEAR in dimensions and not {MISSION, FAMILY}.isdisjoint(dimensions):
        words.append("a year outside those of the mission or family")
    if {YEAR, GENDER} <= set(dimensions):
        words.append("a year before the gender was recorded of anybody")
    return "; ".join(words)


def suppression_words(below: int) -> str:
    """The rule in words."""
    if below not in THRESHOLDS:
        raise ValueError(f"numbers are hidden below {THRESHOLDS}, not below {below}")
    return _(
        "Numbers from 1 to %(last)s are hidden, and further ones with them, so that no hidden number can be worked "
        "out from the numbers and totals of this table; in a sum that is shown the hidden numbers together are at "
        "least %(below)s. A 0 is shown. Other tables and selections may still tell."
    ) % {"last": below - 1, "below": below}


def _word(dimension: str, value: str | int) -> str | int:
    return "not-recorded" if dimension == MONTH and value == MONTH_NOT_RECORDED else value


def _keys(line: Line, rows: Sequence[str]) -> list[str | int]:
    keys = [_word(name, key) for name, key in zip(rows, line.keys, strict=False)]
    return keys + [ALL] * (len(rows) - len(keys))


def _headings(table: ReportTable) -> list[str]:
    return [*(str(_word(table.report.columns, value)) for value in table.columns), table.report.measure]
