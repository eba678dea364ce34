"""Small releases made by hand, for the tests of intake: rows as dicts, files as bytes, and the import of one."""

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import Any

from casualties import intake
from casualties.intake.names import CountryEntry, Lookups, MissionEntry, fold
from casualties.models import Incident
from missions.models import ImportBatch

HUB_COLUMNS = (
    "id",
    "incident_date",
    "casualty_id",
    "mission_acronym",
    "type_of_casualty",
    "gender",
    "casualty_nationality",
    "casualty_personnel_type",
    "type_of_incident",
    "m49_code",
    "isocode3",
    "last_update",
)
RELEASED_ON = "2023-11-28"


def hub_row(reference: str = "MINUSMA-2014-09-00001", **fields: Any) -> dict[str, str]:
    """One row as the hub publishes it: a Chadian soldier of MINUSMA killed on 18 September 2014."""
    return {
        "id": "1",
        "incident_date": "2014-09-18",
        "casualty_id": reference,
        "mission_acronym": "MINUSMA",
        "type_of_casualty": "Fatality",
        "gender": "M",
        "casualty_nationality": "Chad",
        "casualty_personnel_type": "Military",
        "type_of_incident": "Malicious Act",
        "m49_code": "148.0",
        "isocode3": "TCD",
        "last_update": RELEASED_ON,
    } | fields


def many_rows(number: int, **fields: Any) -> list[dict[str, str]]:
    """`number` different people, each dead of illness on another day, so that nobody shares an incident."""
    return [
        hub_row(
            f"UNIFIL-1980-01-{place:05}",
            id=str(place),
            mission_acronym="UNIFIL",
            incident_date=date.fromordinal(date(1980, 1, 1).toordinal() + place).isoformat(),
            type_of_incident="Illness",
            **fields,
        )
        for place in range(number)
    ]


def csv_bytes(rows: list[dict[str, str]], *, columns: tuple[str, ...] | None = None, newline: str = "\r\n") -> bytes:
    """Rows as CSV in UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns or tuple(rows[0]), lineterminator=newline, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def json_bytes(rows: list[dict[str, str]]) -> bytes:
    """Rows as the hub's JSON: milliseconds since 1970, floats, null for missing codes alone."""

    def milliseconds(text: str) -> int:
        return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000

    records: list[dict[str, Any]] = []
    for row in rows:
        record: dict[str, Any] = dict(row)
        record["id"] = int(row["id"])
        record["incident_date"] = milliseconds(row["incident_date"])
        record["last_update"] = milliseconds(row["last_update"])
        record["m49_code"] = float(row["m49_code"]) if row["m49_code"] else None
        record["isocode3"] = row["isocode3"] or None
        records.append(record)
    return json.dumps(records).encode()


def own_row(reference: str = "A-1", **fields: str) -> dict[str, str]:
    """One row of the import format: somebody injured in the attack of 18 September 2014."""
    return {
        "reference": reference,
        "mission": "MINUSMA",
        "date": "2014-09-18",
        "cause": "malicious-act",
        "outcome": "injury",
        "personnel": "military",
        "nationality": "TCD",
    } | fields


def stage_bytes(content: bytes, *, name: str = "release.csv", **options: Any) -> ImportBatch:
    """Keep `content` as a batch that waits to be read."""
    return intake.stage_upload(io.BytesIO(content), name=name, by_user=None, **options)


def import_bytes(content: bytes, *, accept_large_change: bool = True, **options: Any) -> ImportBatch:
    """Import `content` at once. Small releases change much, so the brake is lifted unless a test is about it."""
    return intake.import_at_once(stage_bytes(content, **options), accept_large_change=accept_large_change)


def import_rows(rows: list[dict[str, str]], released_on: str = RELEASED_ON, **options: Any) -> ImportBatch:
    """Import hub rows as the release of a day."""
    dated = [row | {"last_update": released_on} for row in rows]
    batch = import_bytes(csv_bytes(dated), **options)
    batch.refresh_from_db()
    return batch


def import_own(rows: list[dict[str, str]], released_on: date = date(2023, 11, 28), **options: bool) -> ImportBatch:
    """Import rows of our own format as a file of a day."""
    batch = import_bytes(csv_bytes(rows), release_date=released_on, **options)
    batch.refresh_from_db()
    return batch


def incident_of(reference: str) -> Incident:
    """The incident that a person is in."""
    return Incident.objects.get(casualtys__reference=reference)


def problems_of(batch: ImportBatch, level: str = "error") -> list[tuple[int | None, str, str, str]]:
    """Line, column, value and reason of each problem of a level."""
    return list(
        batch.problems.filter(level=level).order_by("line", "id").values_list("line", "column", "value", "reason")
    )


def some_lookups() -> Lookups:
    """Lookups without a database: a few missions and countries, the dissolved states of the real release."""
    missions = {
        "minusma": MissionEntry(1, "MINUSMA", date(2013, 4, 25), date(2023, 12, 31)),
        "unifil": MissionEntry(2, "UNIFIL", date(1978, 3, 19)),
        "unmik": MissionEntry(3, "UNMIK", date(1999, 6, 10)),
        "unprofor": MissionEntry(4, "UNPROFOR", date(1992, 2, 1), date(1995, 3, 31)),
        "unosom": MissionEntry(5, "UNOSOM", date(1992, 4, 1), date(1995, 3, 31)),
        "unosom ii": MissionEntry(5, "UNOSOM", date(1992, 4, 1), date(1995, 3, 31), "UNOSOM II"),
        "unoci": MissionEntry(6, "UNOCI", date(2004, 4, 1), date(2017, 6, 30)),
        "onuci": MissionEntry(6, "UNOCI", date(2004, 4, 1), date(2017, 6, 30)),
        "unsecretariat": MissionEntry(7, "UNSecretariat"),
    }
    entries = [
        (148, CountryEntry("TCD", "Chad"), ()),
        (250, CountryEntry("FRA", "France"), ()),
        (384, CountryEntry("CIV", "Côte d’Ivoire"), ("Côte dIvoire",)),
        (480, CountryEntry("MUS", "Mauritius"), ()),
        (704, CountryEntry("VNM", "Viet Nam"), ()),
        (792, CountryEntry("TUR", "Türkiye"), ("Turkey",)),
        (890, CountryEntry("YUG", "Yugoslavia", date(2003, 2, 4), ("BIH", "HRV", "MKD", "SRB", "MNE", "SVN")), ()),
        (891, CountryEntry("SCG", "Serbia and Montenegro", date(2006, 6, 5), ("SRB", "MNE")), ()),
        (499, CountryEntry("MNE", "Montenegro"), ()),
        (688, CountryEntry("SRB", "Serbia"), ()),
        (70, CountryEntry("BIH", "Bosnia and Herzegovina"), ()),
        (180, CountryEntry("COD", "Democratic Republic of the Congo"), ()),
        (180, CountryEntry("ZAR", "Zaire", date(1997, 5, 17), ("COD",)), ()),
        (0, CountryEntry("ZZZ", "Undetermined"), ("ZZ [Undetermined]",)),
    ]
    countries: dict[str, CountryEntry] = {}
    m49: dict[int, frozenset[str]] = {}
    for number, entry, aliases in entries:
        for name in (entry.name, *aliases):
            countries[fold(name)] = entry
        if number:
            m49[number] = m49.get(number, frozenset()) | {entry.iso3}
    return Lookups(missions, countries, m49)
