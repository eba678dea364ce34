"""Writing the tables of facts into the database: what differs is added or changed, nothing is deleted."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.db import connection, models, transaction

from missions.models import Country, Mission, Strength
from missions.reference.agreement import ReferenceTables, read_reference
from missions.reference.names import sort_key
from missions.reference.rows import CountryRow, MissionRow, PersonYearsRow

TABLES = Path(__file__).resolve().parent
LOCK = 7_203_481  # one load at a time; any number that no other advisory lock of the product uses
BATCH = 1_000

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class LoadCount:
    """What a load did to one table of the database.

    `not_in_table` names rows of the database that the table of facts does not have (any more): they stay, because
    casualties may rest on them, and somebody has to decide. `other_source` names strengths that a later import with a
    source of its own has put there: they stay as they are.
    """

    added: int
    changed: int
    unchanged: int
    not_in_table: tuple[str, ...] = ()
    other_source: tuple[str, ...] = ()


def load_reference(folder: Path = TABLES) -> dict[str, LoadCount]:
    """Bring countries, missions and person-years to what the tables in `folder` say; counts by table.

    All or nothing: ReferenceTableError names every cell that is wrong, and then nothing was written. A load that finds
    everything as it should be writes nothing at all, so the version of the data stands still.
    """
    tables = read_reference(folder)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        countries = _load_countries(tables.countries)
        missions, ids = _load_missions(tables)
        return {"countries": countries, "missions": missions, "person_years": _load_person_years(tables, ids)}


@dataclass
class _Difference(Generic[M]):
    """What has to be written so that rows of the database say what the table says."""

    model: type[M]
    added: list[M]
    changed: list[M]
    fields: set[str]
    unchanged: int

    def write(self) -> None:
        manager = self.model._default_manager
        if self.added:
            manager.bulk_create(self.added, batch_size=BATCH)
        if self.changed:
            manager.bulk_update(self.changed, sorted(self.fields), batch_size=BATCH)


def _differences(model: type[M], existing: Mapping[Any, M], wanted: Mapping[Any, dict[str, Any]]) -> _Difference[M]:
    """Compare the rows of the database with the values that the table asks for, by their natural key."""
    difference = _Difference(model, [], [], set(), 0)
    for key, values in wanted.items():
        row = existing.get(key)
        if row is None:
            difference.added.append(model(**values))
            continue
        differing = [field for field, value in values.items() if getattr(row, field) != value]
        for field in differing:
            setattr(row, field, values[field])
        if differing:
            difference.changed.append(row)
            difference.fields.update(differing)
        else:
            difference.unchanged += 1
    return difference


def _count(*differences: _Difference[Any], gone: Iterable[str], other: Iterable[str] = ()) -> LoadCount:
    return LoadCount(
        added=sum(len(difference.added) for difference in differences),
        changed=sum(len(difference.changed) for difference in differences),
        unchanged=sum(difference.unchanged for difference in differences),
        not_in_table=tuple(sorted(gone)),
        other_source=tuple(sorted(other)),
    )


def _load_countries(rows: Iterable[CountryRow]) -> LoadCount:
    existing = {country.iso3: country for country in Country.objects.all()}
    wanted = {row.iso3: _country_values(row) for row in rows}
    difference = _differences(Country, existing, wanted)
    difference.write()
    return _count(difference, gone=existing.keys() - wanted.keys())


def _country_values(row: CountryRow) -> dict[str, Any]:
    return {
        "iso3": row.iso3,
        "iso2": row.iso2,
        "m49": row.m49,
        "name": row.name,
        "sort_key": sort_key(row.name),
        "region": row.region,
        "sub_region": row.sub_region,
        "status": row.status,
        "ended_on": row.ended,
        "successors": list(row.successors),
        "aliases": list(row.aliases),
        "source": row.source,
    }


def _load_missions(tables: ReferenceTables) -> tuple[LoadCount, dict[str, int]]:
    """Write the missions, those that others stand under first; also the identifiers by acronym."""
    existing = {mission.acronym: mission for mission in Mission.objects.all()}
    ids = {acronym: mission.pk for acronym, mission in existing.items()}
    differences = []
    for is_part in (False, True):
        rows = [row for row in tables.missions if bool(row.umbrella) is is_part]
        wanted = {row.acronym: _mission_values(row, tables, ids) for row in rows}
        difference = _differences(Mission, existing, wanted)
        difference.write()
        ids.update({mission.acronym: mission.pk for mission in difference.added})
        differences.append(difference)
    gone = existing.keys() - {row.acronym for row in tables.missions}
    return _count(*differences, gone=gone), ids


def _mission_values(row: MissionRow, tables: ReferenceTables, ids: Mapping[str, int]) -> dict[str, Any]:
    return {
        "acronym": row.acronym,
        "name": row.name,
        "sort_key": sort_key(row.acronym),
        "kind": row.kind,
        "region": row.region,
        "sub_region": row.sub_region,
        "started_on": row.started.day if row.started else None,
        "started_precision": row.started.precision if row.started else "",
        "ended_on": row.ended.day if row.ended else None,
        "ended_precision": row.ended.precision if row.ended else "",
        "hosts": list(row.hosts),
        "seat": row.seat,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "umbrella_id": ids[row.umbrella] if row.umbrella else None,
        "family": row.family,
        "predecessors": list(row.predecessors),
        "successors": tables.successors_of(row.acronym),
        "aliases": list(row.aliases),
        "status": row.status,
        "in_un_list": row.in_un_list,
        "source": row.source,
    }


def _load_person_years(tables: ReferenceTables, ids: Mapping[str, int]) -> LoadCount:
    """Write the person-years; a strength that a file has put into the database is left to that file's source."""
    acronyms = {pk: acronym for acronym, pk in ids.items()}
    existing: dict[Hashable, Strength] = {}
    foreign: set[Hashable] = set()
    for strength in Strength.objects.all():
        key = (strength.mission_id, strength.year, strength.category)
        if strength.origin == Strength.Origin.TABLE:
            existing[key] = strength
        else:
            foreign.add(key)
    wanted = {
        (ids[row.mission], row.year, row.category): _strength_values(row, ids[row.mission])
        for row in tables.person_years
    }
    difference = _differences(Strength, existing, {k: v for k, v in wanted.items() if k not in foreign})
    difference.write()

    def label(key: Any) -> str:
        mission_id, year, category = key
        return f"{acronyms[mission_id]} {year} {category}"

    gone = existing.keys() - wanted.keys()
    return _count(difference, gone=map(label, gone), other=map(label, foreign & wanted.keys()))


def _strength_values(row: PersonYearsRow, mission_id: int) -> dict[str, Any]:
    return {
        "mission_id": mission_id,
        "year": row.year,
        "category": row.category,
        "person_years": row.person_years,
        "months": list(row.months),
        "months_filled": row.months_filled,
        "source": row.source,
        "origin": Strength.Origin.TABLE,
    }
