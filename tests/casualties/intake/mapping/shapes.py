"""Files of other shapes, with invented values, and mappings for them."""

from typing import Any

from casualties.intake.mapping import Definition, NamedMapping
from casualties.intake.names import CountryEntry, Lookups, MissionEntry
from tests.casualties.intake.releases import csv_bytes, some_lookups

# The columns of a register of attacks on aid workers: one incident a row, numbers of people by who they were.
REGISTER = (
    "Incident ID", "Year", "Month", "Day", "Country Code", "Country", "Region", "City", "Nationals killed",
    "Nationals wounded", "Nationals kidnapped", "Internationals killed", "Internationals wounded", "Total killed",
    "Total wounded", "Means of attack", "Attack context", "Latitude", "Longitude", "Details",
)  # fmt: skip


def register_row(number: str = "9001", **fields: str) -> dict[str, str]:
    """One incident: two local staff killed and one wounded, one international wounded. Nothing of it ever happened."""
    usual = {
        "Incident ID": number,
        "Year": "2019",
        "Month": "3",
        "Day": "17",
        "Country Code": "ML",
        "Country": "Mali",
        "Region": "Nowhere",
        "City": "Ville-Inventée",
        "Nationals killed": "2",
        "Nationals wounded": "1",
        "Nationals kidnapped": "0",
        "Internationals killed": "0",
        "Internationals wounded": "1",
        "Total killed": "2",
        "Total wounded": "2",
        "Means of attack": "Shooting",
        "Attack context": "Ambush",
        "Latitude": "17.50000",
        "Longitude": "-3.25",
        "Details": "Invented: a convoy was shot at.",
    }
    return {name: (usual | fields)[name] for name in REGISTER}


def register(*rows: dict[str, str], encoding: str = "utf-8", **options: Any) -> bytes:
    """The register as a file."""
    return csv_bytes(list(rows or (register_row(),)), **options).decode().encode(encoding)


REGISTER_JSON: dict[str, Any] = {
    "fields": {
        "incident": {"column": "Incident ID", "prefix": "REG-"},
        "date": {"year": "Year", "month": "Month", "day": "Day"},
        "mission": {"column": "Country", "values": {"Mali": "MINUSMA"}, "left_out": ["Ruritania"]},
        "cause": {"constant": "malicious-act"},
        "means": {"column": "Means of attack", "values": {"Shooting": "small-arms-fire", "Kidnapping": "abduction"}},
        "context": {"column": "Attack context", "values": {"Combat/Crossfire": "crossfire", "Other": ""}},
        "place": {"column": "City"},
        "latitude": {"column": "Latitude"},
        "longitude": {"column": "Longitude"},
        "summary": {"column": "Details"},
    },
    "counts": [
        {"column": "Nationals killed", "outcome": "fatality", "personnel": "local-civilian"},
        {"column": "Nationals wounded", "outcome": "injury", "personnel": "local-civilian"},
        {"column": "Internationals killed", "outcome": "fatality", "personnel": "international-civilian"},
        {"column": "Internationals wounded", "outcome": "injury", "personnel": "international-civilian"},
    ],
    "totals": {"fatality": "Total killed", "injury": "Total wounded"},
}


def register_mapping(**changes: Any) -> NamedMapping:
    """The mapping of the register; `changes` replace the sources of fields, None takes one away."""
    fields = {name: said for name, said in (REGISTER_JSON["fields"] | changes).items() if said is not None}
    definition = Definition.from_json(REGISTER_JSON | {"fields": fields})
    return NamedMapping(name="Register of attacks", definition=definition, headings=REGISTER)


def lookups() -> Lookups:
    """Lookups without a database, with Mali among the countries and no mission of that name."""
    known = some_lookups()
    countries = {**known.countries, "mali": CountryEntry("MLI", "Mali")}
    return Lookups({**known.missions, "unmiss": MissionEntry(9, "UNMISS")}, countries, known.m49)
