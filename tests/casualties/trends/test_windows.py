"""The rules of five-year windows on small made-up series; the real ones are in test_windows_realdata.py."""

from collections.abc import Sequence

import pandas as pd
import pytest

from casualties.frames import WINDOW_COLUMNS
from tests.casualties.trends.windows_of import five_year_windows


def yearly(first_year: int, persons: Sequence[int]) -> pd.DataFrame:
    """One row per year from `first_year`, years without persons left out as a GROUP BY leaves them out."""
    rows = [(year, n) for year, n in enumerate(persons, start=first_year) if n]
    return pd.DataFrame(rows, columns=["year", "persons"]).astype("int64")


def windows(counts: pd.DataFrame, **years: object) -> pd.DataFrame:
    settings = {"first_year": 2001, "last_covered_year": 2010, "last_year_provisional": False, **years}
    return five_year_windows(counts, **settings)  # type: ignore[arg-type]


def column(frame: pd.DataFrame, name: str) -> list[object]:
    return [None if pd.isna(value) else value for value in frame[name]]


def test_it_works() -> None:
    frame = windows(yearly(2001, [1, 2, 3, 4, 5, 6, 7, 0, 0, 10]))
    assert list(frame.columns) == WINDOW_COLUMNS
    assert column(frame, "first_year") == [2001, 2002, 2003, 2004, 2005, 2006]
    assert column(frame, "last_year") == [2005, 2006, 2007, 2008, 2009, 2010]
    assert column(frame, "persons") == [15, 20, 25, 22, 18, 23]
    assert column(frame, "change_on_one_year") == [None, 5, 5, -3, -4, 5]
    assert column(frame, "change_from_previous_window") == [None, None, None, None, None, 8]
    assert column(frame, "rank") == [6, 4, 1, 3, 5, 2]
    assert column(frame, "record") == [False, False, True, False, False, False]
    assert frame["complete"].all()
    assert not frame["provisional"].any()


def test_the_last_covered_year_decides_where_a_series_ends_not_the_last_year_with_a_death() -> None:
    frame = windows(yearly(2001, [1, 1, 1]))
    assert column(frame, "persons") == [3, 2, 1, 0, 0, 0]
    assert frame["last_year"].max() == 2010


def test_a_provisional_window_has_no_rank_and_shows_the_one_it_would_have() -> None:
    frame = windows(yearly(2001, [1, 2, 3, 4, 5, 6, 7, 0, 0, 10]), last_year_provisional=True)
    assert column(frame, "provisional") == [False] * 5 + [True]
    assert column(frame, "rank") == [5, 3, 1, 2, 4, None]
    assert column(frame, "would_be_rank") == [None] * 5 + [2]


def test_a_provisional_window_is_never_the_record() -> None:
    frame = windows(yearly(2001, [1, 0, 0, 0, 0, 0, 0, 0, 0, 99]), last_year_provisional=True)
    assert column(frame, "would_be_rank")[-1] == 1
    assert column(frame, "record") == [True] + [False] * 5


def test_a_provisional_window_alone_would_be_first() -> None:
    frame = windows(yearly(2006, [1, 1, 1, 1, 1]), first_year=2006, last_year_provisional=True)
    assert column(frame, "rank") == [None]
    assert column(frame, "would_be_rank") == [1]
    assert column(frame, "record") == [False]


def test_equal_windows_share_the_better_rank_and_the_record() -> None:
    frame = windows(yearly(2001, [2, 0, 0, 0, 1, 2, 0, 0, 0, 1]))
    assert column(frame, "persons") == [3, 3, 3, 3, 3, 3]
    assert column(frame, "rank") == [1] * 6
    assert column(frame, "record") == [True] * 6
    frame = windows(yearly(2001, [5, 0, 0, 0, 0, 3, 0, 0, 0, 0]))
    assert column(frame, "persons") == [5, 3, 3, 3, 3, 3]
    assert column(frame, "rank") == [1, 2, 2, 2, 2, 2]


def test_a_provisional_window_equal_to_ranked_ones_would_share_their_rank() -> None:
    frame = windows(yearly(2001, [5, 0, 0, 0, 0, 3, 0, 0, 0, 0]), last_year_provisional=True)
    assert column(frame, "would_be_rank")[-1] == 2


def test_a_series_in_which_nobody_was_counted_has_zeros_and_no_record() -> None:
    frame = windows(yearly(2001, []))
    assert column(frame, "persons") == [0] * 6
    assert column(frame, "rank") == [1] * 6
    assert not frame["record"].any()


def test_a_mission_has_a_window_for_each_of_its_years_and_the_first_four_are_not_complete() -> None:
    frame = windows(yearly(2003, [1, 1, 1, 1, 1, 1]), first_year=2003, first_open=2003, last_open=2008)
    assert column(frame, "last_year") == [2003, 2004, 2005, 2006, 2007, 2008]
    assert column(frame, "persons") == [1, 2, 3, 4, 5, 5]
    assert column(frame, "complete") == [False] * 4 + [True] * 2
    assert column(frame, "rank") == [None] * 4 + [1, 1]


def test_change_is_only_between_complete_windows() -> None:
    frame = windows(yearly(2001, [1, 2, 3, 4, 5, 6, 7, 0, 0, 10]), first_open=2001)
    assert column(frame, "change_on_one_year") == [None] * 5 + [5, 5, -3, -4, 5]
    assert column(frame, "change_from_previous_window") == [None] * 9 + [8]


def test_a_death_after_the_closing_lengthens_the_series_but_completes_no_window() -> None:
    frame = windows(yearly(2001, [1, 1, 1, 1, 1, 1, 0, 1]), first_open=2001, last_open=2006)
    assert column(frame, "last_year") == list(range(2001, 2009))
    assert column(frame, "complete") == [False] * 4 + [True] * 2 + [False] * 2
    assert column(frame, "rank")[-2:] == [None, None]
    assert column(frame, "persons")[-1] == 4


def test_a_death_before_the_opening_lengthens_the_series_but_completes_no_window() -> None:
    frame = windows(yearly(2001, [1, 0, 1, 1, 1, 1, 1]), first_open=2003)
    assert column(frame, "last_year")[0] == 2001
    assert column(frame, "complete") == [False] * 6 + [True] * 4


def test_a_closed_mission_ends_with_its_last_year_open() -> None:
    frame = windows(yearly(2001, [1]), first_open=2001, last_open=2002)
    assert column(frame, "last_year") == [2001, 2002]
    assert not frame["complete"].any()


def test_a_mission_that_closes_after_the_last_covered_year_ends_with_that_year() -> None:
    frame = windows(yearly(2001, [1]), first_open=2001, last_open=2024, last_year_provisional=True)
    assert frame["last_year"].max() == 2010
    assert frame["provisional"].tolist()[-1]


def test_a_mission_that_opens_after_the_last_covered_year_has_no_window() -> None:
    assert windows(yearly(2001, []), first_year=2011, first_open=2011).empty


def test_a_family_that_was_closed_for_years_has_no_complete_window_over_the_gap() -> None:
    frame = windows(yearly(2001, [1] * 10), first_open=2001, closed_years=(2006,))
    assert column(frame, "complete") == [False] * 4 + [True] + [False] * 5


def test_a_provisional_window_that_is_not_complete_has_no_would_be_rank() -> None:
    frame = windows(yearly(2008, [1, 1, 1]), first_year=2008, first_open=2008, last_year_provisional=True)
    assert column(frame, "would_be_rank") == [None, None, None]
    assert column(frame, "provisional") == [False, False, True]


def test_each_combination_of_further_columns_is_a_series_with_its_own_ranks() -> None:
    counts = pd.concat([yearly(2001, [9, 0, 0, 0, 0, 1]).assign(cause="accident"),
                        yearly(2001, [0, 1, 0, 0, 0, 0, 8]).assign(cause="illness")])  # fmt: skip
    frame = windows(counts)
    assert frame["cause"].tolist() == ["accident"] * 6 + ["illness"] * 6
    records = frame[frame["record"]]
    assert list(zip(records["cause"], records["last_year"], records["persons"], strict=True)) == [
        ("accident", 2005, 9),
        ("illness", 2007, 8),
        ("illness", 2008, 8),
        ("illness", 2009, 8),
        ("illness", 2010, 8),
    ]


def test_series_of_one_frame_share_their_years() -> None:
    counts = pd.concat([yearly(2001, [1]).assign(cause="accident"), yearly(2008, [1]).assign(cause="illness")])
    frame = windows(counts, first_open=2001, last_open=2005)
    assert frame.groupby("cause")["last_year"].agg(["min", "max"]).to_numpy().tolist() == [[2001, 2008]] * 2


def test_fewer_than_five_years_of_a_series_make_no_window() -> None:
    frame = windows(yearly(2007, [1, 1, 1, 1]), first_year=2007)
    assert frame.empty
    assert list(frame.columns) == WINDOW_COLUMNS


def test_no_series_makes_no_window() -> None:
    frame = windows(pd.DataFrame({"cause": [], "year": [], "persons": []}))
    assert frame.empty
    assert list(frame.columns) == ["cause", *WINDOW_COLUMNS]


def test_counts_before_the_first_year_are_refused() -> None:
    with pytest.raises(ValueError, match="1999"):
        windows(yearly(1999, [1]))
    with pytest.raises(ValueError, match="2001 to 2010"):
        windows(yearly(1980, [1]))


def test_counts_after_the_last_covered_year_are_refused() -> None:
    with pytest.raises(ValueError, match="2001 to 2010"):
        windows(yearly(2011, [1]))


def test_counts_after_a_stated_last_year_are_refused() -> None:
    with pytest.raises(ValueError, match="2007"):
        windows(yearly(2001, [1, 1, 1, 1, 1, 1, 1]), last_year=2006)


def test_two_rows_of_one_year_are_refused() -> None:
    with pytest.raises(ValueError, match="two rows"):
        windows(pd.concat([yearly(2001, [1]), yearly(2001, [1])]))


def test_a_frame_without_persons_or_with_incidents_is_refused() -> None:
    with pytest.raises(ValueError, match="persons"):
        windows(pd.DataFrame({"year": [2001]}))
    with pytest.raises(ValueError, match="incidents"):
        windows(yearly(2001, [1]).assign(incidents=1))
