"""A change of level: found where there is one, with its uncertainty, and not named where chance could look so."""

import numpy as np
import pytest

from casualties.trends.change_points import NoChange, change_of
from casualties.trends.distinct import Floats

YEARS = np.arange(1990, 2020)
STEP = np.array([2, 3, 1, 2, 4, 2, 3, 2, 1, 3] + [9, 11, 8, 10, 12, 9, 10, 8, 11, 10] * 2, dtype=np.float64)


def test_a_step_is_found_in_its_year() -> None:
    found = change_of(YEARS, STEP, None)
    assert (found.reason, found.year, found.first_year, found.last_year, found.years) == ("", 2000, 1990, 2019, 30)
    assert found.low is not None
    assert found.high is not None
    assert 1998 <= found.low <= 2000 <= found.high <= 2002
    assert found.before == pytest.approx(2.3)
    assert found.after == pytest.approx(9.8)
    assert found.p_value == 0.001
    assert change_of(YEARS, STEP, None) == found  # drawn, yet always the same


def test_one_level_is_not_cut_in_two() -> None:
    even = np.tile([4.0, 6, 5, 3, 7], 6)
    found = change_of(YEARS, even, None)
    assert (found.reason, found.year, found.low, found.before) == (NoChange.NOT_CLEAR, None, None, None)
    assert found.p_value is not None
    assert found.p_value > 0.1


def test_more_people_deployed_is_no_change_of_the_rate() -> None:
    strength = np.where(YEARS < 2000, 2000.0, 9000.0)
    assert change_of(YEARS, STEP, strength).reason == NoChange.NOT_CLEAR


def test_a_single_bad_year_is_no_level() -> None:
    disaster = np.where(YEARS == 2010, 96.0, 2.0)
    assert change_of(YEARS, disaster, None).reason == NoChange.NOT_CLEAR


def test_nobody_before() -> None:
    found = change_of(YEARS, np.where(YEARS < 2009, 0.0, 9.0), None)
    assert (found.year, found.low, found.high, found.before) == (2009, 2009, 2009, 0)


@pytest.mark.parametrize(
    ("persons", "reason"), [(np.full(9, 20.0), NoChange.FEW_YEARS), (np.full(12, 2.0), NoChange.FEW_PERSONS)]
)
def test_too_little_to_look_in(persons: Floats, reason: NoChange) -> None:
    found = change_of(np.arange(len(persons)) + 2000, persons, None)
    assert (found.reason, found.p_value, found.year) == (reason, None, None)


def test_years_in_disorder_are_refused() -> None:
    with pytest.raises(ValueError, match="in order"):
        change_of(YEARS[::-1], STEP, None)
    with pytest.raises(ValueError, match="something to count in"):
        change_of(YEARS, STEP, np.zeros(30))
