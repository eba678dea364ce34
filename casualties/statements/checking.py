"""Published statements, held against the data again: each answer is kept with the version of the data it rests on."""

import calendar
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import translation

from casualties.choices import DatePrecision, Measure, Obstacle, Scope, word_of
from casualties.filters import Basis, Selection, load_basis
from casualties.models import Statement, StatementCheck
from casualties.statements.asking import selected
from casualties.statements.finding import NOTHING_LOADED, under_each_scope
from casualties.statements.judging import Found, Judgement, judge
from missions.models import DataVersion
from peacekeeping.session_locks import held_numbers, hold

TURN = 7_301_106  # with 0: somebody is checking all of them
PASSES = 3
SCOPE_NAMES = {scope.value: word_of(scope) for scope in Scope}
OBSTACLES = {
    Obstacle.AGENCIES: "it counts people of agencies, funds and programmes or contractors, who are not in the release",
    Obstacle.MEANS: "the means of attack are not recorded in the release",
    Obstacle.PLACE: "the release says the mission of an incident, not its place",
    Obstacle.COUNTRIES: "it counts countries, not people",
}


def check_statements(*, even_if_checked: bool = False) -> int:
    """Check the statements that were not checked against the current data as they stand; how many answers were kept.

    `even_if_checked`: all of them, keeping an answer only where it is not the one that stands already (after an update
    of the software). Where the data move meanwhile, it begins again. While somebody else is at it, it is left to them.
    """
    kept = 0
    with hold(TURN, 0) as mine:
        for _ in range(PASSES if mine else 0):
            with transaction.atomic():
                basis = load_basis()
                statements = list(Statement.objects.all()) if even_if_checked else list(due(basis.version))
                kept += keep(statements, basis)
            if DataVersion.current() == basis.version:
                break
    return kept


def check_now(statement: Statement) -> StatementCheck:
    """Check one statement at once, as its page does after an edit; returns the answer that stands."""
    keep([statement], load_basis())
    return latest_checks([statement])[statement.pk]


def statements_due() -> bool:
    """Whether a statement was not checked against the current version of the data, and nobody is at it."""
    return 0 not in held_numbers(TURN) and any(True for _ in due(DataVersion.current()))


def due(version: int) -> Iterable[Statement]:
    """Statements whose newest check is of another version of the data, or of something else than they say now."""
    newest = StatementCheck.objects.filter(statement=OuterRef("pk")).order_by("-id")
    statements = Statement.objects.annotate(
        checked_version=Subquery(newest.values("data_version")[:1]), checked_asked=Subquery(newest.values("asked")[:1])
    )
    for statement in statements:
        if statement.checked_version != version or statement.checked_asked != statement.asked:
            yield statement


def latest_checks(statements: Iterable[Statement]) -> dict[int, StatementCheck]:
    """The newest check of each statement that has one, by the statement's id."""
    checks = StatementCheck.objects.filter(Q(statement__in=[statement.pk for statement in statements]))
    return {check.statement_id: check for check in checks.order_by("statement_id", "-id").distinct("statement_id")}


@translation.override(settings.LANGUAGE_CODE)  # an answer is read in every language, and kept in one
def keep(statements: Iterable[Statement], basis: Basis) -> int:
    """Check statements against the basis and keep each answer that does not stand already; how many were kept."""
    statements = list(statements)
    standing = latest_checks(statements)
    answers = []
    for statement in statements:
        answer = StatementCheck(statement=statement, **check(statement, basis))
        before = standing.get(statement.pk)
        if before is None or _said(before) != _said(answer):
            answers.append(answer)
    StatementCheck.objects.bulk_create(answers)
    return len(answers)


def check(statement: Statement, basis: Basis) -> dict[str, Any]:
    """The values of a StatementCheck: judged as known now and, where a release covers it, when it was published."""
    now, found = judged(statement, selected(statement.selection, basis=basis))
    release = basis.release
    values: dict[str, Any] = {
        "data_version": basis.version,
        "release_date": release.date if release else None,
        "asked": statement.asked,
        "verdict": now.verdict,
        "found": now.found,
        "detail": now.detail,
        "scopes": [_scope(one, holding=one.scope in now.holding) for one in found.values()],
    }
    known_at = known_when_published(statement, basis)
    if known_at is not None:
        then, _found = judged(statement, selected(_as_known(statement.selection, known_at), basis=basis))
        values |= {
            "known_at": known_at,
            "verdict_then": then.verdict,
            "found_then": then.found,
            "detail_then": then.detail,
        }
    return values


def judged(statement: Statement, selection: Selection) -> tuple[Judgement, dict[str, Found]]:
    """The verdict on a statement for a selection, and what each named scope gave."""
    obstacle = OBSTACLES.get(Obstacle(statement.obstacle))
    if selection.release is None:
        obstacle = obstacle or NOTHING_LOADED
    if obstacle:
        own = Found(scope=selection.scope.value, reason=obstacle)
        return judge(Measure(statement.measure), statement.value, own, [], SCOPE_NAMES), {}
    found = under_each_scope(selection, Measure(statement.measure), statement.since)
    own, *others = found.values()
    return judge(Measure(statement.measure), statement.value, own, others, SCOPE_NAMES), found


def known_when_published(statement: Statement, basis: Basis) -> date | None:
    """The last day on which it can have been published, where a release was out by then that is not the newest.

    None where only the year is known: too much may have become known in a year. Before the first release nothing is
    known; from the newest release on, what was known then is what is known now.
    """
    if not basis.releases or statement.published_precision == DatePrecision.YEAR:
        return None
    day = statement.published_on
    if statement.published_precision == DatePrecision.MONTH:
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day if basis.releases[0].date <= day < basis.releases[-1].date else None


def _as_known(query: str, known_at: date) -> str:
    return "&".join(part for part in (query, f"known_at={known_at.isoformat()}") if part)


def _scope(found: Found, *, holding: bool) -> dict[str, Any]:
    """What one named scope gave, as it is kept."""
    return {
        "scope": found.scope,
        "number": None if found.number is None else str(found.number),
        "reason": found.reason,
        "matches": holding,
        "compared": found.compared,
        "rank": found.rank if found.compared else None,
        "others": [[other.first, other.last, other.number] for other in found.others],
        "since": None if found.since is None else [found.since.first, found.since.number],
    } | ({"until": found.until.isoformat()} if found.until else {})


def _said(answer: StatementCheck) -> tuple[Any, ...]:
    """What an answer says, without when it was said."""
    numbers = [None if n is None else Decimal(n).normalize() for n in (answer.found, answer.found_then)]
    return (
        answer.data_version,
        answer.release_date,
        answer.asked,
        str(answer.verdict),
        answer.detail,
        answer.scopes,
        answer.known_at,
        str(answer.verdict_then),
        answer.detail_then,
        *numbers,
    )
