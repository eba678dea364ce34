"""The highest windows that share no year."""

import pandas as pd

from casualties.trends.windows import disjoint_highest, five_year_windows


def windows(persons: list[int], *, last_year_provisional: bool = False) -> pd.DataFrame:
    years = range(2001, 2001 + len(persons))
    counts = pd.DataFrame({"year": years, "persons": persons})
    return five_year_windows(
        counts, first_year=2001, last_covered_year=years[-1], last_year_provisional=last_year_provisional
    )


def test_it_works() -> None:
    peaks = disjoint_highest(windows([0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0]), 2)
    assert peaks[["first_year", "persons"]].to_numpy().tolist() == [[2001, 9], [2007, 5]]


def test_no_two_share_a_year() -> None:
    peaks = disjoint_highest(windows([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]), 5)
    assert peaks["first_year"].tolist() == [2009, 2004]


def test_a_provisional_window_is_no_peak() -> None:
    peaks = disjoint_highest(windows([1, 0, 0, 0, 0, 0, 0, 0, 0, 99], last_year_provisional=True), 5)
    assert peaks["last_year"].max() < 2010


def test_windows_without_a_person_are_no_peaks() -> None:
    assert disjoint_highest(windows([0] * 12), 5).empty
