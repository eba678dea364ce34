"""Small numbers hidden, and others with them, so that no hidden number follows from those that are shown.

Primary: every figure from 1 to below the threshold. Complementary: in each sum (a line with its total, a column with
its total, a group with its sub-total) a hidden figure needs company, until none can be worked out (docs/reports.md).
Hundepool et al., Statistical Disclosure Control (2012), chapter 4, on tables and their linked totals.
"""

from collections.abc import Mapping, Sequence

from casualties.reports.disclosure import Key, Sum, determined, easing
from casualties.reports.tables import ReportTable, with_hidden

THRESHOLDS = (3, 5, 10)


def suppressed(table: ReportTable, below: int) -> ReportTable:
    """The report with its small numbers hidden; as it is for 0."""
    if not below:
        return table
    values = {
        (row, column): cell.figure or 0  # where nothing is known there is nobody to hide
        for row, line in enumerate(table.lines)
        for column, cell in enumerate((*line.cells, line.total))
    }
    return with_hidden(table, hidden_figures(values, sums_of(table), below=below), below)


def sums_of(table: ReportTable) -> list[Sum[tuple[int, int]]]:
    """Every sum that a reader of the report can form."""
    last = len(table.columns)
    sums = [Sum((row, last), tuple((row, column) for column in range(last))) for row in range(len(table.lines)) if last]
    grand = len(table.lines) - 1
    groups: dict[int, list[int]] = {}  # line of the sub-total -> its parts
    top: list[int] = []
    waiting: list[int] = []
    two_levels = len(table.report.rows) > 1
    for row, line in enumerate(table.lines[:-1]):
        if two_levels and line.level == "part":
            waiting.append(row)
            continue
        if two_levels:
            groups[row], waiting = waiting, []
        top.append(row)
    for column in range(last + 1):
        sums += [Sum((row, column), tuple((part, column) for part in parts)) for row, parts in groups.items()]
        if top:
            sums.append(Sum((grand, column), tuple((row, column) for row in top)))
    return sums


def hidden_figures(values: Mapping[Key, int], sums: Sequence[Sum[Key]], *, below: int) -> frozenset[Key]:
    """The figures to hide. A 0 is never hidden: it says that there was nobody."""
    hidden = {key for key, value in values.items() if 0 < value < below}
    totals = {found.total for found in sums}
    while True:
        for found in sums:
            while _needs_company(found, values, hidden, below):
                shown = [key for key in found.parts if values[key] and key not in hidden]
                hidden.add(min(shown, key=lambda key: (key in totals, values[key]), default=found.total))
        told = determined(values, sums, hidden)
        if told:
            hidden |= easing(values, sums, hidden, told)
        elif not any(_needs_company(found, values, hidden, below) for found in sums):
            return frozenset(hidden)


def _needs_company(found: Sum[Key], values: Mapping[Key, int], hidden: set[Key], below: int) -> bool:
    parts = [key for key in found.parts if key in hidden]
    if found.total in hidden:
        return not parts  # the parts that are shown add up to it
    together = sum(values[key] for key in parts)
    # Shown by the total: what the hidden parts have together. One of them alone, few people, or 1 each tell too much.
    return bool(parts) and (len(parts) == 1 or together < max(below, len(parts) + 1))
