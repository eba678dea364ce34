"""Verdicts from numbers, without a database."""

from datetime import date
from decimal import Decimal

import pytest

from casualties.choices import Measure, Verdict
from casualties.statements.judging import Found, Judgement, Period, difference_words, judge

NAMES = {"all": "everybody", "pko": "peacekeeping only", "uniformed": "uniformed only"}
NINETIES = (Period(first=1992, last=1996, number=259), Period(first=1991, last=1995, number=251))


def number(scope: str, counted: int | str) -> Found:
    return Found(scope=scope, number=Decimal(counted))


def said(measure: Measure, value: int | str | None, own: Found, *others: Found) -> Judgement:
    return judge(measure, None if value is None else Decimal(value), own, others, NAMES)


def test_it_works() -> None:
    judgement = said(Measure.COUNT, 195, number("all", 203), number("uniformed", 190))
    assert judgement.verdict == Verdict.DIFFERS
    assert judgement.found == 203
    assert judgement.detail == "The data say 203: +8 against what was said. No other named scope matches."
    judgement = said(Measure.COUNT, 203, number("all", 203), number("pko", 203), number("uniformed", 190))
    assert judgement.verdict == Verdict.HOLDS
    assert judgement.holding == ("all", "pko")


def test_every_scope_that_would_match_is_named() -> None:
    judgement = said(Measure.COUNT, 15, number("all", 16), number("pko", 15), number("uniformed", 15))
    assert judgement.verdict == Verdict.DIFFERS
    assert judgement.holding == ("pko", "uniformed")
    assert judgement.detail.endswith("It would hold for: peacekeeping only; uniformed only.")


@pytest.mark.parametrize(
    ("measure", "value", "counted", "holds"),
    [
        (Measure.AT_LEAST, 23, 23, True),
        (Measure.AT_LEAST, 23, 22, False),
        (Measure.MORE_THAN, 3500, 3500, False),
        (Measure.MORE_THAN, 3500, 3501, True),
        (Measure.FEWER_THAN, 3500, 3500, False),
        (Measure.FEWER_THAN, 3500, 3499, True),
        (Measure.RATE, "3.31", "3.31", True),
        (Measure.RATE, "3.31", "3.30", False),
        (Measure.CHANGE, -20, -20, True),
    ],
)
def test_bounds_rates_and_changes(measure: Measure, value: int | str, counted: int | str, *, holds: bool) -> None:
    verdict = said(measure, value, number("all", counted)).verdict
    assert verdict == (Verdict.HOLDS if holds else Verdict.DIFFERS)


@pytest.mark.parametrize(
    ("measure", "value", "counted", "verdict"),
    [
        (Measure.COUNT, 63, 63, Verdict.NOT_CHECKED),
        (Measure.COUNT, 61, 63, Verdict.NOT_CHECKED),
        (Measure.CHANGE, -20, 5, Verdict.NOT_CHECKED),
        (Measure.AT_LEAST, 63, 63, Verdict.HOLDS),
        (Measure.AT_LEAST, 64, 63, Verdict.NOT_CHECKED),
        (Measure.MORE_THAN, 62, 63, Verdict.HOLDS),
        (Measure.MORE_THAN, 63, 63, Verdict.NOT_CHECKED),
        (Measure.FEWER_THAN, 64, 63, Verdict.NOT_CHECKED),
        (Measure.FEWER_THAN, 63, 63, Verdict.DIFFERS),
        (Measure.HIGHEST_SINCE, None, 63, Verdict.HOLDS),
    ],
)
def test_a_number_that_can_still_grow(measure: Measure, value: int | None, counted: int, verdict: Verdict) -> None:
    own, other = (
        Found(scope=scope, number=Decimal(counted), until=date(2023, 11, 21), compared=3) for scope in ("all", "pko")
    )
    judgement = said(measure, value, own, other)
    assert judgement.verdict == verdict
    assert judgement.detail.startswith(
        f"The data say {counted:+}" if measure == Measure.CHANGE else f"The data say {counted}"
    )
    assert "(p, to 21 November 2023)" in judgement.detail
    assert judgement.holding == (("all", "pko") if verdict == Verdict.HOLDS else ())


def test_what_it_has_passed_already_is_said() -> None:
    own = Found(scope="all", number=Decimal(63), until=date(2023, 11, 21))
    assert "(p, to 21 November 2023), already more than 61." in said(Measure.COUNT, 61, own).detail
    behind = Found(scope="all", number=Decimal(59), until=date(2023, 11, 21), others=NINETIES, compared=20)
    assert said(Measure.HIGHEST_SINCE, None, behind).verdict == Verdict.NOT_CHECKED


def test_a_comparison_is_contradicted_only_where_no_scope_makes_it_true() -> None:
    own = Found(scope="all", number=Decimal(203), others=NINETIES, compared=65)
    beaten = Found(scope="uniformed", number=Decimal(190), others=NINETIES, compared=65)
    highest = Found(scope="uniformed", number=Decimal(190), compared=65)
    judgement = said(Measure.RANK_1_WINDOW, 195, own, beaten)
    assert judgement.verdict == Verdict.CONTRADICTED
    assert judgement.detail == (
        "The data say 203; 1992–96 (259) and 1991–95 (251) are higher. It ranks 3 of the 66 complete windows up to "
        "then. The number said with it, 195, differs. It is true under none of the named scopes."
    )
    judgement = said(Measure.RANK_1_WINDOW, None, own, highest)
    assert judgement.verdict == Verdict.DIFFERS
    assert judgement.holding == ("uniformed",)


def test_as_many_is_not_the_highest() -> None:
    own = Found(scope="all", number=Decimal(59), others=(Period(first=2003, last=2003, number=59),), compared=20)
    assert said(Measure.HIGHEST_SINCE, None, own).verdict == Verdict.CONTRADICTED
    assert "2003 (59) is as high or higher" in said(Measure.HIGHEST_SINCE, None, own).detail
    assert (
        said(Measure.HIGHEST_SINCE, None, Found(scope="all", number=Decimal(0), compared=20)).verdict != Verdict.HOLDS
    )


def test_the_highest_year_says_since_when() -> None:
    own = Found(scope="all", number=Decimal(59), compared=20, since=Period(first=1994, last=1994, number=71))
    judgement = said(Measure.HIGHEST_SINCE, 56, own)
    assert judgement.verdict == Verdict.HOLDS
    assert judgement.detail == ("The data say 59, the highest since 1994 (71). The number said with it, 56, differs.")


def test_a_change_is_contradicted_where_the_numbers_went_the_other_way_everywhere() -> None:
    assert said(Measure.CHANGE, -20, number("all", 5), number("pko", 0)).verdict == Verdict.CONTRADICTED
    assert said(Measure.CHANGE, -20, number("all", 5), number("pko", -1)).verdict == Verdict.DIFFERS


def test_without_a_number_the_reason_is_the_verdict() -> None:
    own = Found(scope="all", reason="the release holds no injuries")
    judgement = said(Measure.COUNT, 372, own, number("uniformed", 372))
    assert judgement.verdict == Verdict.NOT_CHECKED
    assert judgement.found is None
    assert judgement.detail == "The release holds no injuries."


def test_differences_carry_their_sign() -> None:
    assert difference_words(Measure.COUNT, Decimal(195), Decimal(203)) == "+8"
    assert difference_words(Measure.COUNT, Decimal(119), Decimal(99)) == "−20"
    assert difference_words(Measure.RATE, Decimal("0.92"), Decimal("0.90")) == "−0.02"
    assert difference_words(Measure.COUNT, Decimal(195), None) == "–"
