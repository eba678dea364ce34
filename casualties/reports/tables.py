"""A report counted and laid out: lines of cells with sub-totals and totals, and whether the parts add up.

Cells come from one count(); totals of lines and columns are added up from that frame on their own, and the people (or
incidents) of the selection are counted once more from the records.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd
from django.utils.translation import gettext as _

from casualties.counts import NotAvailable, count, count_records, total
from casualties.filters import NOT_AVAILABLE, NOT_RECORDED, FilterProblem, Selection
from casualties.frames import (
    ACCIDENT_TYPE,
    CONTEXT,
    FAMILY,
    GENDER,
    KIND,
    MEANS,
    MISSION,
    MONTH,
    NATIONALITY,
    PERSONS,
    REGION,
    YEAR,
)
from casualties.reports.months import Calendar, days_of, only_year
from casualties.reports.statutory import Report
from casualties.reports.words import MONTH_NOT_RECORDED, MONTHS, closed_list, in_order

Level = Literal["part", "subtotal", "total"]
Value = str | int
# A line for each of which somebody is. The others have a line for each word: a 0 there is counted. What is recorded of
# few, or of nobody, is here: 0 women would be said of people whose gender nobody wrote down.
OPEN_VOCABULARIES = {MISSION, FAMILY, KIND, REGION, NATIONALITY, GENDER, MEANS, CONTEXT, ACCIDENT_TYPE}
MOST_CELLS = 20_000


class ReportTooLarge(ValueError):
    """A table that nobody reads, and no page holds."""

    def __init__(self, cells: int, most: int) -> None:
        super().__init__(f"the table has {cells} cells, more than {most}")
        self.cells, self.most = cells, most


@dataclass(frozen=True, kw_only=True)
class Cell:
    """People, or incidents; `where`: the values that they are counted under. `hidden`: not to be shown.

    `figure` is None where nothing is known: of a month that begins after the day of the release, or was not asked for;
    of a year outside those of the mission or family, or before the gender was recorded of anybody.
    """

    figure: int | None
    where: Mapping[str, Value]
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line: the values of its row dimensions (fewer for a sub-total, none for the total), its cells, their total."""

    level: Level
    keys: tuple[Value, ...]
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, kw_only=True)
class ReportTable:
    """A report of a selection. `columns`: the values of the column dimension; the last line is the total.

    `recounted`: the people, or incidents, of the selection, counted from the records.
    """

    report: Report
    selection: Selection
    columns: tuple[Value, ...]
    lines: tuple[Line, ...]
    recounted: int
    suppress: int = 0

    @property
    def total(self) -> int:
        return self.lines[-1].total.figure or 0

    @property
    def sum_of_cells(self) -> int:
        """All parts, cell by cell."""
        parts = [line for line in self.lines if line.level == "part"]
        return sum(cell.figure or 0 for line in parts for cell in (line.cells or (line.total,)))

    @property
    def sum_of_lines(self) -> int:
        """The totals of the parts."""
        return sum(line.total.figure or 0 for line in self.lines if line.level == "part")

    @property
    def adds_up(self) -> bool:
        """Whether cells, totals of lines, the total, and the people counted again are one number."""
        return len({self.sum_of_cells, self.sum_of_lines, self.total, self.recounted}) == 1

    @property
    def hidden(self) -> int:
        """How many cells are not shown."""
        return sum(cell.hidden for line in self.lines for cell in (*line.cells, line.total))

    @property
    def has_empty_cells(self) -> bool:
        """Whether there are cells without a figure."""
        return any(cell.figure is None for line in self.lines for cell in (*line.cells, line.total))


def report_table(report: Report, selection: Selection) -> ReportTable:
    """Count a report for a selection that selection_for() gave. Raises what count() raises, and ReportTooLarge."""
    missing = unavailable(report, selection)
    if missing:
        raise NotAvailable(missing)
    frame = count(selection, report.dimensions, measure=report.measure)
    if MONTH in frame.columns:
        frame[MONTH] = frame[MONTH].fillna(MONTH_NOT_RECORDED).astype("int64")
    calendar = Calendar(selection, frozenset(map(int, frame[YEAR])) if YEAR in frame.columns else None)
    columns = tuple(_values(report.columns, frame, calendar)) if report.columns else ()
    first, *rest = report.rows
    cells = len(frame[list(report.rows)].drop_duplicates()) * (len(columns) + 1)
    if cells > MOST_CELLS:
        raise ReportTooLarge(cells, MOST_CELLS)
    lines: list[Line] = []
    for value in _values(first, frame, calendar):
        of_value = frame[frame[first] == value]
        if rest:
            inner = [
                _line(report, of_value[of_value[rest[0]] == part], columns, (value, part), calendar)
                for part in _occurring(rest[0], of_value, selection)
            ]
            lines.extend(inner)
        lines.append(_line(report, of_value, columns, (value,), calendar))
    lines.append(_line(report, frame, columns, (), calendar))
    recounted = _recounted(report, selection)
    return ReportTable(report=report, selection=selection, columns=columns, lines=tuple(lines), recounted=recounted)


def _recounted(report: Report, selection: Selection) -> int:
    """The total, asked for on its own: of incidents each once, whatever the table says of their people."""
    if report.measure == PERSONS:
        return int(count_records(selection)[PERSONS].sum())
    return total(selection, measure=report.measure)


def selection_for(report: Report, selection: Selection) -> tuple[Selection, list[FilterProblem]]:
    """The selection as the report counts it, and what the report finds wrong with it.

    The outcome is the report's, and months are of one year. What is wrong with the selection itself it has said.
    """
    if selection.problems:
        return selection, []
    if "outcome" in selection.values and selection.outcome != report.outcome:
        reason = _("is not what this report counts")
        return selection, [FilterProblem("outcome", selection.outcome, reason, (str(report.outcome),))]
    counted = selection.change(outcome=None if report.outcome == "fatality" else report.outcome)
    if not report.one_year or counted.problems:
        return counted, list(counted.problems)
    return _of_one_year(counted)


def unavailable(report: Report, selection: Selection) -> str:
    """Why the loaded data cannot give the report at all; blank where they can."""
    if selection.basis.annual_counts_only and report.one_year:
        return NOT_AVAILABLE
    return ""


def narrowed(selection: Selection, where: Mapping[str, Value]) -> Selection | None:
    """The people of a cell as a selection; None where no address can say them (a month of no year, or not recorded)."""
    changes: dict[str, object] = {name: value for name, value in where.items() if name not in {YEAR, MONTH}}
    _say_missions(changes, selection)
    month = where.get(MONTH)
    year = where.get(YEAR) or (only_year(selection) if month else None)
    if month == MONTH_NOT_RECORDED or (month and year is None):
        return None
    if year is None:
        return selection.change(**changes)
    if month is None and not selection.by_day:
        return selection.change(**changes, year=year)
    return selection.change(**changes).within(*days_of(int(year), int(month or 0)))


def _say_missions(changes: dict[str, object], selection: Selection) -> None:
    """What no filter says of a mission is said by its name: that it has no family, that its region is not recorded."""
    entries = selection.basis.missions
    if FAMILY in changes and changes[FAMILY] not in selection.basis.families:
        changes[MISSION] = changes.pop(FAMILY)
    if changes.get(REGION) == NOT_RECORDED:
        del changes[REGION]
        asked = selection.mission_ids
        left = [name for name, entry in entries.items() if not entry.region and (asked is None or entry.id in asked)]
        changes.setdefault(MISSION, left)


def _of_one_year(selection: Selection) -> tuple[Selection, list[FilterProblem]]:
    """Without a period it is the last year that the release covers; a longer period is refused."""
    if not selection.by_day and "from" not in selection.values and "to" not in selection.values:
        return selection.change(year=selection.basis.last_covered_year), []
    if only_year(selection) is not None:
        return selection, []
    name = "date_from" if selection.by_day else "from"
    value = selection.one(name) or ""
    reason = _("is not the period of this report, which is about one year: both ends lie in the same year")
    return selection, [FilterProblem(name, value, reason)]


def _values(dimension: str, frame: pd.DataFrame, calendar: Calendar) -> list[Value]:
    """The values that have a line or column of their own."""
    if dimension == YEAR:
        return list(calendar.years)
    if dimension == MONTH:
        return _in_time([*calendar.months, *frame[MONTH]])
    if dimension in OPEN_VOCABULARIES:
        return list(in_order(dimension, [str(word) for word in frame[dimension]], calendar.selection))
    return list(closed_list(dimension, calendar.selection))


def _occurring(dimension: str, frame: pd.DataFrame, selection: Selection) -> list[Value]:
    if dimension in {YEAR, MONTH}:
        return _in_time(frame[dimension])
    return list(in_order(dimension, [str(word) for word in frame[dimension]], selection))


def _in_time(found: Iterable[int]) -> list[Value]:
    """Years or months in their order; the month that is not recorded is 0, and comes last."""
    return sorted({int(value) for value in found}, key=lambda value: value or MONTHS.stop)


def _line(
    report: Report, frame: pd.DataFrame, columns: Sequence[Value], keys: tuple[Value, ...], calendar: Calendar
) -> Line:
    where = dict(zip(report.rows, keys, strict=False))
    sums: dict[Hashable, int] = dict(frame.groupby(report.columns)[report.measure].sum()) if columns else {}
    level: Level = "part" if len(keys) == len(report.rows) else "subtotal" if keys else "total"
    return Line(
        level=level,
        keys=keys,
        cells=tuple(_cell(int(sums.get(value, 0)), {**where, report.columns: value}, calendar) for value in columns),
        total=_cell(int(frame[report.measure].sum()), where, calendar),
    )


def _cell(number: int, where: Mapping[str, Value], calendar: Calendar) -> Cell:
    """Whoever is recorded is counted; nobody is a 0 only where it can be said."""
    return Cell(figure=number if number or calendar.counts(where) else None, where=where)


def with_hidden(table: ReportTable, hidden: Iterable[tuple[int, int]], suppress: int) -> ReportTable:
    """The table with these cells hidden: (line, column), the total of a line being its last column."""
    chosen = set(hidden)
    last = len(table.columns)
    lines = tuple(
        replace(
            line,
            cells=tuple(replace(cell, hidden=(row, column) in chosen) for column, cell in enumerate(line.cells)),
            total=replace(line.total, hidden=(row, last) in chosen),
        )
        for row, line in enumerate(table.lines)
    )
    return replace(table, lines=lines, suppress=suppress)
