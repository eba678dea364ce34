"""The open year beside the same days of the years before."""

from datetime import date

import pandas as pd
import pytest

from casualties.trends.windows import same_days
from tests.casualties.trends.release_file import needs_release, people


def by_day(*rows: tuple[date, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["day", "persons"])


def test_it_works() -> None:
    days = by_day((date(2022, 3, 1), 1), (date(2022, 3, 2), 10), (date(2023, 2, 27), 3), (date(2023, 3, 1), 4))
    frame = same_days(days, through=date(2023, 3, 1))
    assert frame["year"].tolist() == [2018, 2019, 2020, 2021, 2022, 2023]
    assert frame["persons"].tolist() == [0, 0, 0, 0, 1, 7]


def test_other_years_and_later_days_are_left_out() -> None:
    days = by_day((date(2017, 1, 1), 1), (date(2023, 6, 2), 1), (date(2024, 1, 1), 1))
    assert same_days(days, through=date(2023, 6, 1))["persons"].tolist() == [0] * 6


def test_through_29_february_takes_whole_februaries() -> None:
    days = by_day((date(2023, 2, 28), 1), (date(2023, 3, 1), 1), (date(2024, 2, 29), 1))
    assert same_days(days, through=date(2024, 2, 29), years_before=1)["persons"].tolist() == [1, 1]


def test_28_february_leaves_out_a_leap_day() -> None:
    days = by_day((date(2020, 2, 29), 1), (date(2021, 2, 28), 1))
    assert same_days(days, through=date(2021, 2, 28), years_before=1)["persons"].tolist() == [0, 1]


def test_further_columns_are_series_of_their_own() -> None:
    days = by_day((date(2022, 1, 1), 1), (date(2023, 1, 1), 2)).assign(cause=["illness", "accident"])
    frame = same_days(days, through=date(2023, 1, 1), years_before=1)
    assert frame.to_numpy().tolist() == [
        ["illness", 2022, 1],
        ["illness", 2023, 0],
        ["accident", 2022, 0],
        ["accident", 2023, 2],
    ]


def test_no_deaths_are_counted_zeros() -> None:
    frame = same_days(by_day(), through=date(2023, 1, 1), years_before=2)
    assert frame["persons"].tolist() == [0, 0, 0]


@pytest.mark.realdata
@needs_release
def test_the_open_year_of_the_real_release() -> None:
    for chosen, expected in (
        (people(), [94, 91, 116, 122, 92, 63]),
        (people()[people()["cause"] == "malicious-act"], [27, 27, 11, 17, 29, 7]),
    ):
        days = chosen.groupby("day").size().rename("persons").reset_index()
        assert same_days(days, through=people()["day"].max().date())["persons"].tolist() == expected
