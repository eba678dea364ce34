"""Rows numbered and found on columns: the same as groupby and merge of pandas give."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casualties.trends.distinct import for_distinct, grouped, groups, places

ROW = st.tuples(st.sampled_from(["MINUSMA", "ONUC", ""]), st.integers(2018, 2020), st.integers(0, 9))
BY = ["mission", "year"]


def frame_of(rows: list[tuple[str, int, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[*BY, "persons"])
    return frame.astype({"mission": object, "year": "int64", "persons": "int64"})


@given(rows=st.lists(ROW, min_size=1, max_size=12))
def test_sums_and_largest_are_those_of_groupby(rows: list[tuple[str, int, int]]) -> None:
    frame = frame_of(rows)
    found = grouped(frame, BY)
    persons = frame["persons"]
    sums = {"sum": found.sums(persons), "floats": found.sums_of_floats(persons / 7), "max": found.largest(persons)}
    ours = found.as_frame(frame, BY, sums)
    theirs = (
        frame.assign(floats=persons / 7)
        .groupby(BY, as_index=False)
        .agg(sum=("persons", "sum"), floats=("floats", "sum"), max=("persons", "max"))
    )
    pd.testing.assert_frame_equal(ours, theirs, check_exact=True, check_dtype=False)
    assert found.any_doubled() == frame.duplicated(BY).any()


@given(rows=st.lists(ROW, max_size=12), others=st.lists(ROW, max_size=6, unique_by=lambda row: row[:2]))
def test_places_are_those_of_merge(rows: list[tuple[str, int, int]], others: list[tuple[str, int, int]]) -> None:
    frame, among = frame_of(rows), frame_of(others)
    merged = frame[BY].merge(among[BY].assign(place=range(len(among))), how="left", on=BY)
    assert places(frame, among, BY).tolist() == merged["place"].fillna(-1).astype(int).tolist()


def test_a_place_must_be_one() -> None:
    twice = frame_of([("ONUC", 2018, 1), ("ONUC", 2018, 2)])
    with pytest.raises(ValueError, match="by mission, year among others of which two are equal"):
        places(twice, twice, BY)
    assert places(twice, twice.head(1), []).tolist() == [0, 0]


def test_missing_ones_are_equal_to_each_other() -> None:
    assert groups([np.array([np.nan, 2.0, np.nan]), np.ones(3)]).number.tolist() == [1, 0, 1]


def test_a_function_is_asked_once_for_equal_rows() -> None:
    asked: list[int] = []

    def double(column: np.ndarray) -> tuple[np.ndarray]:
        asked.append(len(column))
        return (column * 2,)

    (answer,) = for_distinct(double, np.array([[3, 1], [3, np.nan]]))
    assert asked == [3]
    np.testing.assert_array_equal(answer, [[6, 2], [6, np.nan]])
