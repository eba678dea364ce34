"""A report counted and laid out: lines of cells with sub-totals and totals, and whether the parts add up.

Cells come from one count(); totals of lines and columns are added up from that frame on their own, and the people of
the selection are counted once more from the records.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import pandas as pd
from django.utils.translation import gettext as _

from casualties.counts import NotAvailable, count, count_records
from casualties.filters import NOT_AVAILABLE, FilterProblem, Selection
from casualties.frames import MONTH, YEAR
from casualties.reports.statutory import Report
from casualties.reports.words import MONTH_NOT_RECORDED, MONTHS, closed_list, in_order
from casualties.trends.live import series_years

Level = Literal["part", "subtotal", "total"]
Value = str | int
OPEN_VOCABULARIES = {"mission", "nationality"}  # a line for each of which somebody is


@dataclass(frozen=True, kw_only=True)
class Cell:
    """People; `where`: the values that they are counted under, by dimension. `hidden`: not to be shown."""

    persons: int
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

    `recounted`: the people of the selection, counted from the records.
    """

    report: Report
    selection: Selection
    columns: tuple[Value, ...]
    lines: tuple[Line, ...]
    recounted: int
    suppress: int = 0

    @property
    def total(self) -> int:
        return self.lines[-1].total.persons

    @property
    def sum_of_cells(self) -> int:
        """All parts, cell by cell."""
        parts = [line for line in self.lines if line.level == "part"]
        return sum(cell.persons for line in parts for cell in (line.cells or (line.total,)))

    @property
    def sum_of_lines(self) -> int:
        """The totals of the parts."""
        return sum(line.total.persons for line in self.lines if line.level == "part")

    @property
    def adds_up(self) -> bool:
        """Whether cells, totals of lines, the total, and the people counted again are one number."""
        return len({self.sum_of_cells, self.sum_of_lines, self.total, self.recounted}) == 1

    @property
    def hidden(self) -> int:
        """How many cells are not shown."""
        return sum(cell.hidden for line in self.lines for cell in (*line.cells, line.total))


def report_table(report: Report, selection: Selection) -> ReportTable:
    """Count a report for a selection that selection_for() gave. Raises what count() raises."""
    missing = unavailable(report, selection)
    if missing:
        raise NotAvailable(missing)
    frame = count(selection, report.dimensions, measure=report.measure)
    if MONTH in frame.columns:
        frame[MONTH] = frame[MONTH].fillna(MONTH_NOT_RECORDED).astype("int64")
    columns = tuple(_values(report.columns, frame, selection)) if report.columns else ()
    lines: list[Line] = []
    first, *rest = report.rows
    for value in _values(first, frame, selection):
        of_value = frame[frame[first] == value]
        if rest:
            inner = [
                _line(report, of_value[of_value[rest[0]] == part], columns, (value, part))
                for part in _occurring(rest[0], of_value, selection)
            ]
            lines.extend(inner)
        lines.append(_line(report, of_value, columns, (value,)))
    lines.append(_line(report, frame, columns, ()))
    recounted = int(count_records(selection)[report.measure].sum())
    return ReportTable(report=report, selection=selection, columns=columns, lines=tuple(lines), recounted=recounted)


def selection_for(report: Report, selection: Selection) -> tuple[Selection, list[FilterProblem]]:
    """The selection as the report counts it, and what is wrong: the outcome is the report's, months are of one year."""
    problems = list(selection.problems)
    if "outcome" in selection.values and selection.outcome != report.outcome:
        reason = _("is not what this report counts")
        problems.append(FilterProblem("outcome", selection.outcome, reason, (str(report.outcome),)))
    if problems:
        return selection, problems
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
    """The people of a cell as a selection; None where no address can say them (month not recorded)."""
    changes: dict[str, object] = {name: value for name, value in where.items() if name not in {YEAR, MONTH}}
    month = where.get(MONTH)
    if month == MONTH_NOT_RECORDED:
        return None
    year = where.get(YEAR) or (int(selection.one("from") or 0) if month else None)
    if year is None:
        return selection.change(**changes) if month is None else None
    if month is None and not selection.by_day:
        return selection.change(**changes, year=year)
    first, last = _days_of(int(year or (selection.days[0] or date.min).year), int(month or 0))
    asked_first, asked_last = selection.days
    return selection.change(
        **changes,
        **{"from": None, "to": None},
        date_from=max(first, asked_first or first).isoformat(),
        date_to=min(last, asked_last or last).isoformat(),
    )


def _of_one_year(selection: Selection) -> tuple[Selection, list[FilterProblem]]:
    """Without a period it is the last year that the release covers; a longer period is refused."""
    if not selection.by_day and "from" not in selection.values and "to" not in selection.values:
        return selection.change(year=selection.basis.last_covered_year), []
    first, last = (
        (selection.one("date_from"), selection.one("date_to"))
        if selection.by_day
        else (selection.one("from"), selection.one("to"))
    )
    if first and last and first[:4] == last[:4]:
        return selection, []
    name = "date_from" if selection.by_day else "from"
    value = selection.one(name) or ""
    reason = _("is not the period of this report, which is about one year: both ends lie in the same year")
    return selection, [FilterProblem(name, value, reason)]


def _days_of(year: int, month: int) -> tuple[date, date]:
    """The first and last day of a month, or (month 0) of a year."""
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def _values(dimension: str, frame: pd.DataFrame, selection: Selection) -> list[Value]:
    """The values that have a line or column of their own."""
    if dimension == YEAR:
        found = [int(year) for year in frame[YEAR]]
        series = series_years(selection)
        first, last = selection.days
        years = [
            year for year in series if (first is None or year >= first.year) and (last is None or year <= last.year)
        ]
        return sorted({*found, *years})
    if dimension == MONTH:
        unrecorded = [MONTH_NOT_RECORDED] if (frame[MONTH] == MONTH_NOT_RECORDED).any() else []
        return [*MONTHS, *unrecorded]
    if dimension in OPEN_VOCABULARIES:
        return list(in_order(dimension, [str(word) for word in frame[dimension]], selection))
    return list(closed_list(dimension, selection))


def _occurring(dimension: str, frame: pd.DataFrame, selection: Selection) -> list[Value]:
    return list(in_order(dimension, [str(word) for word in frame[dimension]], selection))


def _line(report: Report, frame: pd.DataFrame, columns: Sequence[Value], keys: tuple[Value, ...]) -> Line:
    where = dict(zip(report.rows, keys, strict=False))
    sums: dict[Hashable, int] = dict(frame.groupby(report.columns)[report.measure].sum()) if columns else {}
    level: Level = "part" if len(keys) == len(report.rows) else "subtotal" if keys else "total"
    return Line(
        level=level,
        keys=keys,
        cells=tuple(Cell(persons=int(sums.get(value, 0)), where={**where, report.columns: value}) for value in columns),
        total=Cell(persons=int(frame[report.measure].sum()), where=where),
    )


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
