"""Sentences say exactly their figures; the golden ones are of the release of 28 November 2023."""

from datetime import date

import pandas as pd
import pytest

from casualties.charts.window_titles import Line, line_of
from casualties.choices import Cause
from casualties.views import open_year_sentences, sentences
from tests.casualties.trends.windows_of import five_year_windows

M = Cause.MALICIOUS_ACT.value
UNTIL = date(2023, 11, 21)
IN_2023 = {
    "illness": 40,
    "accident": 8,
    "malicious-act": 7,
    "self-inflicted": 1,
    "unknown": 4,
    "to-be-determined": 3,
}


def line(persons: dict[int, int], *, cause: str = M, last: int = 2023, provisional: bool = True) -> Line:
    frame = pd.DataFrame({"year": list(persons), "persons": list(persons.values())})
    first = min(persons)
    windows = five_year_windows(frame, first_year=first, last_covered_year=last, last_year_provisional=provisional)
    return line_of(windows.assign(cause=cause), cause)


def test_all_time_names_the_scope() -> None:
    assert sentences.all_time(4344, "all", 1948) == (
        "4,344 people have died serving in UN peace operations since 1948."
    )
    assert sentences.all_time(3_000, "uniformed-pko", 1948) == (
        "3,000 uniformed people have died serving in UN peacekeeping operations since 1948."
    )
    assert sentences.all_time(1, "pko", 1948) == ("1 person has died serving in UN peacekeeping operations since 1948.")
    assert sentences.all_time(0, "all", 1948) == "No death is recorded under this scope."


def test_the_open_year_stands_beside_the_same_days() -> None:
    assert open_year_sentences.so_far(IN_2023, [94, 91, 116, 122, 92], until=UNTIL) == (
        "In 2023, up to 21 November, 63 people died: 40 of illness, 8 in accidents and 7 by malicious acts; 1 was "
        "self-inflicted; 4 have an unknown cause and 3 are still to be determined. In the same days of the five years "
        "before, between 91 and 122 died each year."
    )


@pytest.mark.parametrize(
    ("by_cause", "before", "said"),
    [
        ({"illness": 1}, [], "In 2023, up to 21 November, 1 person died: 1 of illness."),
        (
            {},
            [3, 3],
            "In 2023, up to 21 November, no one died. In the same days of the two years before, 3 died each year.",
        ),
        (
            {"self-inflicted": 2},
            [0],
            "In 2023, up to 21 November, 2 people died: 2 were self-inflicted. "
            "In the same days of the year before, nobody died.",
        ),
        (
            {"unknown": 1, "to-be-determined": 1, "malicious-act": 2},
            [0, 4],
            "In 2023, up to 21 November, 4 people died: 2 by malicious acts; 1 has an unknown cause and 1 is still to "
            "be determined. In the same days of the two years before, between 0 and 4 died each year.",
        ),
    ],
)
def test_small_numbers(by_cause: dict[str, int], before: list[int], said: str) -> None:
    assert open_year_sentences.so_far(by_cause, before, until=UNTIL) == said


def test_injuries_are_said_as_injuries() -> None:
    assert open_year_sentences.so_far_in_short(2, [1, 3], until=UNTIL, outcome="injury") == (
        "In 2023, up to 21 November, 2 people were injured. In the same days of the two years before, between 1 and 3 "
        "were injured each year."
    )


def test_windows_compare_the_last_closed_one_and_leave_the_open_one_apart() -> None:
    found = line({1990: 9, 1991: 1, 2018: 5, 2022: 2, 2023: 4})
    assert sentences.windows(found) == (
        "In 2018–22, the last closed window, 7 people were killed by malicious acts: rank 2 of 29, and 3 fewer than in "
        "the record window, 1990–94. 2019–23, still open, has 6 so far."
    )


def test_a_last_window_that_is_the_record_says_so() -> None:
    assert sentences.windows(line({2010: 1, 2022: 8, 2023: 0})) == (
        "In 2018–22, the last closed window, 8 people were killed by malicious acts: the highest of 9 windows. "
        "2019–23, still open, has 8 so far."
    )


def test_ties_are_named_as_long_as_they_are_few() -> None:
    assert sentences.windows(line({2016: 1, 2021: 1, 2022: 0}, last=2022, provisional=False)) == (
        "In 2018–22, the last closed window, 1 person was killed by malicious acts: the highest of 3 windows, together "
        "with 2016–20 and 2017–21."
    )
    assert sentences.windows(line({2010: 2, 2017: 1, 2022: 0}, last=2022, provisional=False)) == (
        "In 2018–22, the last closed window, no one was killed by malicious acts: rank 7 of 9, and 2 fewer than in the "
        "record window, 2010–14."
    )


def test_windows_without_anybody() -> None:
    assert sentences.windows(line({2010: 0, 2023: 0}, cause="illness")) == (
        "In 2018–22, the last closed window, no one died of illness. 2019–23, still open, has 0 so far."
    )


@pytest.mark.parametrize(
    ("cause", "n", "said"),
    [
        ("", 575, "575 people died"),
        ("", 1, "1 person died"),
        ("accident", 65, "65 people died in accidents"),
        ("illness", 305, "305 people died of illness"),
        ("self-inflicted", 1, "1 death was self-inflicted"),
        ("to-be-determined", 39, "39 deaths have a cause still to be determined"),
        ("unknown", 0, "no death has an unknown cause"),
    ],
)
def test_what_happened(cause: str, n: int, said: str) -> None:
    assert sentences.happened(cause, n) == said


def test_a_mission_that_ended() -> None:
    assert sentences.mission(311, 174, acronym="MINUSMA", years=range(2013, 2024), until=UNTIL, still_open=False) == (
        "311 people died serving in MINUSMA from 2013 to 21 November 2023, 174 of them by malicious acts."
    )
    assert sentences.mission(249, 135, acronym="ONUC", years=range(1960, 1965), until=None, still_open=False) == (
        "249 people died serving in ONUC from 1960 to 1964, 135 of them by malicious acts."
    )


def test_a_mission_that_is_open_and_one_without_deaths() -> None:
    assert sentences.mission(1, 0, acronym="UNX", years=range(2020, 2024), until=UNTIL, still_open=True) == (
        "1 person has died serving in UNX since 2020, none of them by malicious acts."
    )
    assert sentences.mission(0, 0, acronym="UNPSG", years=range(1996, 1999), until=None, still_open=False) == (
        "No death is recorded in UNPSG from 1996 to 1998."
    )
    assert sentences.mission(2, 1, acronym="UNA", years=range(1996, 1997), until=None, still_open=False) == (
        "2 people died serving in UNA in 1996, 1 of them by malicious acts."
    )
    assert sentences.mission(1, 1, acronym="UNA", years=range(1996, 1997), until=None, still_open=False) == (
        "1 person died serving in UNA in 1996, by a malicious act."
    )


def test_the_open_year_of_a_filtered_page() -> None:
    assert open_year_sentences.of_them(2, [0, 3, 1], until=UNTIL) == (
        "Of them, 2 in 2023, up to 21 November; in the same days of the three years before, between 0 and 3 each year."
    )
    assert open_year_sentences.of_them(0, [0, 0], until=UNTIL) == (
        "Of them, none in 2023, up to 21 November; in the same days of the two years before, 0 each year."
    )
    assert open_year_sentences.of_them(1, [], until=UNTIL) == "Of them, 1 in 2023, up to 21 November."


def test_a_filtered_page_says_so() -> None:
    assert sentences.selected("95 people killed by malicious acts", 95, acronym="MINUSMA", when=" in 2019") == (
        "95 people killed by malicious acts in MINUSMA in 2019 are in this selection."
    )
    assert sentences.selected("1 person who died", 1, acronym="MINUSMA", when="") == (
        "1 person who died in MINUSMA is in this selection."
    )
