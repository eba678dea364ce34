"""The types of columns, for programs: fields of a data package, properties of the API's description.

What a column means and who may have it stands in casualties/exports/columns/lists.py; here is what a cell may hold.
"""

from collections.abc import Mapping
from typing import Any

from casualties.choices import (
    AccidentType,
    Accountability,
    Cause,
    Context,
    DatePrecision,
    Gender,
    Grouping,
    Means,
    Outcome,
    Personnel,
    Severity,
)
from casualties.exports.columns import Column
from casualties.filters import NOT_RECORDED
from missions.models import Mission

INTEGERS = frozenset({"year", "persons", "deaths", "injuries", "all_deaths", "all_injuries"})
NUMBERS = frozenset({"latitude", "longitude"})
DAYS = frozenset({"died_on", "known_at", "release"})
WORDS: Mapping[str, list[str]] = {
    "mission_kind": list(Mission.Kind.values),
    "date_precision": list(DatePrecision.values),
    "cause": list(Cause.values),
    "means": list(Means.values),
    "context": list(Context.values),
    "accident_type": list(AccidentType.values),
    "accountability": list(Accountability.values),
    "outcome": list(Outcome.values),
    "severity": [*Severity.values, "not-stated"],
    "gender": [*Gender.values, NOT_RECORDED],
    "grouping": list(Grouping.values),
    "mark": ["p"],
    "released": ["yes", "no"],
}
# The file of incidents joins the types of personnel of several people in one cell.
WORDS_OF_ONE_PERSON: Mapping[str, list[str]] = {"personnel": list(Personnel.values)}
ALWAYS = frozenset({"mission", "mission_kind", "date", "date_precision", "year", "cause", "outcome", "persons"})


def words_of(column: Column, *, of_incidents: bool) -> list[str] | None:
    """The words that a cell may hold; None where they are not a closed list."""
    if column.name in WORDS_OF_ONE_PERSON and not of_incidents:
        return WORDS_OF_ONE_PERSON[column.name]
    return WORDS.get(column.name)


def field_of(column: Column, *, of_incidents: bool) -> dict[str, Any]:
    """A column as a field of a Frictionless table schema."""
    kind = "integer" if column.name in INTEGERS else "number" if column.name in NUMBERS else "string"
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.heading,
        "description": column.meaning,
        "type": "date" if column.name in DAYS else kind,
    }
    constraints: dict[str, Any] = {}
    if words := words_of(column, of_incidents=of_incidents):
        constraints["enum"] = words
    if column.name in ALWAYS:
        constraints["required"] = True
    return field | ({"constraints": constraints} if constraints else {})


def property_of(column: Column, *, of_incidents: bool) -> dict[str, Any]:
    """A column as a property of a JSON object; null where nothing is recorded."""
    field = field_of(column, of_incidents=of_incidents)
    kind = "string" if field["type"] == "date" else field["type"]
    optional = column.name not in ALWAYS
    found: dict[str, Any] = {"type": [kind, "null"] if optional else kind, "description": column.meaning}
    if words := words_of(column, of_incidents=of_incidents):
        found["enum"] = [*words, None] if optional else words
    return found
