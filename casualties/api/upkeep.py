"""/revisions/: what a newer release says otherwise than an older one. /statements/: what was said in public."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from casualties.api.answering import Answer, as_json, is_csv, listed, resource
from casualties.api.asking import Asked, basis_of
from casualties.api.describing import describe_revisions, describe_statement, describe_statements
from casualties.api.formats import Json
from casualties.api.paging import OWN as PAGES
from casualties.api.paging import page_of_list, paging, whole_part
from casualties.api.recording import recorded_list
from casualties.choices import Verdict
from casualties.counts import NotAvailable
from casualties.exports.answers import what_it_is
from casualties.exports.ledger import FILE_COLUMNS, ledger, ledger_frame
from casualties.filters import PARAMETERS, TEXT_SEARCH, Basis
from casualties.models import Statement, StatementCheck
from casualties.statements import COLUMNS, cells, latest_checks
from missions.models import ApiClient

# The two dates say what was known at; texts of incidents are not kept by date.
OF_REVISIONS = tuple(name for name in PARAMETERS if name not in {"known_at", TEXT_SEARCH})


@describe_revisions
@resource(scope=ApiClient.Scope.RECORDS)
def revisions(request: Request) -> Answer:
    """Who was added, withdrawn or changed between two dates, and the balance that leads from one count to the other."""
    asked = Asked(request, own=("since", "until", *PAGES), filters=OF_REVISIONS)
    days = _compared(asked)
    page = paging(asked, request.state, reads=(whole_part,))  # type: ignore[attr-defined]
    if asked.selection.outcome == "all":
        asked.refuse("outcome", "all", _("cannot be compared: deaths and injuries are never added"))
    selection = asked.settle()
    if days is None:
        raise NotAvailable(_("not available: there is one release only, and nothing to compare it with"))
    since, until = days
    found = ledger(selection, since=since, until=until)
    lines = ledger_frame(found.changes)
    rows = [list(row) for row in lines.itertuples(index=False, name=None)]
    part, following = page_of_list(rows, page)
    said = {
        **what_it_is(selection),
        "known_at": until,
        "since": since,
        "until": until,
        "balance": found.balance(),
    }
    if not is_csv(request):
        part = [[None if cell == "" else cell for cell in row] for row in part]
    answer = listed(request, "revisions", FILE_COLUMNS, part, said, following=following)
    if not page.whole:
        return answer
    version = selection.basis.version
    return recorded_list(request, answer, FILE_COLUMNS, rows=len(part), selection=selection, version=version)


def _state_of_statements() -> str:
    """Statements and their checks are no figures and do not move the version of the data."""
    checks = StatementCheck.objects.aggregate(newest=Max("id"))["newest"]
    events = Statement.pgh_event_model.objects.aggregate(newest=Max("pgh_id"))["newest"]  # type: ignore[attr-defined]
    return f"{checks} {events}"


@describe_statements
@resource(scope=ApiClient.Scope.FIGURES, also=_state_of_statements)
def statements(request: Request) -> Answer:
    """Published statements with the newest verdict on each."""
    asked = Asked(request, own=("verdict", *PAGES), filters=())
    wanted = asked.word("verdict", Verdict.values)
    page = paging(asked, request.state, reads=(whole_part,))  # type: ignore[attr-defined]
    asked.settle()
    rows = _statement_rows(list(Statement.objects.all()))
    verdict = COLUMNS.index("verdict")
    found, following = page_of_list([row for row in rows if wanted in ("", row[verdict])], page)
    said = {"data_version": basis_of(request).version}
    return listed(request, "statements", COLUMNS, found, said, following=following)


@describe_statement
@resource(Json, scope=ApiClient.Scope.FIGURES, also=_state_of_statements)
def statement(request: Request, key: str) -> Answer:
    """One published statement by its key."""
    Asked(request, filters=()).settle()
    found = Statement.objects.filter(key=key).first()
    if found is None:
        raise NotFound(_("There is no such statement."))
    (row,) = _statement_rows([found])
    said = {"data_version": basis_of(request).version}
    return as_json({"statement": dict(zip(COLUMNS, row, strict=True)), **said})


def _compared(asked: Asked) -> tuple[date, date] | None:
    """The two dates: by default the newest release and the one before it; None where there is none before."""
    basis: Basis = basis_of(asked.request)
    dates = sorted({release.date for release in basis.releases})
    since, until = asked.day("since", days=dates), asked.day("until", days=dates)
    if asked.problems or not dates:
        return None
    until = until or dates[-1]
    if since is None:
        earlier = [day for day in dates if day < until]
        if not earlier:
            return None
        since = earlier[-1]
    if since >= until:
        asked.refuse("since", since.isoformat(), _("is not before until=%(until)s") % {"until": until.isoformat()})
    return since, until


def _statement_rows(found: Sequence[Statement]) -> list[list[object]]:
    checks = latest_checks(found)
    return [cells(one, checks.get(one.pk)) for one in found]
