"""The columns of published statements, wherever they are handed out: one list, and one way to write a cell."""

from datetime import date
from decimal import Decimal

from casualties.choices import Measure, Scope
from casualties.models import Statement, StatementCheck
from casualties.statements.checking import SCOPE_NAMES

COLUMNS = (
    "key", "source", "address", "published_on", "published_precision", "statement", "selection", "measure", "said",
    "since", "verdict", "found", "found_until", "difference", "other_scopes", "detail", "note", "checked_at", "release",
    "data_version", "known_at", "verdict_then", "found_then", "detail_then",
)  # fmt: skip
# Their numbers are to be met exactly; a bound or a comparison has no difference.
EXACT = frozenset({Measure.COUNT, Measure.RATE, Measure.CHANGE})


def cells(statement: Statement, check: StatementCheck | None) -> list[object]:
    """A statement and its newest check in the order of COLUMNS; None for what is not there."""
    said: dict[str, object] = {
        "key": statement.key,
        "source": statement.source,
        "address": statement.address,
        "published_on": statement.published_on,
        "published_precision": statement.published_precision,
        "statement": statement.wording,
        "selection": statement.selection,
        "measure": statement.measure,
        "said": number_of(statement.value),
        "since": statement.since,
        "note": statement.note,
    }
    found = said if check is None else said | _of_check(statement, check)
    return [None if found.get(name) == "" else found.get(name) for name in COLUMNS]


def number_of(value: Decimal | None) -> int | float | None:
    """A number as files and programs have it: 195, 3.31."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def until_of(check: StatementCheck) -> date | None:
    """The last day with figures, where the period that was checked goes on after it: the number is provisional."""
    return next((date.fromisoformat(kept["until"]) for kept in check.scopes if kept.get("until")), None)


def _of_check(statement: Statement, check: StatementCheck) -> dict[str, object]:
    difference, until = None, until_of(check)
    if statement.measure in EXACT and check.found is not None and statement.value is not None and until is None:
        difference = check.found - statement.value
    return {
        "verdict": check.verdict,
        "found": number_of(check.found),
        "found_until": until,
        "difference": number_of(difference),
        "other_scopes": "; ".join(SCOPE_NAMES[Scope(kept["scope"])] for kept in check.scopes[1:] if kept["matches"]),
        "detail": check.detail,
        "checked_at": check.checked_at.isoformat(timespec="seconds"),
        "release": check.release_date,
        "data_version": check.data_version,
        "known_at": check.known_at,
        "verdict_then": check.verdict_then,
        "found_then": number_of(check.found_then),
        "detail_then": check.detail_then,
    }
