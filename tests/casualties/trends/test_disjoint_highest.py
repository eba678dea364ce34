"""The highest windows that share no year."""

from dataclasses import dataclass

import pandas as pd

from casualties.trends.windows import disjoint_highest
from tests.casualties.trends.windows_of import five_year_windows


@dataclass(frozen=True)
class Window:
    first_year: int
    persons: int
    rank: int | None


def of_frame(frame: pd.DataFrame) -> list[Window]:
    """The windows of a frame of one series."""
    ranks = [None if pd.isna(rank) else int(rank) for rank in frame["rank"]]
    return [Window(*row) for row in zip(frame["first_year"], frame["persons"], ranks, strict=True)]


def windows(persons: list[int], *, last_year_provisional: bool = False) -> list[Window]:
    years = range(2001, 2001 + len(persons))
    counts = pd.DataFrame({"year": years, "persons": persons})
    frame = five_year_windows(
        counts, first_year=2001, last_covered_year=years[-1], last_year_provisional=last_year_provisional
    )
    return of_frame(frame)


def test_it_works() -> None:
    peaks = disjoint_highest(windows([0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0]), 2)
    assert [(peak.first_year, peak.persons) for peak in peaks] == [(2001, 9), (2007, 5)]


def test_no_two_share_a_year() -> None:
    peaks = disjoint_highest(windows([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]), 5)
    assert [peak.first_year for peak in peaks] == [2009, 2004]


def test_a_provisional_window_is_no_peak() -> None:
    peaks = disjoint_highest(windows([1, 0, 0, 0, 0, 0, 0, 0, 0, 99], last_year_provisional=True), 5)
    assert max(peak.first_year for peak in peaks) < 2006


def test_windows_without_a_person_are_no_peaks() -> None:
    assert disjoint_highest(windows([0] * 12), 5) == []
