"""/exports/: what a signed-in reader has asked a worker to make, how far it is, and the files, for them alone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casualties.charts import wording
from casualties.exports import background
from casualties.filters import in_words, select
from casualties.models import Export
from casualties.views import states
from casualties.views.access import members
from casualties.views.addresses import with_query
from casualties.views.files.sending import recorded_sent
from casualties.views.selecting import basis_of, selection_of, viewer
from missions.models import Role, User
from peacekeeping.htmx import render_page

SHOWN = 50
CLASSES = {
    Export.State.DONE: "good",
    Export.State.FAILED: "bad",
    Export.State.RUNNING: "rec",
    Export.State.QUEUED: "rec",
}


@members
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The newest exports of the reader; htmx asks for the list alone while one of them is under way."""
    problems = states.only(selection_of(request), page=_("this page"))
    if problems:
        return states.refused(request, problems, heading=_("Your exports"), back=reverse("exports"))
    user = _member(request)
    context = {
        "rows": [_row(request, export) for export in Export.objects.filter(owner=user)[:SHOWN]],
        "room": background.room_of(user),
        "may_see_record": user.has_role(Role.DATA_MANAGER, Role.ADMINISTRATOR),
    }
    return render_page(request, "exports/list.html", context, part="exports/_list.html")


@members
@require_POST
def cancel(request: HttpRequest, export_id: int) -> HttpResponse:
    """Take back an export that is not made yet."""
    export = _own(request, export_id)
    if background.cancel(export):
        messages.success(request, _("The export was cancelled."))
    else:
        messages.error(request, _("This export was over already: %(state)s.") % {"state": _state(export)})
    return redirect("exports")


@members
@require_POST
def delete(request: HttpRequest, export_id: int) -> HttpResponse:
    """Remove a file; what was asked for stays in the list."""
    export = _own(request, export_id)
    if background.delete(export):
        messages.success(request, _("The file was deleted."))
    else:
        messages.error(request, _("This export has no file: %(state)s.") % {"state": _state(export)})
    return redirect("exports")


@members
@never_cache
@require_safe
def file(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """The file, for its owner, with the rights of this day. 403 names the right that was lost; 409 and 410: no file."""
    export = _own(request, export_id)
    try:
        made = background.hand_out(
            export,
            viewer(request),
            now=timezone.now(),
            address=request.get_full_path(),
            record=request.method != "HEAD",
        )
    except background.Gone:
        return _no_file(request, export)
    response = recorded_sent(request, made)
    response["Data-Version"] = str(export.data_version)
    return response


def _no_file(request: HttpRequest, export: Export) -> HttpResponse:
    why = _why(export)
    if export.reason in {Export.Reason.RIGHT, Export.Reason.ACCOUNT}:
        raise PermissionDenied(why)
    heading = _("This file is not there yet") if export.under_way else _("This file is not there any more")
    context = {"heading": heading, "reason": why}
    return render(request, "403.html", context, status=409 if export.under_way else 410)


def _own(request: HttpRequest, export_id: int) -> Export:
    """An export of the reader; that of somebody else is not found."""
    return get_object_or_404(Export.objects.select_related("owner"), pk=export_id, owner=_member(request))


def _member(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - members() let nobody else in
    return request.user


def _row(request: HttpRequest, export: Export) -> dict[str, Any]:
    """An export with its selection in words and the page of what it holds."""
    selection = select(QueryDict(export.query), viewer(request), basis=basis_of(request))
    view = "people" if export.file == Export.File.CASUALTIES else "incidents"
    own = "" if selection.basis.annual_counts_only else f"view={view}"
    return {
        "export": export,
        "words": wording.capitalised(export.words if selection.problems else in_words(selection)),
        "url": with_query(reverse("incidents"), "&".join(part for part in (export.query, own) if part)),
        "state_class": CLASSES.get(Export.State(export.state), "plain"),
        "why": _why(export) if export.reason else "",
        "done": min(export.rows, export.rows_expected),
    }


def _state(export: Export) -> str:
    return str(export.get_state_display()).lower()


def _why(export: Export) -> str:
    """Why there is no file, with what it was by name."""
    if not export.reason:
        return str(export.get_state_display()) + "."
    said = str(export.get_reason_display())
    return f"{said} ({export.detail})" if export.detail else said
