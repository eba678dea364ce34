"""Stored and live windows are equal for every kind of series, and what is not stored is computed."""

import random
from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from pytest_django import DjangoDbBlocker

from casualties.choices import Cause, Personnel
from casualties.counts import count
from casualties.filters import EVERYTHING, PUBLIC, Selection, Viewer, forget_basis, select
from casualties.models import TrendWindow
from casualties.trends import live
from casualties.trends.live import live_windows, windows_for
from casualties.trends.rebuild import rebuild, stored_windows
from missions.models import Mission, Strength
from missions.reference.load import load_reference
from tests.casualties.trends.annual_records import make_deaths, make_people, settle
from tests.factories import make_casualty, make_incident, make_release
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.long]

FILTER = {"contributor": "nationality"}
NAMED = ("UNEF", "UNPROFOR", "MINUSMA", "UNFICYP", "UNTSO")


@pytest.fixture(scope="module")
def random_records(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Made-up deaths and injuries, some embargoed, some after the last covered year, over a third of the missions."""
    with kept(django_db_blocker):
        make_random_records()
        yield


def make_random_records() -> None:
    load_reference()
    make_release()
    dice = random.Random(20231128)
    every = Mission.objects.filter(umbrella=None).order_by("acronym")
    missions = [mission for number, mission in enumerate(every) if number % 3 == 0 or mission.acronym in NAMED]
    make_people(
        {
            "mission": dice.choice(missions),
            "year": dice.randint(1948, 2024),
            "cause": dice.choice(Cause.values),
            "outcome": dice.choices(["fatality", "injury"], [9, 1])[0],
            "personnel": dice.choice(Personnel.values),
            "nationality_id": dice.choice(["TCD", "FRA", "ZZZ", None]),
            "gender": dice.choice(["m", "f", ""]),
            "persons": dice.randint(1, 9),
            "released": dice.random() < 0.9,
        }
        for _ in range(1200)
    )
    make_military_incidents(dice, missions)
    make_strengths(dice, missions)
    settle()
    forget_basis()
    rebuild(asked_by="test")


def make_military_incidents(dice: random.Random, missions: list[Mission]) -> None:
    """Incidents of several people of known days, so that clusters and months count."""
    for _ in range(60):
        day = date(dice.randint(1990, 2018), dice.randint(1, 12), dice.randint(1, 28))
        incident = make_incident(mission=dice.choice(missions), occurred_on=day)
        for _person in range(dice.randint(1, 3)):
            make_casualty(incident=incident)


def make_strengths(dice: random.Random, missions: list[Mission]) -> None:
    """Person-years of most missions, in most years since 2000, of some or all of their months."""
    Strength.objects.all().delete()
    Strength.objects.bulk_create(
        Strength(
            mission=mission,
            year=year,
            category=category,
            person_years=dice.randint(0, 9000),
            months=list(range(dice.choice([1, 1, 3]), dice.choice([12, 12, 9]) + 1)),
            months_filled=dice.randint(0, 1),
        )
        for mission in missions
        for year in range(2000, 2019)
        if dice.random() < 0.9
        for category in ("troops", "police")
    )


def from_the_store(selection: Selection, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """What windows_for answers when it must not compute."""
    with monkeypatch.context() as patch:
        patch.delattr(live, "_compute")
        return windows_for(selection)


def test_it_works(random_records: None, monkeypatch: pytest.MonkeyPatch) -> None:
    series = set(TrendWindow.objects.values_list("series", "key").distinct())
    missions = sorted(key for name, key in series if name == "mission")
    chosen = {("mission", key) for key in [*missions[::8], *NAMED]}
    for name in {name for name, _ in series} - {"mission"}:
        chosen |= set(sorted(one for one in series if one[0] == name)[::2])
    assert {name for name, _ in chosen} == {"world", "kind", "region", "mission", "family", "contributor", "personnel"}
    for number, (name, key) in enumerate(sorted(chosen)):
        viewer = EVERYTHING if number % 2 else PUBLIC
        outcome = "injury" if number % 3 == 0 else "fatality"
        params = {FILTER.get(name, name): key} if name != "world" else {}
        selection = select({**params, "outcome": outcome}, viewer)
        stored = stored_windows(name, key, cause=None, outcome=outcome, audience=str(viewer.audience))
        pd.testing.assert_frame_equal(live_windows(selection), stored, obj=f"{name} {key} {outcome}")

    rates = TrendWindow.objects.filter(rate__isnull=False)
    assert set(rates.values_list("series", flat=True)) == {"world", "kind", "region", "mission", "family"}
    assert rates.filter(ratio_basis="rate").exists()

    for query in ("", "cause=illness", "mission=UNFICYP&cause=accident&from=2001", "nationality=not-recorded"):
        selection = select(query, PUBLIC)
        stored = from_the_store(selection, monkeypatch)
        live_ones = live_windows(selection)
        of_cause = live_ones[live_ones["cause"] == (selection.one("cause") or "")]
        assert len(stored) > 5
        pd.testing.assert_frame_equal(stored, of_cause.drop(columns="cause").reset_index(drop=True))
    pd.testing.assert_frame_equal(
        from_the_store(select("scope=pko", PUBLIC), monkeypatch),
        from_the_store(select("kind=pko", PUBLIC), monkeypatch),
    )


NOT_STORED = [
    "scope=uniformed",
    "scope=uniformed-pko",
    "mission=UNFICYP&mission=UNTSO",
    "gender=f",
    "nationality=TCD&cause=illness&cause=accident",
    "mission=UNFICYP&personnel=police",
]


def test_what_is_not_stored_is_computed(random_records: None) -> None:
    for query in NOT_STORED:
        selection = select(query, PUBLIC)
        windows = windows_for(selection)
        assert len(windows) > 5
        years = count(selection, ["year"]).set_index("year")["persons"]
        for row in windows.itertuples():
            assert row.persons == years[(years.index >= row.first_year) & (years.index <= row.last_year)].sum(), query


def test_windows_follow_a_change_before_the_next_rebuild_and_a_right_over_some_missions(random_records: None) -> None:
    mission = Mission.objects.get(acronym="UNFICYP")
    before = windows_for(select("", PUBLIC))["persons"].iloc[-1]
    make_deaths(mission, {2020: 1000})
    make_deaths(mission, {2020: 500}, released=False)
    settle()
    forget_basis()
    assert windows_for(select("", PUBLIC))["persons"].iloc[-1] == before + 1000
    posted = Viewer(missions=frozenset({mission.pk}))
    assert windows_for(select("mission=UNFICYP", posted))["persons"].iloc[-1] >= 1500
    assert windows_for(select("", posted))["persons"].iloc[-1] >= before + 1500
