"""How figures are written."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from casualties.charts import wording


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1234, "1,234"),
        (0, "0"),
        (-20, "−20"),
        (None, "–"),
        (pd.NA, "–"),
        (float("nan"), "–"),
        (np.int64(4344), "4,344"),
        (3.0, "3"),
    ],
)
def test_count(value: object, said: str) -> None:
    assert wording.count(value) == said


def test_a_count_is_a_whole_number() -> None:
    with pytest.raises(ValueError, match="whole number"):
        wording.count(1.5)


@pytest.mark.parametrize(("value", "said"), [(8, "+8"), (-20, "−20"), (0, "0"), (None, "–"), (1500, "+1,500")])
def test_signed(value: object, said: str) -> None:
    assert wording.signed(value) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [(1992, 1996, "1992–96"), (1999, 2003, "1999–2003"), (2000, 2004, "2000–04"), (2023, 2023, "2023")],
)
def test_years(first: int, last: int, said: str) -> None:
    assert wording.years(first, last) == said


def test_years_run_forward() -> None:
    with pytest.raises(ValueError, match="run forward"):
        wording.years(1996, 1992)


@pytest.mark.parametrize(
    ("part", "base", "said"),
    [
        (174, 311, "56%"),
        (10, 20, "50%"),
        (1, 200, "1%"),  # a half is rounded up
        (1, 201, "<1%"),  # something is never 0%
        (0, 311, "0%"),
        (311, 311, "100%"),
        (999, 1000, ">99%"),  # not all is never 100%
        (10, 19, "–"),  # no share of fewer than 20
        (None, 100, "–"),
        (5, None, "–"),
    ],
)
def test_share(part: object, base: object, said: str) -> None:
    assert wording.share(part, base) == said


def test_a_part_larger_than_the_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="no part"):
        wording.share(30, 25)


def test_rate() -> None:
    assert [wording.rate(value) for value in (1.766, 0, None)] == ["1.77", "0.00", "–"]


def test_persons_of_every_cause_and_outcome() -> None:
    assert wording.persons_of("malicious-act", "fatality") == "deaths by malicious acts"
    assert wording.persons_of("", "injury") == "injuries"
    with pytest.raises(ValueError, match="deaths or injuries"):
        wording.persons_of("", "all")


def test_the_two_open_causes_are_no_subject_of_a_claim() -> None:
    with pytest.raises(KeyError):
        wording.subject("to-be-determined")


def test_period() -> None:
    assert wording.period(1948, 2022, provisional=False) == "1948 to 2022"
    assert wording.period(1948, 2023, provisional=True) == "1948 to 2023 (p)"
    assert (
        wording.period(1948, 2023, provisional=True, through=date(2023, 11, 21)) == "1948 to 2023 (p, to 21 November)"
    )
    assert wording.period(2023, 2023, provisional=False) == "2023"


def test_listed() -> None:
    assert [wording.listed(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("person_years", "words"),
    [(0, "0"), (0.02, "<0.1"), (0.2, "0.2"), (9.94, "9.9"), (9.96, "10"), (1234.5, "1,234"), (None, "–")],
)
def test_few_person_years_are_not_said_to_be_none(person_years: float | None, words: str) -> None:
    assert wording.person_years(person_years) == words
