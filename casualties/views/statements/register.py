"""Published figures: the register of statements with what the data say now, as a page and as a file."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_safe

from casualties.choices import Verdict
from casualties.exports.files import LICENCE, SOURCE
from casualties.exports.meanings import STATEMENTS
from casualties.exports.sent import SentFile
from casualties.filters import FilterProblem, Selection, allowed_word
from casualties.models import Statement
from casualties.statements import COLUMNS, cells
from casualties.views import states
from casualties.views.access import readers
from casualties.views.addresses import with_query
from casualties.views.figures_cache import for_reader
from casualties.views.files.asking import switch
from casualties.views.files.refusing import refusal
from casualties.views.files.sending import CSV, own_of, rows_sent, sent
from casualties.views.scope_bar import source_of
from casualties.views.selecting import selection_of
from casualties.views.statements.claims import claim_of
from casualties.views.statements.disagreeing import disagreeing
from casualties.views.statements.rows import CLASSES, SIGNS, StatementRow, rows_of
from missions.models import Role, User
from peacekeeping.tables.writing import comment_lines, csv_lines

ORDER = {Verdict.CONTRADICTED: 0, Verdict.DIFFERS: 1, Verdict.HOLDS: 1}
NOTES = {
    Verdict.HOLDS: noop("What the data say now under the scope that was read"),
    Verdict.DIFFERS: noop("Another number now; the scopes that would match are named"),
    Verdict.CONTRADICTED: noop("Not true under any scope that can be counted"),
    Verdict.NOT_CHECKED: noop("The release does not hold what was counted, or ends before its period does"),
}


@readers
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Tally, contradicted statements, the register (?verdict=), and what cannot be checked."""
    selection, problems, chosen = _asked(request)
    heading = _("Published figures")
    if problems:
        return states.refused(request, problems, heading=heading, back=reverse("statements"))
    if selection.release is None:
        return states.nothing_loaded(request)
    rows = rows_of(Statement.objects.all(), selection)
    checked = [row for row in rows if row.verdict != Verdict.NOT_CHECKED]
    shown = [row for row in checked if chosen in ("", row.verdict)]
    context = {
        "heading": heading,
        "scope_bar": {"scope": _("each statement under its own"), "counting": _("released figures, one per person")},
        "rows": sorted(shown, key=lambda row: ORDER.get(row.verdict, 2) if row.verdict else 2),
        "tally": _tally(rows),
        "total": len(rows),
        "toggles": _toggles(checked, chosen),
        "chosen": chosen,
        "claims": [claim_of(row) for row in rows if row.verdict == Verdict.CONTRADICTED],
        "not_checked": [row for row in rows if row.verdict == Verdict.NOT_CHECKED],
        "disagreeing": disagreeing(rows),
        "being_checked": any(row.is_stale for row in rows),
        "source": source_of(selection),
        "csv_url": reverse("statements-csv"),
        "may_edit": may_edit(request),
    }
    return for_reader(request, render(request, "casualties/statements.html", context))


@readers
@require_safe
def register_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """The register as a file, one row per statement with its newest check; ?verdict= as on the page."""
    selection, problems, chosen = _asked(request, *own_of(form))
    header = form == CSV and switch(request, "header", problems)
    if problems:
        return for_reader(request, refusal(problems))
    rows = [row for row in rows_of(Statement.objects.all(), selection) if chosen in ("", row.verdict)]
    written, facts = [cells(row.statement, row.check) for row in rows], _facts(selection, len(rows), chosen)
    name = "published-statements"
    if form == "xlsx":
        answer = rows_sent(request, COLUMNS, written, name=name, facts=facts, meanings=STATEMENTS)
        return for_reader(request, answer)
    head = comment_lines(facts) if header else b""
    blocks = chain([head], csv_lines(COLUMNS, written))
    return for_reader(request, sent(request, SentFile(f"{name}.csv", blocks, COLUMNS, written.__len__)))


def may_edit(request: HttpRequest) -> bool:
    """Whether the reader may add and edit statements; the views themselves guard it too."""
    return isinstance(request.user, User) and request.user.has_role(Role.DATA_MANAGER, Role.ADMINISTRATOR)


def _asked(request: HttpRequest, *own: str) -> tuple[Selection, list[FilterProblem], str]:
    """The page takes no filter but its own: statements bring their selections with them."""
    selection = selection_of(request, own={"verdict", *own})
    problems = list(states.only(selection, page=_("the register of published figures")))
    return selection, problems, allowed_word(request.GET, "verdict", Verdict.values, problems)


def _facts(selection: Selection, rows: int, chosen: str) -> dict[str, str]:
    """What the register is, for its file: its statements bring their scopes and filters with them."""
    told = {"verdict": chosen} if chosen else {}
    return {
        "source": _("Statements as they were published, held against: %(source)s") % {"source": SOURCE},
        "licence": LICENCE,
        "scope": _("each statement under its own"),
        "selection": _("published statements"),
        **told,
        "known at": str(selection.known_at or ""),
        "data version": str(selection.basis.version),
        "rows": str(rows),
    }


def _tally(rows: Sequence[StatementRow]) -> list[dict[str, Any]]:
    numbers = Counter(row.verdict for row in rows)
    url = reverse("statements")
    return [
        {
            "verdict": verdict,
            "number": numbers[verdict],
            "sign": SIGNS[verdict],
            "verdict_class": CLASSES[verdict],
            "note": _(NOTES[verdict]),
            "url": "#not-checked" if verdict == Verdict.NOT_CHECKED else f"{url}?verdict={verdict.value}#register",
        }
        for verdict in Verdict
    ]


def _toggles(checked: Sequence[StatementRow], chosen: str) -> list[dict[str, Any]]:
    numbers = Counter(row.verdict for row in checked)
    words = [("", _("All"), len(checked))]
    words += [(v.value, str(v.label), numbers[v]) for v in Verdict if v != Verdict.NOT_CHECKED]
    return [
        {
            "label": f"{label}, {number}",
            "url": with_query(reverse("statements"), f"verdict={value}" if value else "") + "#register",
            "current": value == chosen,
        }
        for value, label, number in words
    ]
