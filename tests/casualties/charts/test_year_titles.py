"""The sentence over the years: exact, without the open year, ties named."""

from collections.abc import Mapping

import pytest

from casualties.charts.years import years_by_cause
from tests.casualties.charts.frames_of import ILL, TBD, UNKNOWN, A, M, by_cause


def title(
    years: Mapping[int, Mapping[str, int | None]],
    *,
    last: int,
    first: int | None = None,
    provisional: bool = False,
    outcome: str = "fatality",
) -> str:
    return years_by_cause(
        by_cause(years), id="x", first_year=first, last_year=last, provisional=provisional, scope="all", outcome=outcome
    ).title


def test_nothing() -> None:
    assert title({}, first=1998, last=2004) == "No deaths are recorded from 1998 to 2004"
    assert title({}, first=2004, last=2004) == "No deaths are recorded in 2004"
    assert title({}, first=2023, last=2023, provisional=True) == "No deaths are recorded in 2023 so far (provisional)"
    said = title({}, first=2019, last=2023, provisional=True)
    assert said == "No deaths are recorded from 2019 to 2023, the last year provisional"


def test_one_death() -> None:
    assert title({1992: {M: 1}}, first=1990, last=1995) == "One death is recorded from 1990 to 1995, in 1992"
    assert title({1992: {M: 1}}, first=1992, last=1992) == "One death is recorded in 1992"
    assert title({1992: {M: 1}}, first=1992, last=1992, outcome="injury") == "One injury is recorded in 1992"


def test_everything_in_the_open_year() -> None:
    assert (
        title({2023: {M: 1}}, first=2020, last=2023, provisional=True) == "One death is recorded, in 2023 (provisional)"
    )
    said = title({2023: {M: 2, A: 1}}, first=2020, last=2023, provisional=True)
    assert said == "Three deaths are recorded, all in 2023 (provisional)"


def test_all_in_one_year() -> None:
    assert title({1992: {M: 4, A: 3}}, first=1990, last=1995) == "All 7 deaths from 1990 to 1995 were in 1992"


def test_the_largest_single_cause() -> None:
    years = {year: {M: 10, A: 2} for year in range(2013, 2022)} | {2022: {ILL: 3, M: 1}}
    assert (
        title(years, last=2022) == "Malicious acts were the largest single cause in nine of the ten years 2013 to 2022"
    )


def test_the_open_year_takes_no_part() -> None:
    years = {year: {M: 10, A: 2} for year in range(2014, 2023)} | {2023: {ILL: 90}}
    said = title(years, last=2023, provisional=True)
    assert said == "Malicious acts were the largest single cause in every year from 2014 to 2022"


def test_years_without_deaths_have_no_largest_cause() -> None:
    years = {2013: {A: 10}, 2015: {A: 9}, 2016: {ILL: 8}}
    said = title(years, first=2012, last=2016)
    assert said == "Accidents were the largest single cause in two of the three years with deaths, 2012 to 2016"
    said = title({2013: {A: 10, M: 1}, 2015: {A: 10}}, first=2012, last=2016)
    assert said == "Accidents were the largest single cause in each year with deaths, 2012 to 2016"


def test_two_causes_that_lead_equally_often_are_no_leader() -> None:
    years = {2013: {A: 10}, 2014: {A: 11}, 2015: {ILL: 9}, 2016: {ILL: 8}}
    assert title(years, last=2016) == "Deaths were highest in 2014, with 11"


def test_a_tie_within_a_year_has_no_leader() -> None:
    years = {2013: {A: 10, M: 10}, 2014: {A: 10, M: 10}}
    assert title(years, last=2014) == "Deaths were highest in 2013 and 2014, with 20 each"


def test_an_open_cause_is_never_called_the_largest() -> None:
    for cause in (TBD, UNKNOWN):
        years = {2013: {cause: 10, A: 1}, 2014: {cause: 12}, 2015: {cause: 9}}
        assert title(years, last=2015) == "Deaths were highest in 2014, with 12"


def test_few_deaths_make_no_leading_cause() -> None:
    years = {2013: {A: 4, M: 1}, 2014: {A: 5}, 2015: {A: 3}}
    assert title(years, last=2015) == "Deaths were highest in 2013 and 2014, with 5 each"


def test_many_equal_years_are_counted() -> None:
    years = {2010 + i: {A: 2, M: 1} for i in range(5)}
    assert title(years, last=2014) == "Deaths were highest in five years, with 3 each"


def test_one_cause_alone_is_told_by_its_peak() -> None:
    assert title({2013: {M: 4}, 2014: {M: 28}}, last=2014) == "Deaths by malicious acts were highest in 2014, with 28"


def test_a_long_series_is_told_by_its_last_twenty_closed_years() -> None:
    years = {year: {M: 3} for year in range(1960, 2003)} | {
        year: {ILL: year - 1990, A: 1} for year in range(2003, 2023)
    }
    said = title(years | {2023: {M: 500}}, last=2023, provisional=True)
    assert said == (
        "From 2003 to 2022 between 14 and 33 people died each year; "
        "illness was the largest single cause in each of them"
    )


def test_one_person_is_said_in_the_singular() -> None:
    some = {1960: {M: 40}} | {year: {ILL: 1} for year in range(1981, 2001, 2)}
    assert title(some, first=1960, last=2000).startswith("From 1981 to 2000 at most 1 person died each year")
    each = {year: {ILL if year % 2 else M: 1} for year in range(1960, 2001)}
    assert title(each, first=1960, last=2000).startswith("From 1981 to 2000 1 person died each year")


def test_a_long_series_that_went_quiet() -> None:
    years = {1961: {M: 40, A: 2}, 1962: {A: 3}}
    said = title(years, first=1960, last=2000)
    assert said == "From 1981 to 2000 no deaths are recorded; deaths were highest in 1961, with 42"


def test_years_without_figures_are_said_to_be_left_out() -> None:
    said = title({2013: {M: None}, 2014: {M: 3}, 2015: {A: 5}}, last=2015)
    assert said == "Of the years with figures, deaths were highest in 2015, with 5"
    said = title({2013: {M: None}, 2014: {}}, first=2013, last=2014)
    assert said == "No figures are available for every year from 2013 to 2014"


@pytest.mark.parametrize("outcome", ["fatality", "injury"])
def test_no_title_has_a_forbidden_word(outcome: str) -> None:
    years = {year: {M: 3, A: 2} for year in range(1990, 2023)}
    said = title(years, last=2022, outcome=outcome).lower()
    assert not [word for word in ("toll", "victim", "body", "hostile", "kills", "!") if word in said]
