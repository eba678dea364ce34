"""Yearly rates of a selection: which years have one, who is left out, and all other missions beside it."""

from datetime import date

import pytest

from casualties.choices import Cause
from casualties.filters import PUBLIC, SelectionRefused, forget_basis, select
from casualties.trends.yearly import OTHERS, SELECTED, yearly
from missions.models import Mission, Strength
from tests.factories import make_casualty, make_mission, make_release

pytestmark = pytest.mark.django_db

ALL = {"": tuple(Cause.values)}


def strength(mission: Mission, year: int, person_years: float, months: range = range(1, 13)) -> None:
    Strength.objects.create(
        mission=mission, year=year, category="troops", person_years=person_years, months=list(months)
    )
    forget_basis()


@pytest.fixture
def minusma() -> Mission:
    """Two military dead of 2014 and one of December 2018, a civilian of 2014; another mission has one dead of 2014."""
    make_release()
    mission = make_mission()
    for day in (date(2014, 5, 1), date(2014, 6, 1), date(2018, 12, 1)):
        make_casualty(mission=mission, occurred_on=day)
    make_casualty(mission=mission, occurred_on=date(2014, 5, 1), personnel="local-civilian")
    other = make_mission(acronym="UNIFIL", started_on=date(1978, 3, 19))
    make_casualty(mission=other, occurred_on=date(2014, 2, 2), cause="illness")
    strength(mission, 2014, 8000)
    strength(mission, 2018, 4000, range(1, 11))
    strength(other, 2014, 10000)
    return mission


def test_it_works(minusma: Mission) -> None:
    found = yearly(select("mission=MINUSMA", PUBLIC), ALL)
    assert list(found["whose"].unique()) == [SELECTED, OTHERS]
    own = found[found["whose"] == SELECTED].set_index("year")
    assert list(own.index) == list(range(2013, 2024))
    full, part, none = own.loc[2014], own.loc[2018], own.loc[2019]
    assert (full["persons"], full["rate_persons"], full["rate"], full["partial"]) == (3, 2, 0.25, False)
    assert (part["rate_persons"], part["left_out"], part["months_covered"], part["partial"]) == (0, 1, 10, True)
    assert part["rate"] == 0
    assert none["no_rate"] == "no-person-years"
    assert bool(own.loc[2023, "provisional"])
    assert own["provisional"].sum() == 1


def test_all_other_missions_stand_beside_under_the_same_filters(minusma: Mission) -> None:
    found = yearly(select("mission=MINUSMA", PUBLIC), ALL)
    others = found[found["whose"] == OTHERS].set_index("year")
    assert list(others.index) == list(range(2013, 2024))
    assert (others.loc[2014, "rate_persons"], others.loc[2014, "person_years"]) == (1, 10000)
    malicious = yearly(select("mission=MINUSMA", PUBLIC), {"malicious-act": ("malicious-act",)})
    assert malicious.loc[malicious["whose"] == OTHERS, "persons"].sum() == 0


def test_without_a_mission_there_are_no_others(minusma: Mission) -> None:
    found = yearly(select("", PUBLIC), ALL)
    assert set(found["whose"]) == {SELECTED}
    assert found.set_index("year").loc[2014, "person_years"] == 18000


def test_the_period_is_left_aside_unless_years_are_given(minusma: Mission) -> None:
    selection = select("mission=MINUSMA&from=2014&to=2015", PUBLIC)
    assert len(yearly(selection, ALL)) == 2 * 11
    assert list(yearly(selection, ALL, years=range(2014, 2016))["year"]) == [2014, 2015, 2014, 2015]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("mission=MINUSMA&personnel=local-civilian", "civilians"),
        ("mission=MINUSMA&personnel=police", "no-strength-of-the-group"),
        ("mission=MINUSMA&gender=not-recorded", "no-strength-of-the-group"),
    ],
)
def test_a_group_without_strength_has_no_rate_but_a_reason(minusma: Mission, query: str, reason: str) -> None:
    found = yearly(select(query, PUBLIC), ALL)
    assert set(found["no_rate"]) == {reason}
    assert found["rate"].isna().all()
    assert found["rate_persons"].isna().all()


def test_a_selection_with_problems_is_refused(minusma: Mission) -> None:
    with pytest.raises(SelectionRefused):
        yearly(select("mission=NOWHERE", PUBLIC), ALL)
