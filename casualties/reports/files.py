"""A report as a frame for files: the words of addresses, every line with its level, hidden figures as a word."""

from collections.abc import Mapping

import pandas as pd
from django.utils.translation import gettext as _

from casualties.frames import MONTH, PERSONS
from casualties.reports.suppression import THRESHOLDS
from casualties.reports.tables import Cell, ReportTable
from casualties.reports.words import MONTH_NOT_RECORDED, dimension_word

ALL = "all"
SUPPRESSED = "suppressed"
LEVEL = "level"


def report_frame(table: ReportTable) -> pd.DataFrame:
    """One row per line: its row dimensions ("all" in sub-totals and totals), level, a column per value, persons."""
    rows = table.report.rows
    found = []
    for line in table.lines:
        keys = [_word(name, key) for name, key in zip(rows, line.keys, strict=False)]
        keys += [ALL] * (len(rows) - len(keys))
        found.append([*keys, line.level, *(_figure(cell) for cell in line.cells), _figure(line.total)])
    headings = [*rows, LEVEL, *(str(_word(table.report.columns, value)) for value in table.columns), PERSONS]
    return pd.DataFrame(found, columns=headings, dtype=object)


def report_facts(table: ReportTable) -> dict[str, str]:
    """What the lines above the file, and the sheet of a workbook, say beside the selection."""
    said = {"report": str(table.report.title), "check": check_words(table)}
    return {**said, "small numbers": suppression_words(table.suppress)} if table.suppress else said


def report_meanings(table: ReportTable) -> Mapping[str, str]:
    """What the columns mean that only this report has."""
    name = dimension_word(table.report.columns).lower() if table.columns else ""
    words = {str(_word(table.report.columns, value)): f"People with this {name}." for value in table.columns}
    return {
        LEVEL: "part: a figure of its own; subtotal: the parts above it together; total: all of them. Add parts alone.",
        **words,
        PERSONS: f"All people of the line. In cells: {SUPPRESSED}, where a small number is hidden.",
    }


def check_words(table: ReportTable) -> str:
    """The line that says whether the parts add up; figures that are hidden are not in it."""
    if not table.adds_up:
        return (
            f"DOES NOT ADD UP: cells {table.sum_of_cells}, lines {table.sum_of_lines}, total {table.total}, "
            f"people counted again {table.recounted}"
        )
    if table.suppress:
        return "cells, totals of lines, the total and the people counted again are one number"
    return f"cells, totals of lines, the total and the people counted again are one number: {table.total}"


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


def _figure(cell: Cell) -> int | str:
    return SUPPRESSED if cell.hidden else cell.persons
