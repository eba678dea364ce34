"""Statements that disagree with each other: the same measure of the same people, and different numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from casualties.choices import Measure
from casualties.views.statements.rows import StatementRow

# Bounds can all be true at once, and comparisons name no number.
EXACT = {Measure.COUNT, Measure.RATE, Measure.CHANGE}


@dataclass(frozen=True)
class Disagreement:
    """Statements, the latest first, that cannot all be right; `reading` says the people that all of them speak of."""

    reading: str
    rows: tuple[StatementRow, ...]


def disagreeing(rows: Sequence[StatementRow]) -> list[Disagreement]:
    """Groups of statements with one selection and measure and more than one value.

    A selection without an end grows from day to day, so two numbers of it need not disagree; nor is it known of whom a
    statement with an obstacle speaks.
    """
    groups: dict[tuple[str, str], list[StatementRow]] = {}
    for row in rows:
        selection, statement = row.selection, row.statement
        ends = {"to", "date_to"} & set(selection.values)
        if ends and not selection.problems and not statement.obstacle and Measure(statement.measure) in EXACT:
            groups.setdefault((selection.query_string, statement.measure), []).append(row)
    return [
        Disagreement(group[0].reading, tuple(group))
        for group in groups.values()
        if len({row.statement.value for row in group}) > 1
    ]
