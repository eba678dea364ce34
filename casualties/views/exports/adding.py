"""/exports/add: an export in the background, before it is asked for: what will be in it, and what may be had."""

import logging
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from kombu.exceptions import OperationalError

from casualties import tasks
from casualties.charts import wording
from casualties.counts import NotAvailable
from casualties.exports import background
from casualties.exports.columns import UnknownColumn, columns_for
from casualties.exports.makers import COLUMNS
from casualties.filters import FilterProblem, Selection, allowed_word, in_words
from casualties.models import Export
from casualties.views import states
from casualties.views.access import members
from casualties.views.addresses import with_query
from casualties.views.files.asking import listed, switch
from casualties.views.selecting import selection_of, viewer
from missions.models import User

OWN = ("file", "form", "columns", "header")
log = logging.getLogger(__name__)


@members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """What the export will be; a POST asks for it. A file that is short enough is sent at once instead."""
    heading, user = _("An export in the background"), request.user
    assert isinstance(user, User)  # noqa: S101 - members() let nobody else in
    selection = selection_of(request, own=OWN, several=("columns",))
    problems = list(selection.problems)
    asked = _asked(request, problems)
    if problems:
        return states.refused(request, problems, heading=heading, back=reverse("exports"))
    if selection.release is None:
        return states.nothing_loaded(request)
    try:
        rows = background.rows_expected(asked["file"], selection)
    except NotAvailable as reason:
        return states.not_available(request, str(reason), heading=heading, back=reverse("incidents"))
    at_once = _at_once(selection, asked)
    refusal = ""
    if request.method == "POST":
        if not background.is_long(rows):
            return redirect(at_once)
        try:
            background.ask(user, selection, address=request.get_full_path(), rows=rows, **asked)
        except background.QuotaReached as reached:
            refusal = str(reached)
        else:
            transaction.on_commit(_wake_a_worker)
            messages.success(request, _("The export waits for its turn. It stays here when you leave the page."))
            return redirect("exports")
    context = _context(request, selection, asked, rows) | {"heading": heading, "at_once": at_once}
    room = background.room_of(user)
    context |= {"room": room, "refusal": refusal or room.refusal, "may_ask": not room.refusal}
    return render(request, "exports/add.html", context, status=409 if refusal else 200)


def _asked(request: HttpRequest, problems: list[FilterProblem]) -> dict[str, Any]:
    """File, form, columns and header of the address; what is wrong with them is added to the problems."""
    found: list[FilterProblem] = []
    file = allowed_word(request.GET, "file", tuple(Export.File.values), found) or Export.File.CASUALTIES.value
    form = allowed_word(request.GET, "form", tuple(Export.Form.values), found) or Export.Form.XLSX.value
    header = switch(request, "header", found)
    columns = listed(request, "columns")
    if not found:
        try:
            columns_for(COLUMNS[file], viewer(request), columns)
        except UnknownColumn as unknown:
            reason = _("is not a column of this file")
            found.append(FilterProblem("columns", unknown.name, reason, unknown.allowed))
        if header and form != Export.Form.CSV:
            found.append(FilterProblem("header", "1", _("stands above a CSV alone; a workbook always says what it is")))
    problems += found
    return {"file": file, "form": form, "columns": columns, "header": header}


def _own_query(asked: dict[str, Any], **changes: str) -> str:
    """What the address says beside the selection, with some of it changed."""
    said = {**asked, **changes}
    pairs = [("file", said["file"]), ("form", said["form"])]
    if said["columns"] and said["file"] == asked["file"]:
        pairs.append(("columns", ",".join(said["columns"])))
    if said["header"] and said["form"] == Export.Form.CSV:
        pairs.append(("header", "1"))
    return urlencode(pairs, safe=",")


def _at_once(selection: Selection, asked: dict[str, Any]) -> str:
    """The address that sends the file at once."""
    columns = urlencode([("columns", ",".join(asked["columns"]))], safe=",") if asked["columns"] else ""
    parts = (selection.query_string, columns, "header=1" if asked["header"] else "")
    return with_query(reverse(f"{asked['file']}-{asked['form']}"), "&".join(part for part in parts if part))


def _context(request: HttpRequest, selection: Selection, asked: dict[str, Any], rows: int) -> dict[str, Any]:
    query = selection.query_string

    def address(**changes: str) -> str:
        said = (query, _own_query(asked, **changes))
        return with_query(reverse("export-add"), "&".join(part for part in said if part))

    columns = columns_for(COLUMNS[asked["file"]], viewer(request), asked["columns"])
    annual = selection.basis.annual_counts_only
    view = "" if annual else f"view={'people' if asked['file'] == Export.File.CASUALTIES else 'incidents'}"
    files = [(name, label) for name, label in Export.File.choices if not (annual and name == Export.File.INCIDENTS)]
    return {
        "words": wording.capitalised(in_words(selection)),
        "people_url": with_query(reverse("incidents"), "&".join(part for part in (query, view) if part)),
        "rows": rows,
        "release": states.loaded(selection).date,
        "known_on": selection.known_at,
        "is_long": background.is_long(rows),
        "is_csv": asked["form"] == Export.Form.CSV,
        "header": asked["header"],
        "header_url": address(header="" if asked["header"] else "1"),
        "file_toggles": [
            {"label": label, "url": address(file=name), "current": name == asked["file"]} for name, label in files
        ],
        "form_toggles": [
            {"label": label, "url": address(form=name), "current": name == asked["form"]}
            for name, label in Export.Form.choices
        ],
        "columns": [column.heading for column in columns],
        "columns_url": with_query(reverse("columns"), "&".join(filter(None, (query, f"file={asked['file']}")))),
        "action": address(),
    }


def _wake_a_worker() -> None:
    """Where the queue does not take it, the sweep finds the export."""
    try:
        tasks.make_exports.delay()
    except OperationalError:
        log.exception("The queue does not take an export; the sweep will.")
