"""Many records at once for the tests of trends: people of year precision, which need no incident."""

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd
from django.db import connection

from casualties.choices import Cause, DatePrecision, Origin, Outcome, Personnel
from casualties.models import Casualty
from casualties.trends.rebuild import stored_windows
from missions.models import Mission
from tests.factories import RELEASED_ON


def make_deaths(mission: Mission, by_year: Mapping[int, int], **more: object) -> None:
    """Released military people killed by malicious acts, unless `more` says otherwise: `{2013: 6}` is six in 2013."""
    make_people([{"mission": mission, "year": year, "persons": persons, **more} for year, persons in by_year.items()])


def make_people(rows: Iterable[Mapping[str, object]]) -> None:
    """Any annual records: year, mission, and what differs from a released soldier killed by a malicious act."""
    blanks: dict[str, object] = {
        "occurred_precision": DatePrecision.YEAR,
        "cause": Cause.MALICIOUS_ACT,
        "outcome": Outcome.FATALITY,
        "personnel": Personnel.MILITARY,
        "released": True,
        "origin": Origin.OPEN_DATA,
        "known_at": RELEASED_ON,
    }
    Casualty.objects.bulk_create(
        Casualty(**blanks | {name: value for name, value in row.items() if name != "year"}, occurred_on=_first_day(row))
        for row in rows
    )


def _first_day(row: Mapping[str, object]) -> date:
    return date(int(str(row["year"])), 1, 1)


def settle() -> None:
    """What a commit does to the version of the data, within the one transaction of a test."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def world(**more: object) -> pd.DataFrame:
    """The stored windows of the world: of all causes, deaths, for everybody, where `more` does not say otherwise."""
    settings: dict[str, object] = {"cause": "", "outcome": "fatality", "audience": "released", **more}
    return stored_windows("world", "", **settings)  # type: ignore[arg-type]
