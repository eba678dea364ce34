"""Incidents as the unit: sizes, dispersion, and an interval that keeps its promise where deaths come in clusters."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casualties.trends.dispersion import clustered_interval, dispersion, incident_sizes
from casualties.trends.rates import count_interval

# As people killed by malicious acts are spread over incidents since 2000: most alone, a few attacks with many.
SIZES = np.repeat([1, 2, 3, 4, 5, 7, 9, 15, 22], [70, 12, 8, 4, 2, 2, 1, 1, 1])


def interval(sizes: list[int]) -> list[float]:
    column = np.array(sizes)
    low, high = clustered_interval(column.sum(), (column * column).sum(), column.max(initial=0))
    return [float(low), float(high)]


def test_it_works() -> None:
    persons = pd.DataFrame(
        {
            "year": [2013, 2013, 2013, 2014],
            "incident": ["a", "a", "b", "c"],
            "persons": [2, 1, 1, 4],
        }
    )
    found = incident_sizes(persons, ["year"])
    assert found.to_dict("list") == {"year": [2013, 2014], "squares": [10, 16], "largest": [3, 4]}
    assert dispersion([4, 4, 0], [10, 16, 0])[:2].tolist() == [2.5, 4.0]
    assert np.isnan(dispersion([0], [0])).all()
    assert incident_sizes(persons, []).to_dict("list") == {"squares": [26], "largest": [4]}


def test_an_incident_without_selected_persons_is_none() -> None:
    persons = pd.DataFrame({"year": [2013], "incident": ["a"], "persons": [0]})
    assert incident_sizes(persons, ["year"]).empty
    assert incident_sizes(persons, []).to_dict("list") == {"squares": [0], "largest": [0]}


def test_people_without_an_incident_are_refused() -> None:
    persons = pd.DataFrame({"year": [2013], "incident": [None], "persons": [3]})
    with pytest.raises(ValueError, match="without an incident"):
        incident_sizes(persons, ["year"])


@given(st.integers(0, 3000))
def test_with_one_person_per_incident_it_is_garwoods_interval(count: int) -> None:
    found = clustered_interval([count], [count], [min(count, 1)])
    assert np.allclose(found, count_interval([count]))


@given(st.lists(st.integers(1, 30), max_size=40))
def test_clusters_only_widen_it(sizes: list[int]) -> None:
    low, high = interval(sizes)
    (plain_low,), (plain_high,) = count_interval([sum(sizes)])
    assert low <= plain_low + 1e-9
    assert high >= plain_high - 1e-9
    assert low <= sum(sizes) <= high


@given(st.integers(1, 60), st.integers(1, 20))
def test_equal_incidents_are_a_count_of_incidents_times_their_size(incidents: int, size: int) -> None:
    (low,), (high,) = count_interval([incidents])
    assert interval([size] * incidents) == pytest.approx([size * low, size * high])


def test_what_is_not_known_has_no_interval() -> None:
    assert np.isnan(clustered_interval([5, 0], [np.nan, np.nan], [np.nan, np.nan])).all()


@pytest.mark.parametrize(("persons", "squares", "largest"), [(5, 4, 1), (5, 25, 2), (5, 5, 6), (-1, 1, 1), (0, 4, 2)])
def test_sizes_that_no_incidents_have_are_refused(persons: int, squares: int, largest: int) -> None:
    with pytest.raises(ValueError, match="no incidents have"):
        clustered_interval([persons], [squares], [largest])


def test_it_holds_the_truth_nineteen_times_in_twenty_where_garwoods_does_not() -> None:
    """100 incidents on average, sizes as in reality: how often each interval holds the expected count."""
    chance = np.random.default_rng(2013)
    drawn = [chance.choice(SIZES, chance.poisson(100)) for _ in range(1500)]
    persons = np.array([sizes.sum() for sizes in drawn])
    low, high = clustered_interval(persons, [(sizes**2).sum() for sizes in drawn], [sizes.max() for sizes in drawn])
    truth = 100 * SIZES.mean()
    assert ((low <= truth) & (truth <= high)).mean() > 0.94
    plain_low, plain_high = count_interval(persons)
    assert ((plain_low <= truth) & (truth <= plain_high)).mean() < 0.75
