"""Small numbers hidden, and others with them, so that no hidden number follows from those that are shown.

Primary: every figure from 1 to below the threshold. Complementary: in each sum (a line with its total, a column with
its total, a group with its sub-total) a hidden figure needs company, until none can be worked out (docs/reports.md).
Hundepool et al., Statistical Disclosure Control (2012), chapter 4, on tables and their linked totals.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from casualties.reports.tables import ReportTable, with_hidden

THRESHOLDS = (3, 5, 10)
Key = TypeVar("Key", bound=Hashable)
_EXACT = 1e-11  # of squares of singular values; those of sums of figures are far from 0
_STILL = 1e-8


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """A total and the parts that add up to it."""

    total: Key
    parts: tuple[Key, ...]


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

    def choose(keys: Sequence[Key]) -> Key | None:
        """The cheapest further figure: a part before a total, the smallest first; None where only zeros are left."""
        free = [key for key in keys if values[key] and key not in hidden]
        return min(free, key=lambda key: (key in totals, values[key]), default=None)

    sums_with: dict[Key, list[Sum[Key]]] = {}
    for found in sums:
        for key in (found.total, *found.parts):
            sums_with.setdefault(key, []).append(found)

    while True:
        before = len(hidden)
        for found in sums:
            while _needs_company(found, values, hidden, below):
                part = choose(found.parts)
                hidden.add(found.total if part is None else part)
        if len(hidden) > before:
            continue
        for key in determined(sums, hidden):
            around = choose([one for found in sums_with[key] for one in (*found.parts, found.total)])
            if around is not None:
                hidden.add(around)
        if len(hidden) == before:
            return frozenset(hidden)


def _needs_company(found: Sum[Key], values: Mapping[Key, int], hidden: set[Key], below: int) -> bool:
    parts = [key for key in found.parts if key in hidden]
    if found.total in hidden:
        return not parts  # the parts that are shown add up to it
    together = sum(values[key] for key in parts)
    # Shown by the total: what the hidden parts have together. One of them alone, few people, or 1 each tell too much.
    return bool(parts) and (len(parts) == 1 or together < max(below, len(parts) + 1))


def determined(sums: Sequence[Sum[Key]], hidden: Collection[Key]) -> list[Key]:
    """The hidden figures that follow from the shown ones by all the sums together.

    Such a figure is the one solution of the linear equations: no solution of the homogeneous ones moves it, that is,
    its place is 0 in the whole null space. That space is found from the normal matrix, whose size is that of the hidden
    figures and not that of the sums.
    """
    keys = sorted(hidden, key=repr)
    places = {key: place for place, key in enumerate(keys)}
    normal = np.zeros((len(keys), len(keys)))
    for found in sums:
        members = [(places[key], 1.0) for key in found.parts if key in places]
        members += [(places[found.total], -1.0)] if found.total in places else []
        if members:
            at, signs = [place for place, _sign in members], np.array([sign for _place, sign in members])
            normal[np.ix_(at, at)] += np.outer(signs, signs)
    if not keys:
        return []
    sizes, basis = np.linalg.eigh(normal)
    moving = basis[:, sizes <= _EXACT * max(sizes[-1], 1.0)]
    lengths = (moving**2).sum(axis=1)
    return [key for key, length in zip(keys, lengths, strict=True) if length < _STILL]
