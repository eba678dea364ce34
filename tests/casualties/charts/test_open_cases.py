"""Open cases by age: each person in one class, on the day of the release."""

from datetime import date

import pandas as pd
import pytest

from casualties.charts.embed import Embed
from casualties.charts.open_cases import full_years, open_cases

ON = date(2023, 11, 28)


def chart(*cases: tuple[date, int]) -> Embed:
    frame = pd.DataFrame(list(cases), columns=["day", "persons"])
    return open_cases(frame, id="open", on=ON, scope="all peace operations")


def counts(found: Embed) -> list[str]:
    return [row.cells[1].text for row in found.table.rows]


def test_it_works() -> None:
    found = chart((date(2023, 1, 1), 2), (date(2021, 1, 1), 1), (date(2000, 7, 29), 3))
    assert counts(found) == ["2", "0", "1", "0", "3", "6"]
    assert found.title == "6 deaths still wait for a cause; 3 have waited ten years or more"
    assert found.figure is not None
    assert list(found.figure.data[0].x) == [2, 0, 1, 0, 3]


@pytest.mark.parametrize(
    ("since", "place"),
    [
        (date(2023, 11, 28), 0),
        (date(2022, 11, 29), 0),
        (date(2022, 11, 28), 1),
        (date(2021, 11, 28), 2),
        (date(2018, 11, 29), 2),
        (date(2018, 11, 28), 3),
        (date(2013, 11, 29), 3),
        (date(2013, 11, 28), 4),
    ],
)
def test_a_class_begins_with_the_anniversary(since: date, place: int) -> None:
    assert counts(chart((since, 1)))[place] == "1"


@pytest.mark.parametrize(
    ("cases", "title"),
    [
        ([], "No death waits for a cause"),
        ([(date(2023, 1, 1), 1)], "1 death still waits for a cause"),
        ([(date(2003, 1, 1), 2)], "2 deaths still wait for a cause, all for ten years or more"),
        (
            [(date(2003, 1, 1), 1), (date(2023, 1, 1), 1)],
            "2 deaths still wait for a cause; 1 has waited ten years or more",
        ),
    ],
)
def test_the_title_says_what_there_is(cases: list[tuple[date, int]], title: str) -> None:
    assert chart(*cases).title == title


def test_without_cases_there_is_no_drawing() -> None:
    found = chart()
    assert found.figure is None
    assert counts(found) == ["0"] * 6


def test_it_is_drawn_in_the_pattern_of_the_open_cause() -> None:
    figure = chart((date(2023, 1, 1), 1)).figure
    assert figure is not None
    assert figure.data[0].marker.pattern.shape == "/"


def test_a_day_after_the_release_is_an_error() -> None:
    with pytest.raises(ValueError, match="lies after"):
        chart((date(2024, 1, 1), 1))


def test_years_of_a_leap_day() -> None:
    assert full_years(date(2020, 2, 29), date(2021, 2, 28)) == 0
    assert full_years(date(2020, 2, 29), date(2021, 3, 1)) == 1
