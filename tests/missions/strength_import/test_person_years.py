"""The arithmetic: months to person-years."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.models import Strength
from missions.strength_import.person_years import in_ranges, mission_years, person_years
from missions.strength_import.rows import MonthStrength, NamedMission

strengths = st.lists(st.integers(0, 50_000), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([1200] * 12, "1200.00"),
        ([1200] * 6, "600.00"),
        ([1], "0.08"),
        ([423, 423], "70.50"),  # ONUCA 1990: November and December
        ([0] * 12, "0.00"),
        ([50] * 11 + [49], "49.92"),  # 599 / 12 = 49.9166...
        ([3], "0.25"),
    ],
)
def test_it_works(months: list[int], expected: str) -> None:
    assert str(person_years(months)) == expected


@given(strengths)
def test_it_is_the_mean_of_the_months_times_their_share_of_the_year(months: list[int]) -> None:
    mean = Fraction(sum(months), len(months))
    assert abs(Fraction(person_years(months)) - mean * Fraction(len(months), 12)) <= Fraction(1, 200)


@pytest.mark.parametrize("months", [[], [1] * 13, [5, -1]])
def test_what_is_no_year_is_refused(months: list[int]) -> None:
    with pytest.raises(ValueError, match=r"1 to 12 covered months|cannot be negative"):
        person_years(months)


def test_a_month_that_is_missing_is_not_covered_and_adds_nothing() -> None:
    mission = NamedMission(1, "MINUSMA", "MINUSMA")
    months = {
        (1, 2019, month): MonthStrength("MINUSMA", {Strength.Category.TROOPS: 1200}, {mission: month}, {"a": None})
        for month in (1, 2, 3, 9)
    }
    (year,) = mission_years(months)
    assert (year.months, year.line, year.source) == ((1, 2, 3, 9), 1, "a")
    assert year.person_years == {"troops": Decimal(400), "police": Decimal(0), "observers": Decimal(0)}
    assert year.mean_strength == 1200


def test_months_as_ranges() -> None:
    assert in_ranges([9, 1, 2, 3, 11, 12]) == "1–3, 9, 11–12"
    assert in_ranges([]) == ""
