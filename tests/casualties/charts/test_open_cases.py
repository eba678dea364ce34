"""Open cases by age: a bar for each age, one for those that lie across two, and what the title says."""

from datetime import date

import pytest
from django.utils import translation

from casualties.charts.embed import Embed
from casualties.charts.open_cases import full_years, open_cases

ON = date(2023, 11, 28)


def chart(*counts: int, more: int = 0) -> Embed:
    ages = counts or (0, 0, 0, 0, 0)
    return open_cases(ages, sum(ages) + more, id="open", on=ON, scope="all peace operations")


def counts(found: Embed) -> list[tuple[str, str]]:
    return [(row.cells[0].text, row.cells[1].text) for row in found.table.rows]


def test_it_works() -> None:
    found = chart(2, 0, 1, 0, 3)
    assert counts(found) == [
        ("Under 1 year", "2"),
        ("1 to 2 years", "0"),
        ("2 to 5 years", "1"),
        ("5 to 10 years", "0"),
        ("10 years or more", "3"),
        ("All open cases", "6"),
    ]
    assert found.title == "6 deaths still wait for a cause; 3 have waited ten years or more"
    assert found.figure is not None
    assert list(found.figure.data[0].x) == [2, 0, 1, 0, 3]


def test_cases_across_two_ages_have_a_bar_of_their_own() -> None:
    found = chart(2, 0, 1, 0, 3, more=4)
    assert counts(found)[-2:] == [("Between two ages", "4"), ("All open cases", "10")]
    assert found.title == "10 deaths still wait for a cause; 3 have waited ten years or more"
    assert found.figure is not None
    assert list(found.figure.data[0].y)[-1] == "Between two ages"
    assert list(found.figure.data[0].x) == [2, 0, 1, 0, 3, 4]


@pytest.mark.parametrize(
    ("ages", "title"),
    [
        ((0, 0, 0, 0, 0), "No death waits for a cause"),
        ((1, 0, 0, 0, 0), "1 death still waits for a cause"),
        ((0, 0, 0, 0, 2), "2 deaths still wait for a cause, all for ten years or more"),
        ((1, 0, 0, 0, 1), "2 deaths still wait for a cause; 1 has waited ten years or more"),
    ],
)
def test_the_title_says_what_there_is(ages: tuple[int, ...], title: str) -> None:
    assert chart(*ages).title == title


def test_without_cases_there_is_no_drawing() -> None:
    found = chart()
    assert found.figure is None
    assert [figure for _, figure in counts(found)] == ["0"] * 6


def test_it_is_drawn_in_the_pattern_of_the_open_cause() -> None:
    figure = chart(1, 0, 0, 0, 0).figure
    assert figure is not None
    assert figure.data[0].marker.pattern.shape == "/"


def test_ages_with_more_than_there_are_is_an_error() -> None:
    with pytest.raises(ValueError, match="more than the 3"):
        chart(2, 0, 1, 0, 3, more=-3)


@pytest.mark.parametrize(("since", "years"), [(date(2013, 11, 28), 10), (date(2013, 11, 29), 9), (ON, 0)])
def test_a_year_is_full_on_the_anniversary(since: date, years: int) -> None:
    assert full_years(since, ON) == years
    with pytest.raises(ValueError, match="lies after"):
        full_years(ON, date(2023, 11, 27))


def test_years_of_a_leap_day() -> None:
    assert full_years(date(2020, 2, 29), date(2021, 2, 28)) == 0
    assert full_years(date(2020, 2, 29), date(2021, 3, 1)) == 1


def test_in_french_a_space_that_does_not_break_stands_before_the_semicolon() -> None:
    with translation.override("fr"):
        assert "\u202f; " in chart(2, 0, 1, 0, 3).title
