"""Statements of the press against the release of 28 November 2023."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from casualties.choices import Measure, Verdict
from casualties.models import Statement, StatementCheck
from casualties.statements import check_statements, latest_checks, load_statements
from casualties.statements.asking import selected
from casualties.statements.checking import check_now
from tests.casualties.statements.answers import answer
from tests.factories import make_statement
from tests.kept import kept

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


@pytest.fixture(scope="module")
def checks(real_release: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, StatementCheck]]:
    with kept(django_db_blocker):
        load_statements()
        check_statements()
        newest = latest_checks(Statement.objects.all())
        yield {statement.key: newest[statement.pk] for statement in Statement.objects.all()}


def test_it_works(checks: dict[str, StatementCheck]) -> None:
    """ "More than in any other five-year period": contradicted under each named scope, by the same four windows."""
    check = checks["2018-cruz-record-window"]
    assert check.verdict == Verdict.CONTRADICTED
    assert {scope["scope"]: int(scope["number"]) for scope in check.scopes} == {
        "all": 203,
        "pko": 201,
        "uniformed": 190,
        "uniformed-pko": 190,
    }
    for scope in check.scopes:
        windows = sorted((first, last) for first, last, _persons in scope["others"])
        assert windows == [(1990, 1994), (1991, 1995), (1992, 1996), (1993, 1997)], scope["scope"]
        assert scope["rank"] == 5
    assert check.scopes[0]["others"] == [[1992, 1996, 259], [1991, 1995, 251], [1993, 1997, 248], [1990, 1994, 221]]


def test_numbers_that_differ(checks: dict[str, StatementCheck]) -> None:
    for key, found in {
        "2018-un-cruz-195": 203,
        "2018-un-cruz-943": 984,
        "2018-un-cruz-2017-56": 59,
        "2017-press-2016": 121,
        "2019-un-sg-2018": 99,
        "2019-medal-2018": 99,
        "2013-fact-sheet-3186": 3193,
    }.items():
        assert answer(checks[key]) == (Verdict.DIFFERS, found), key
        assert not any(scope["matches"] for scope in checks[key].scopes), key
    assert "+8 against what was said" in checks["2018-un-cruz-195"].detail
    assert checks["2017-press-2016"].detail.endswith("No other named scope matches.")
    in_2021 = checks["2021-press-2021"]
    assert [scope["scope"] for scope in in_2021.scopes if scope["matches"]] == ["uniformed", "uniformed-pko"]


def test_statements_that_hold(checks: dict[str, StatementCheck]) -> None:
    highest = checks["2018-un-cruz-2017-highest"]
    assert answer(highest) == (Verdict.HOLDS, 59)
    assert highest.detail.startswith("The data say 59, the highest since 1994 (71).")
    for key in (
        "2018-un-cruz-3500",
        "2018-un-sg-2017-malicious",
        "2018-un-sg-2016-malicious",
        "2022-minurso-2021",
        "2023-moneycontrol-2018",
        "2015-un-sg-2014-mali-violence",
        "2008-dorn-1993",
    ):
        assert checks[key].verdict == Verdict.HOLDS, key


def test_what_cannot_be_checked(checks: dict[str, StatementCheck]) -> None:
    reasons = {
        "2018-minusma-injured-372": "no injuries",
        "2022-minusma-ied-93": "means of attack",
        "2015-staff-union-2014": "agencies",
        "2025-medal-2024": "lies after 2023",
        "2016-un-police-2015-countries": "countries",
    }
    for key, reason in reasons.items():
        assert checks[key].verdict == Verdict.NOT_CHECKED, key
        assert reason in checks[key].detail, key


def test_the_open_year_settles_no_number(checks: dict[str, StatementCheck]) -> None:
    """61 medals for 2023, of which the release knows the days to 21 November, with 63 deaths."""
    check = checks["2024-medal-2023"]
    assert answer(check) == (Verdict.NOT_CHECKED, 63)
    assert check.detail.startswith("The data say 63 (p, to 21 November 2023), already more than 61.")


def test_every_selection_can_be_read(checks: dict[str, StatementCheck]) -> None:
    for statement in Statement.objects.all():
        for problem in selected(statement.selection).problems:
            assert problem.reason == "lies after 2023, the last year that the release covers", statement.key
    assert sum(check.verdict == Verdict.CONTRADICTED for check in checks.values()) == 1


@pytest.mark.parametrize(("year", "rate", "verdict"), [(1993, "3.31", "holds"), (2006, "0.97", "holds"),
                                                       (2014, "1.04", "holds"), (2015, "0.92", "differs")])  # fmt: skip
def test_published_rates(year: int, rate: str, verdict: str) -> None:
    """That of 2015 counts two people in months that the person-years do not cover; ours is 0.90."""
    said = {"selection": f"scope=uniformed&from={year}&to={year}", "measure": Measure.RATE, "value": rate}
    check = check_now(Statement.objects.get(pk=make_statement(**said).pk))  # type: ignore[arg-type]
    assert check.verdict == verdict
    assert str(check.found) == ("0.90" if year == 2015 else rate)


def test_the_highest_since_a_year_leaves_that_year_out() -> None:
    said = {"selection": "cause=malicious-act&from=2017&to=2017", "measure": Measure.HIGHEST_SINCE, "value": None}
    assert check_now(make_statement(**said, since=1994)).verdict == Verdict.HOLDS  # type: ignore[arg-type]
    assert check_now(make_statement(**said, since=1993)).verdict == Verdict.CONTRADICTED  # type: ignore[arg-type]
