"""Statements held against the data again and again: every answer is kept, none twice."""

from datetime import date

import pytest

from casualties.choices import Cause, Measure, Obstacle, Personnel, Verdict
from casualties.filters import forget_basis
from casualties.models import Casualty, Statement, StatementCheck
from casualties.statements import check_now, check_statements, checking, statements_due
from casualties.trends.rebuild import rebuild
from tests.casualties.statements.answers import answer, answer_then
from tests.factories import make_casualty, make_incident, make_release, make_statement
from tests.other_session import held_elsewhere

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2023, 11, 28), date(2024, 6, 30)


def test_it_works() -> None:
    make_release()
    make_casualty()
    statement = make_statement(value=3)
    assert statements_due()
    assert check_statements() == 1
    check = statement.checks.get()
    assert answer(check) == (Verdict.DIFFERS, 1)
    assert check.release_date == FIRST
    assert check.detail == "The data say 1: −2 against what was said. No other named scope matches."
    assert [(kept["scope"], kept["number"]) for kept in check.scopes] == [
        ("all", "1"),
        ("pko", "1"),
        ("uniformed", "1"),
        ("uniformed-pko", "1"),
    ]
    assert not statements_due()


def test_the_scope_that_would_match_is_found() -> None:
    make_release()
    make_casualty()
    make_casualty(personnel=Personnel.LOCAL_CIVILIAN)
    check = check_now(make_statement(value=1))
    assert answer(check) == (Verdict.DIFFERS, 2)
    assert [kept["scope"] for kept in check.scopes if kept["matches"]] == ["uniformed", "uniformed-pko"]
    assert "all peace operations, uniformed personnel only" in check.detail


def test_a_task_leaves_a_check_that_is_under_way_to_whoever_is_at_it() -> None:
    make_release()
    make_statement()
    with held_elsewhere(checking.TURN):
        assert not statements_due()
        assert check_statements() == 0
    assert statements_due()
    assert check_statements() == 1


def test_an_answer_is_kept_once_for_the_same_data_and_anew_when_they_or_the_statement_change() -> None:
    make_release()
    make_casualty()
    statement = make_statement(value=1)
    assert [check_statements(), check_statements(), check_statements(even_if_checked=True)] == [1, 0, 0]
    statement.value = 2
    statement.save()
    assert statements_due()
    assert check_statements() == 1
    verdicts = list(statement.checks.values_list("verdict", "asked__value"))
    assert verdicts == [(Verdict.DIFFERS, "2.00"), (Verdict.HOLDS, "1.00")]


def test_what_was_known_when_it_was_published_is_judged_too() -> None:
    make_release(released_on=FIRST)
    open_case = make_casualty(cause=Cause.TO_BE_DETERMINED, occurred_on=date(2023, 3, 1))
    make_casualty(occurred_on=date(2023, 5, 5))
    make_release(released_on=SECOND)
    settled = make_incident(cause=Cause.MALICIOUS_ACT, occurred_on=date(2023, 3, 1))
    Casualty.objects.filter(pk=open_case.pk).update(incident=settled, cause=Cause.MALICIOUS_ACT, known_at=SECOND)
    forget_basis()
    said = "cause=malicious-act&from=2023&to=2023"
    in_time = check_now(make_statement(selection=said, value=1, published_on=date(2024, 1, 15)))
    assert answer(in_time) == (Verdict.DIFFERS, 2)
    assert answer_then(in_time) == (Verdict.NOT_CHECKED, 1)  # the release of then ends in November
    assert in_time.known_at == date(2024, 1, 15)
    month = make_statement(selection=said, published_on=date(2023, 11, 1), published_precision="month")
    assert check_now(month).known_at == date(2023, 11, 30)
    for day, precision in ((date(2023, 11, 27), "day"), (SECOND, "day"), (date(2024, 1, 1), "year")):
        check = check_now(make_statement(selection=said, published_on=day, published_precision=precision))
        assert (check.known_at, check.verdict_then) == (None, ""), day


@pytest.mark.parametrize(
    ("selection", "given", "reason"),
    [
        ("outcome=injury", {}, "Not available: the release holds no injuries."),
        ("from=2024&to=2025", {}, "Its period lies after 2023, the last year that the release covers."),
        ("", {"obstacle": Obstacle.AGENCIES}, "It counts people of agencies, funds and programmes or contractors"),
        ("", {"obstacle": Obstacle.MEANS}, "The means of attack are not recorded in the release."),
        ("mission=GONE", {}, "Mission=GONE is not one of the allowed values."),
        (
            "from=2019&to=2019",
            {"measure": Measure.RATE},
            "No rate: the strength of civilian personnel is not published.",
        ),
        (
            "from=2019&to=2019&scope=uniformed",
            {"measure": Measure.RATE},
            "No rate: no uniformed person-years are recorded for these years.",
        ),
        ("from=2019&to=2023", {"measure": Measure.RANK_1_WINDOW}, "The window 2019–23 is not complete and closed"),
    ],
)
def test_what_cannot_be_checked_says_why(selection: str, given: dict[str, str], reason: str) -> None:
    make_release()
    make_casualty()
    make_casualty(occurred_on=date(2015, 1, 1))
    check = check_now(make_statement(selection=selection, **given))  # type: ignore[arg-type]
    assert answer(check) == (Verdict.NOT_CHECKED, None)
    assert check.detail.startswith(reason)


def test_unreleased_people_are_in_no_verdict() -> None:
    make_release()
    make_casualty()
    make_casualty(released=False)
    assert check_now(make_statement(value=1)).verdict == Verdict.HOLDS


def test_without_data_nothing_is_judged() -> None:
    check = check_now(make_statement())
    assert (check.verdict, check.detail, check.release_date) == (
        Verdict.NOT_CHECKED,
        "No data are loaded.",
        None,
    )


def test_a_change_is_against_the_period_of_the_same_length_before() -> None:
    make_release()
    for year in (2018, 2019, 2019, 2019):
        make_casualty(occurred_on=date(year, 1, 20))
    check = check_now(make_statement(selection="from=2019&to=2019", measure=Measure.CHANGE, value=2))
    assert answer(check) == (Verdict.HOLDS, 2)
    check = check_now(make_statement(selection="from=2019&to=2019", measure=Measure.CHANGE, value=-2))
    assert check.verdict == Verdict.CONTRADICTED


def test_stored_and_live_windows_give_the_same_verdict() -> None:
    make_release()
    for year in (2010, 2010, 2016):
        make_casualty(occurred_on=date(year, 1, 20))
    statement = make_statement(selection="from=2013&to=2017", measure=Measure.RANK_1_WINDOW, value=None)
    live = check_now(statement)
    StatementCheck.objects.all().delete()
    rebuild(asked_by="test")
    stored = check_now(Statement.objects.get())
    assert live.verdict == stored.verdict == Verdict.CONTRADICTED
    assert live.detail == stored.detail


@pytest.mark.parametrize(
    ("selection", "verdict", "until"),
    [
        ("from=2023&to=2023", Verdict.NOT_CHECKED, "2023-11-21"),
        ("to=2023", Verdict.NOT_CHECKED, "2023-11-21"),
        ("date_from=2023-01-01&date_to=2023-11-28", Verdict.HOLDS, None),
        ("from=2022&to=2022", Verdict.DIFFERS, None),
        ("", Verdict.HOLDS, None),
    ],
)
def test_a_period_that_ends_after_the_release_is_not_settled(selection: str, verdict: str, until: str | None) -> None:
    make_release(released_on=FIRST)
    make_casualty(occurred_on=date(2023, 11, 21))
    check = check_now(make_statement(selection=selection, value=1))
    assert check.verdict == verdict
    assert {kept.get("until") for kept in check.scopes} == {until}
    if until:
        assert check.detail == (
            "The data say 1 (p, to 21 November 2023). The release ends before the period does, so this cannot be "
            "checked yet."
        )
    make_release(released_on=SECOND)
    forget_basis()
    assert check_now(check.statement).verdict == (Verdict.HOLDS if until else verdict)
