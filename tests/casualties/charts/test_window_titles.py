"""The sentence over windows: only closed ones are compared, ties are named, zero is said."""

import pandas as pd
import pytest

from casualties.charts.window_titles import largest_cause_title, line_of, panel_note, window_title
from tests.casualties.charts.frames_of import ILL, A, M, windows


def title(
    years: dict[int, int], *, first: int, last: int, provisional: bool = False, first_open: int | None = None
) -> str:
    frame = windows(years, first=first, last=last, provisional=provisional, first_open=first_open)
    return window_title(line_of(frame, M), "fatality")


def test_the_record_and_the_last_closed_window() -> None:
    said = title({1992: 5, 1996: 4, 2020: 2, 2023: 99}, first=1948, last=2023, provisional=True)
    assert said == "Deaths by malicious acts over five years were highest in 1992–96, with 9; 2018–22 had 2"


def test_the_record_is_the_last_closed_window() -> None:
    said = title({2018: 5, 2022: 4}, first=1948, last=2023, provisional=True)
    assert said == "Deaths by malicious acts over five years were highest in 2018–22, with 9, the last closed window"


def test_two_equal_records() -> None:
    said = title({1995: 9, 1991: 1, 1999: 1}, first=1990, last=2022)
    assert (
        said
        == "Deaths by malicious acts over five years were highest in 1991–95 and 1995–99, with 10 each; 2018–22 had 0"
    )


def test_many_equal_records() -> None:
    said = title({1995: 9}, first=1990, last=2022)
    assert said == (
        "Deaths by malicious acts over five years were highest in five windows, with 9 each; "
        "the last closed one, 2018–22, had 0"
    )


def test_nobody_in_any_window() -> None:
    assert (
        title({}, first=1998, last=2004)
        == "No deaths by malicious acts in any five-year window from 1998–2002 to 2000–04"
    )
    assert title({}, first=1998, last=2002) == "No deaths by malicious acts in 1998–2002, the only closed window"


def test_one_closed_window() -> None:
    assert (
        title({2015: 95}, first=2013, last=2017)
        == "95 deaths by malicious acts in 2013–17, the only closed five-year window"
    )


def test_no_closed_window() -> None:
    assert title({2020: 3}, first=2020, last=2022, first_open=2020) == "No complete five-year window"
    said = title({2020: 3}, first=2019, last=2023, provisional=True)
    assert said == "No closed five-year window yet; 2019–23, still open, has 3 deaths by malicious acts"
    one = title({2020: 1}, first=2019, last=2023, provisional=True)
    assert one == "No closed five-year window yet; 2019–23, still open, has 1 death by malicious acts"


def test_the_open_window_is_never_the_highest() -> None:
    frame = windows({2000: 2, 2023: 50}, first=1998, last=2023, provisional=True)
    assert "2019–23" not in window_title(line_of(frame, M), "fatality")
    assert panel_note(line_of(frame, M)).endswith("Now 2019–23 (p): 50.")


def causes(**persons: int) -> list[pd.DataFrame]:
    names = {"malicious": M, "accident": A, "illness": ILL}
    return [
        windows({2020: n}, first=2010, last=2023, provisional=True, cause=names[name]) for name, n in persons.items()
    ]


@pytest.mark.parametrize(
    ("persons", "said"),
    [
        ({"malicious": 2, "illness": 6}, "In 2018–22 the largest cause was illness, with 6 of 8 deaths"),
        (
            {"malicious": 4, "illness": 4},
            "In 2018–22 the largest causes were malicious act and illness, with 4 of 8 deaths each",
        ),
        ({"malicious": 0, "illness": 0}, "No deaths in 2018–22, the last closed five-year window"),
    ],
)
def test_the_largest_cause_of_the_last_closed_window(persons: dict[str, int], said: str) -> None:
    frame = pd.concat(causes(**persons))
    lines = [line_of(frame, cause) for cause in frame["cause"].unique()]
    assert largest_cause_title(lines, "fatality") == said
