"""The files as a documented data set: a Frictionless data package, and the data dictionary as rows.

Both are made of the allow-list of columns, so that they cannot say anything else than the files hold. The package names
what anybody may have; what is for staff stands in the dictionary alone.
"""

from collections.abc import Sequence
from typing import Any

from casualties import frames
from casualties.exports.column_types import field_of, words_of
from casualties.exports.columns import INCIDENTS, PEOPLE, Column, columns_for
from casualties.exports.files import LICENCE, SOURCE
from casualties.filters import PUBLIC, Basis

NAME = "un-peacekeeping-casualties"
TITLE = "Casualties of United Nations peace operations"
LISTS = (
    ("casualties", "/casualties.csv", "One row per person.", PEOPLE),
    ("incidents", "/incidents.csv", "One row per incident with at least one person.", INCIDENTS),
)
FIGURES = ("figures", "/figures.csv?by=year,mission,cause", "Deaths by year, mission and cause; 0 is counted.")
FIGURE_FIELDS = (
    (frames.YEAR, "Year of incident", "integer", "Calendar year of the incident."),
    (frames.MISSION, "Mission", "string", "Acronym of the mission."),
    (frames.CAUSE, "Cause", "string", "Cause of the death."),
    (frames.PERSONS, "Persons", "integer", "People who died."),
    ("release", "Release", "date", "Date of the release that the file rests on."),
    ("mark", "Mark", "string", "p: provisional, the year is still open."),
)
DICTIONARY = ("file", "column", "heading", "meaning", "type", "values", "for", "standard")


def data_package(basis: Basis, *, site: str) -> dict[str, Any]:
    """datapackage.json of Frictionless (Data Package 1.0): the files under `site` with the types of their columns."""
    resources = [
        _resource(name, f"{site}{path}", rows, [field_of(column, of_incidents=columns is INCIDENTS) for column in own])
        for name, path, rows, columns in LISTS
        for own in [columns_for(columns, PUBLIC)]
    ]
    name, path, rows = FIGURES
    fields = [
        {"name": key, "title": title, "type": kind, "description": text} for key, title, kind, text in FIGURE_FIELDS
    ]
    resources.append(_resource(name, f"{site}{path}", rows, fields))
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": TITLE,
        "homepage": f"{site}/data/",
        "licenses": [{"name": "CC-BY-3.0-IGO", "title": LICENCE}],
        "sources": [{"title": SOURCE}],
        "resources": resources,
    }
    if basis.release is not None:
        package |= {"version": str(basis.version), "created": f"{basis.release.date.isoformat()}T00:00:00Z"}
    return package


def dictionary_rows() -> list[dict[str, str]]:
    """The data dictionary: DICTIONARY of every column of the files, staff columns among them."""
    return [
        _described(name, column, of_incidents=columns is INCIDENTS)
        for name, _, _, columns in LISTS
        for column in columns
    ]


def _resource(name: str, path: str, rows: str, fields: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path,
        "description": rows,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "schema": {"fields": list(fields), "missingValues": [""]},
    }


def _described(file: str, column: Column, *, of_incidents: bool) -> dict[str, str]:
    field = field_of(column, of_incidents=of_incidents)
    return {
        "file": file,
        "column": column.name,
        "heading": column.heading,
        "meaning": column.meaning,
        "type": field["type"],
        "values": "; ".join(words_of(column, of_incidents=of_incidents) or []),
        "for": "everybody" if column.audience == "public" else "staff",
        "standard": "yes" if column.standard else "on request",
    }
