"""Reading what figures rest on: once per version of the data, and kept by the process.

So a request asks the database one cheap question.
"""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection

from casualties.choices import Outcome
from casualties.filters.vocabulary import Basis, DissolvedState, MissionEntry, RecordedStrengths
from missions.models import UNDETERMINED_COUNTRY, Country, ImportBatch, Mission, releases_of

# One statement: half a dozen queries of the ORM take ten times as long, and each would see a state of its own. Lists
# are JSON, blank where there is nothing; strengths, of which there are many, are written by column, which is quicker.
EVERYTHING = """
    SELECT
        (SELECT version FROM missions_dataversion),
        (SELECT changed_at FROM missions_dataversion),
        (SELECT coalesce(json_agg(json_build_array(release_date, kind, id)
                ORDER BY release_date, as_of DESC, id)::text, '')
            FROM missions_importbatch WHERE state = %(applied)s AND kind <> %(strength)s),
        (SELECT coalesce(json_agg(json_build_array(m.id, m.acronym, m.name, m.kind, m.region, m.family,
                m.started_on, m.ended_on, m.status, m.seat, m.longitude, m.latitude, umbrella.acronym, m.aliases)
                ORDER BY m.sort_key)::text, '')
            FROM missions_mission m LEFT JOIN missions_mission umbrella ON umbrella.id = m.umbrella_id),
        (SELECT coalesce(json_agg(json_build_array(iso3, name, status, ended_on, successors)
                ORDER BY sort_key)::text, '')
            FROM missions_country WHERE iso3 <> %(undetermined)s),
        (SELECT json_build_array(json_agg(acronym), json_agg(year), json_agg(category), json_agg(person_years),
                json_agg(months), json_agg(months_filled))::text
            FROM (SELECT m.acronym, s.year, s.category, s.person_years, s.months, s.months_filled
                FROM missions_strength s JOIN missions_mission m ON m.id = s.mission_id
                ORDER BY m.acronym, s.year, s.category) strengths),
        (SELECT coalesce(json_agg(json_build_array(known_from, known_until) ORDER BY known_from, known_until)::text, '')
            FROM (SELECT DISTINCT known_from, known_until FROM casualties_casualtyversion
                WHERE outcome = %(injury)s AND NOT withdrawn) periods)
"""
WORDS = {
    "applied": ImportBatch.State.APPLIED.value,
    "strength": ImportBatch.Kind.STRENGTH.value,
    "undetermined": UNDETERMINED_COUNTRY,
    "injury": Outcome.INJURY.value,
}


def load_basis() -> Basis:
    """The basis of the committed version of the data: one query, a light one when the process knows the version."""
    known = _last.basis
    if known is None or not known.is_committed:
        known = _last.basis = _read()
    return known


class _Last:
    """What this process read last."""

    basis: Basis | None = None


_last = _Last()


def _read() -> Basis:
    """Everything in one statement, which sees one state of the data: what is read is of the version it says."""
    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING, WORDS)
        version, changed_at, batches, missions, countries, strengths, injuries_known = cursor.fetchone()
    return Basis(
        version=version or 0,
        changed_at=changed_at,
        releases=releases_of([(_day(released_on), kind, pk) for released_on, kind, pk in _listed(batches)]),
        **_about_missions(missions),
        **_about_countries(countries),
        strengths=_recorded(strengths),
        injuries_known=tuple((date.fromisoformat(first), _day(until)) for first, until in _listed(injuries_known)),
    )


def _listed(text: str) -> list[list[Any]]:
    return json.loads(text) if text else []


# Missions, countries and strengths seldom change: the same text is not read twice. Nobody changes what is made of it.
_recorded = lru_cache(maxsize=2)(RecordedStrengths)


@lru_cache(maxsize=2)
def _about_missions(text: str) -> dict[str, Any]:
    """The fields of the basis that are about missions."""
    missions: dict[str, MissionEntry] = {}
    mission_aliases: dict[str, str] = {}
    umbrella_of: dict[str, str] = {}
    parts: dict[str, MissionEntry] = {}
    families: dict[str, list[str]] = {}
    for pk, acronym, name, kind, region, family, started, ended, status, seat, *point, umbrella, aliases in _listed(
        text
    ):
        entry = MissionEntry(
            id=pk,
            acronym=acronym,
            name=name,
            kind=kind,
            region=region,
            family=family,
            started_on=_day(started),
            ended_on=_day(ended),
            active=status == Mission.Status.ACTIVE,
            ended=status == Mission.Status.ENDED,
            seat=seat,
            point=None if None in point else (float(point[0]), float(point[1])),
        )
        if umbrella is not None:
            umbrella_of[acronym] = umbrella
            parts[acronym] = entry
            continue
        missions[acronym] = entry
        mission_aliases.update(dict.fromkeys(aliases, acronym))
        if family:
            families.setdefault(family, []).append(acronym)
    return {
        "missions": missions,
        "mission_aliases": mission_aliases,
        "umbrella_of": umbrella_of,
        "parts": parts,
        "families": {name: tuple(members) for name, members in sorted(families.items())},
        "regions": tuple(sorted({entry.region for entry in missions.values() if entry.region})),
    }


@lru_cache(maxsize=2)
def _about_countries(text: str) -> dict[str, Any]:
    """The fields of the basis that are about countries."""
    rows = _listed(text)
    return {
        "countries": {iso3: name for iso3, name, *_ in rows},
        "dissolved": {
            iso3: DissolvedState(_day(ended_on), tuple(successors))
            for iso3, _name, status, ended_on, successors in rows
            if status == Country.Status.DISSOLVED
        },
    }


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def forget_basis() -> None:
    """For tests that change missions or releases inside one transaction, where the version does not move."""
    _last.basis = None
