"""/reports/NAME/sign: what would be signed is shown once more, with a statement and the name below it; then it is kept.

Over released records unless the signer chooses otherwise: what confirmed records were counted in is shown to nobody
who may not see them.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casualties.charts import wording
from casualties.counts import NotAvailable
from casualties.exports.files import DataMoved
from casualties.filters import PUBLIC, FilterProblem, allowed_word, first_word, in_words, said_twice
from casualties.reports.asked import Asked, ask, too_large
from casualties.reports.signing import Draft, draft_of, sign
from casualties.reports.tables import ReportTooLarge
from casualties.views import states
from casualties.views.access import signers
from casualties.views.addresses import with_query
from casualties.views.refusals import in_words as problem_in_words
from casualties.views.reports.asking import address, asked_of
from casualties.views.reports.page import report_scope
from casualties.views.reports.shown import check_sentence, empty_cells, shown_table
from casualties.views.scope_bar import source_of
from casualties.views.selecting import basis_of, viewer
from missions.models import User

RELEASED, CONFIRMED = "released", "confirmed"
LONGEST = 2_000
STATEMENT = "statement"


@signers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_report(request: HttpRequest, name: str) -> HttpResponse:
    """What would be signed; a POST signs it. Where it is no longer what was looked at (409), it is shown again."""
    seen = asked_of(request, name, "over")
    heading, back = _("Sign a report"), reverse("reports")
    over, problems = _over(request)
    problems += [*seen.problems, *said_twice(request.POST)]
    if problems:
        return states.refused(request, problems, heading=heading, back=back)
    if seen.counted.release is None:
        return states.nothing_loaded(request)
    asked = seen if over == CONFIRMED else ask(name, seen.query_string, PUBLIC, basis_of(request))
    if asked.problems:  # a filter that only staff may use
        return states.refused(request, asked.problems, heading=heading, back=back)
    try:
        draft = draft_of(asked)
    except (NotAvailable, DataMoved) as reason:
        return states.not_available(request, str(reason), heading=heading, back=back)
    except ReportTooLarge as reason:
        return states.refused(request, [too_large(reason, asked)], heading=heading, back=back)
    return _signed(request, draft, over) if request.method == "POST" else _shown(request, draft, over)


def _over(request: HttpRequest) -> tuple[str, list[FilterProblem]]:
    """Which records are signed over; somebody who sees no confirmed ones cannot choose them."""
    allowed = (RELEASED, CONFIRMED) if _sees_confirmed(request) else (RELEASED,)
    problems: list[FilterProblem] = []
    return allowed_word(request.GET, "over", allowed, problems) or RELEASED, problems


def _sees_confirmed(request: HttpRequest) -> bool:
    return viewer(request) != PUBLIC


def _signed(request: HttpRequest, draft: Draft, over: str) -> HttpResponse:
    """Sign, unless something is missing, other than it was, or does not add up."""
    assert isinstance(request.user, User)  # noqa: S101 - signers() let nobody else in
    statement = first_word(request.POST, STATEMENT).replace("\r\n", "\n")
    problems = _problems(statement)
    if problems:
        return _shown(request, draft, over, problems=problems, statement=statement, status=400)
    if first_word(request.POST, "seal") != draft.seal:
        return _shown(request, draft, over, moved=True, statement=statement, status=409)
    if not draft.table.adds_up:
        return _shown(request, draft, over, statement=statement, status=409)
    signed, new = sign(draft, request.user, statement)
    words = _("Signed: %(title)s.") if new else _("You have signed these figures before: %(title)s.")
    messages.success(request, words % {"title": signed.title})
    return redirect("signed-report", signed_id=signed.pk)


def _problems(statement: str) -> list[FilterProblem]:
    if not statement or "\x00" in statement:
        return [FilterProblem(STATEMENT, "", _("is needed, to say what your signature means"))]
    if len(statement) > LONGEST:
        reason = _("is longer than %(n)s characters") % {"n": wording.count(LONGEST)}
        return [FilterProblem(STATEMENT, statement, reason)]
    return []


def _shown(
    request: HttpRequest,
    draft: Draft,
    over: str,
    *,
    problems: list[FilterProblem] | None = None,
    moved: bool = False,
    statement: str = "",
    status: int = 200,
) -> HttpResponse:
    asked = draft.asked
    basis = asked.counted.basis
    context: dict[str, Any] = {
        "title": asked.title,
        "words": wording.capitalised(in_words(asked.counted)),
        "table": shown_table(draft.table),
        "adds_up": draft.table.adds_up,
        "check": check_sentence(draft.table),
        "empty": empty_cells(draft.table),
        "source": source_of(asked.counted),
        "seal": draft.seal,
        "data_version": basis.version,
        "known_at": asked.counted.known_at,
        "statement": statement,
        "longest": LONGEST,
        "moved": moved,
        "problems": [problem_in_words(problem, {STATEMENT: STATEMENT}) for problem in problems or []],
        "overs": _overs(asked, over) if _sees_confirmed(request) else [],
        "is_confirmed": over == CONFIRMED,
        "back": address(asked),
        "scope_bar": {**report_scope(asked), "visible": visible(confirmed=over == CONFIRMED), "takes_known_at": False},
    }
    return render(request, "reports/sign.html", context, status=status)


def _overs(asked: Asked, over: str) -> list[dict[str, Any]]:
    path = reverse("report-sign", args=[asked.report.name])
    labels = {RELEASED: _("Released records"), CONFIRMED: _("All that I may see, confirmed ones too")}
    return [
        {
            "label": label,
            "url": with_query(path, "&".join(filter(None, (asked.query_string, f"over={name}")))),
            "current": name == over,
        }
        for name, label in labels.items()
    ]


def visible(*, confirmed: bool) -> str:
    """Who may see what was signed, for the scope bar."""
    return _("those who see confirmed records") if confirmed else ""
