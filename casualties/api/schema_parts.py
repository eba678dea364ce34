"""Parts of the OpenAPI description: parameters, what a record looks like, what every operation may answer.

Words that depend on the data (missions, countries, regions) are texts here; an unknown one is refused with the list.
"""

from collections.abc import Collection, Sequence
from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter

from casualties.api.paging import MOST, USUAL
from casualties.exports.column_types import property_of
from casualties.exports.columns import Column
from casualties.filters import PARAMETERS, Basis, Parameter
from casualties.filters.parameters import FIRST_YEAR
from casualties.filters.texts import LONGEST, SHORTEST

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "number"}
NUMBER_OR_NONE: Schema = {"type": ["number", "null"]}
WHOLE: Schema = {"type": "integer"}
WHOLE_OR_NONE: Schema = {"type": ["integer", "null"]}
TRUTH: Schema = {"type": "boolean"}
TEXTS: Schema = {"type": "array", "items": TEXT}
YEAR: Schema = {"type": "integer", "minimum": FIRST_YEAR, "maximum": 9999}
DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
SEARCH: Schema = {"type": "string", "minLength": SHORTEST, "maxLength": LONGEST}
SWITCH: Schema = {"type": "string", "enum": ["1", "0"]}
EXPLAINED = {
    "family": "First acronym of a family of missions that succeeded each other.",
    "nationality": "ISO 3166-1 alpha-3 code as recorded, `not-recorded` or `undetermined`.",
    "from": "Incidents of this year and later.",
    "to": "Incidents of this year and earlier.",
    "date_from": "Incidents of this day and later; not beside from and to.",
    "date_to": "Incidents of this day and earlier; not beside from and to.",
    "outcome": "Deaths where it is left out. `all` keeps deaths and injuries apart: they are never added.",
    "q": (
        "Incidents whose place or summary holds each of these words, in upper or lower case alike. For those alone who "
        "see these columns (a token with the scope `confirmed`), in the missions in which they do; others are refused. "
        "Not beside an earlier known_at."
    ),
    "scope": "One of the four named scopes; all where it is left out.",
    "known_at": "As it was known at that day, between the first release and the newest.",
}
PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457. `errors` is there for status 400 and names each parameter that is wrong.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": WHOLE,
        "detail": TEXT,
        "instance": TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "value", "reason", "allowed"],
                "properties": {"parameter": TEXT, "value": TEXT, "reason": TEXT, "allowed": TEXTS},
            },
        },
    },
}
SAID: dict[str, Schema] = {
    "selection": {**TEXT, "description": "The selection in words."},
    "scope": {**TEXT, "enum": ["all", "pko", "uniformed", "uniformed-pko"]},
    "known_at": {**TEXT_OR_NONE, "description": "The date at which the figures were known; its year is still open."},
    "data_version": {**WHOLE, "description": "Moves whenever a figure may have moved."},
}
NEXT: Schema = {**TEXT_OR_NONE, "description": "Address of the next page; null on the last."}


def query(name: str, schema: Schema, description: str) -> OpenApiParameter:
    """A parameter that may be given once."""
    return OpenApiParameter(name=name, type=schema, description=description)


def words(name: str, allowed: Sequence[str], description: str) -> OpenApiParameter:
    """Words of a list, separated by commas."""
    items: Schema = {**TEXT, "enum": list(allowed)} if allowed else TEXT
    schema = {"type": "array", "items": items, "uniqueItems": True}
    return OpenApiParameter(name=name, type=schema, description=description, style="form", explode=False)


def filters(names: Collection[str]) -> list[OpenApiParameter]:
    """The filters of the pages, or those of them that an address takes."""
    found = []
    for parameter in (PARAMETERS[name] for name in PARAMETERS if name in names):
        schema: Schema = {"year": YEAR, "day": DAY, "word": TEXT, "text": SEARCH}[parameter.kind]
        if closed := _closed(parameter):
            schema = {**TEXT, "enum": closed}
        text = EXPLAINED.get(parameter.name, f"{parameter.label}; any of those given.")
        if parameter.repeats:
            schema = {"type": "array", "items": schema}
        found.append(OpenApiParameter(name=parameter.name, type=schema, description=text))
    return found


def _closed(parameter: Parameter) -> list[str]:
    """The words of a parameter where they do not depend on the data, so that they can be said without any."""
    try:
        return list(parameter.choices(cast(Basis, None))) if parameter.choices else []
    except AttributeError:
        return []


def formats(*names: str) -> OpenApiParameter:
    """?format=, which goes before the header Accept."""
    return query("format", {**TEXT, "enum": list(names)}, "Form of the answer; goes before the header Accept.")


def pages() -> list[OpenApiParameter]:
    """The two parameters of lists."""
    size: Schema = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    return [
        query("cursor", TEXT, "Place where the page begins: take it from `next`, as it is."),
        query("page_size", size, "Rows of a page. CSV comes whole where neither this nor cursor is given."),
    ]


def path(name: str, description: str) -> OpenApiParameter:
    """A part of the address."""
    return OpenApiParameter(name=name, type=str, location=OpenApiParameter.PATH, description=description)


def an_object(properties: dict[str, Schema], *, optional: Collection[str] = ()) -> Schema:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def a_list(name: str, item: Schema, said: dict[str, Schema]) -> Schema:
    """A page of a list with what it is."""
    return an_object({name: {"type": "array", "items": item}, "next": NEXT, **said})


def a_record(columns: Sequence[Column], *, of_incidents: bool) -> Schema:
    """A record; which of its columns are there is up to ?columns= and to who asks."""
    properties = {column.name: property_of(column, of_incidents=of_incidents) for column in columns}
    return an_object(properties, optional=properties)


def ref(name: str) -> Schema:
    """A schema that stands among the components."""
    return {"$ref": f"#/components/schemas/{name}"}
