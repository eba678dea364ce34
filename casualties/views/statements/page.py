"""One published statement: what it counts, what the data say under every named scope, its checks; add and edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casualties.filters import said_twice
from casualties.models import Statement
from casualties.statement_forms import StatementForm
from casualties.statements import check_now, number_words
from casualties.views import states
from casualties.views.access import data_managers, readers
from casualties.views.figures_cache import for_reader
from casualties.views.scope_bar import source_of
from casualties.views.selecting import selection_of
from casualties.views.statements.claims import claim_of
from casualties.views.statements.register import may_edit
from casualties.views.statements.rows import CLASSES, SIGNS, rows_of
from missions.models import User

CHECKS_SHOWN = 50
EDITED = (
    "source", "address", "published_on", "published_precision", "wording", "selection", "measure", "value", "since",
    "obstacle", "note",
)  # fmt: skip
StatementEvent: Any = Statement._meta.get_field("events").related_model


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One write of a statement: when, by whom (for data managers), which fields with old and new value, why."""

    at: datetime
    who: str
    changes: list[tuple[str, str, str]]
    why: str


@readers
@require_safe
def statement(request: HttpRequest, key: str) -> HttpResponse:
    """What was said, what the data say, under which scope it would hold, and every check there was."""
    found = get_object_or_404(Statement, key=key)
    selection = selection_of(request)
    problems = states.only(selection, page=_("the page of a statement"))
    if problems:
        return states.refused(request, problems, heading=found.wording, back=reverse("statement", args=[key]))
    (row,) = rows_of([found], selection)
    checks = list(found.checks.all()[: CHECKS_SHOWN + 1])
    editor = may_edit(request)
    context = {
        "row": row,
        "claim": claim_of(row),
        "scope_bar": {
            "scope": row.claim_scope,
            "counting": _("injuries, one per person")
            if row.selection.outcome == "injury"
            else _("deaths, one per person"),
            "period": row.period,
        },
        "checks": [_check_line(check) for check in checks[:CHECKS_SHOWN]],
        "more_checks": len(checks) > CHECKS_SHOWN,
        "edits": _edits(found, names=editor),
        "source": source_of(selection),
        "may_edit": editor,
        "crumbs": [
            {"label": _("Published figures"), "url": reverse("statements")},
            {"label": found.key, "url": ""},
        ],
    }
    return for_reader(request, render(request, "casualties/statement.html", context))


@data_managers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new statement; it is checked at once."""
    return _edit(request, None)


@data_managers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a statement; its earlier checks stay, with what it said then."""
    return _edit(request, get_object_or_404(Statement, key=key))


def _edit(request: HttpRequest, found: Statement | None) -> HttpResponse:
    heading = _("Edit a statement") if found else _("Add a statement")
    problems = [*states.only(selection_of(request), page=_("this page")), *said_twice(request.POST)]
    if problems:
        return states.refused(request, problems, heading=heading, back=request.path)
    form = StatementForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        with transaction.atomic():
            kept = form.keep(request.user)
            check = check_now(kept)
        messages.success(request, _("Kept and checked: %(detail)s") % {"detail": check.detail})
        return redirect("statement", key=kept.key)
    crumbs = [{"label": _("Published figures"), "url": reverse("statements")}]
    if found is not None:
        crumbs.append({"label": found.key, "url": reverse("statement", args=[found.key])})
    context = {"form": form, "heading": heading, "crumbs": [*crumbs, {"label": heading, "url": ""}]}
    return render(request, "casualties/statement_form.html", context, status=400 if form.is_bound else 200)


def _check_line(check: Any) -> dict[str, Any]:
    """A check as a line of the history, in the words of what the statement said then."""
    measure = check.asked["measure"]
    return {
        "check": check,
        "sign": SIGNS[check.verdict],
        "verdict_class": CLASSES[check.verdict],
        "found": number_words(measure, check.found),
        "found_then": number_words(measure, check.found_then),
    }


def _edits(found: Statement, *, names: bool) -> list[Edit]:
    """The writes of a statement, newest first. Who wrote is shown to those who may write."""
    events = list(StatementEvent.objects.filter(pgh_obj=found).select_related("pgh_context").order_by("pgh_id"))
    metadata = [event.pgh_context.metadata if event.pgh_context else {} for event in events]
    ids = {entry["user"] for entry in metadata if entry.get("user")} if names else set()
    emails = dict(User.objects.filter(pk__in=ids).values_list("pk", "email"))
    edits, before = [], None
    for event, about in zip(events, metadata, strict=True):
        changed = [name for name in EDITED if before is not None and getattr(before, name) != getattr(event, name)]
        edits.append(
            Edit(
                at=event.pgh_created_at,
                who=emails.get(about.get("user"), "") if names else "",
                changes=[(name, _text(getattr(before, name)), _text(getattr(event, name))) for name in changed],
                why=str(about.get("reason", "")),
            )
        )
        before = event
    return edits[::-1]


def _text(value: object) -> str:
    return "–" if value in (None, "") else str(value)
