"""Imports: upload -> preview -> apply or discard. For data managers.

The pages only record what was asked and hand the id to a task; what a file would change and what is wrong with it is
read from the batch's own row, so that a page is right whoever does the work, and after the worker was killed as well.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casualties import intake, tasks
from casualties.exports.sent import SentFile
from casualties.filters import first_word, said_twice
from casualties.forms import UploadForm
from casualties.intake.mapping import DefinitionError, NamedMapping
from casualties.views import states
from casualties.views.access import check_data_manager, data_managers
from casualties.views.files.refusing import refusal
from casualties.views.files.sending import sent
from casualties.views.mapping.words import in_words
from casualties.views.numbered import numbered_page
from casualties.views.selecting import selection_of
from missions.models import ColumnMapping, ImportBatch, ImportProblem
from peacekeeping.tables.writing import csv_lines
from peacekeeping.uploads import takes_files

SIZE = 25
PROBLEMS_SHOWN = 50
CHANGES_SHOWN = 50
PROBLEM_COLUMNS = ("line", "column", "value", "reason", "level")
CHANGE_COLUMNS = ("line", "reference", "mission", "occurred_on", "persons", "field", "before", "after")
UNDER_WAY = (ImportBatch.State.UPLOADED, ImportBatch.State.READING, ImportBatch.State.APPLYING)


@takes_files(check_data_manager)
@data_managers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The list of batches, and the form that adds one."""
    problems = list(states.only(selection_of(request, own=("page",)), page=_("the list of imports")))
    problems += said_twice(request.POST)
    found = ImportBatch.objects.select_related("created_by").defer("profile")
    batches = numbered_page(found, SIZE, request.GET, problems)
    if batches is None:
        return states.refused(request, problems, heading=_("Imports"), back=reverse("imports"))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        batch = intake.stage_upload(
            upload,
            name=upload.name,
            by_user=request.user,  # type: ignore[arg-type]  # data managers are signed in
            release_date=form.cleaned_data["release_date"],
            as_of=form.cleaned_data["as_of"],
        )
        transaction.on_commit(lambda: tasks.run_import.delay(batch.pk))
        return redirect("import", batch_id=batch.pk)
    status = 400 if form.is_bound else 200
    mappings = ColumnMapping.objects.select_related("edited_by")
    context = {"form": form, "batches": batches, "limit": settings.UPLOAD_LIMIT_BYTES, "mappings": mappings}
    return render(request, "casualties/imports.html", context, status=status)


@data_managers
@never_cache
@require_safe
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One batch: its progress, what it would change, its problems, and the decision."""
    batches = ImportBatch.objects.select_related("created_by", "applied_by").defer("profile")
    found = get_object_or_404(batches, pk=batch_id)
    if wrong := states.only(selection_of(request), page=_("this page")):
        return states.refused(request, wrong, heading=found.file_name, back=reverse("import", args=[batch_id]))
    problems = list(found.problems.order_by("level", "line", "id")[: PROBLEMS_SHOWN + 1])
    changes = list(found.changes.all()[: CHANGES_SHOWN + 1])
    context = {
        "batch": found,
        "changes": changes[:CHANGES_SHOWN],
        "more_changes": len(changes) > CHANGES_SHOWN,
        "problems": problems[:PROBLEMS_SHOWN],
        "more_problems": found.errors + found.warnings - PROBLEMS_SHOWN if len(problems) > PROBLEMS_SHOWN else 0,
        "under_way": found.state in UNDER_WAY,
        "interrupted": intake.is_interrupted(found),
        "may_decide": found.state == ImportBatch.State.PREVIEWED,
        "may_be_mapped": intake.may_be_mapped(found),
        **_mapping_of(found),
    }
    part = "casualties/_import_progress.html" if request.htmx else "casualties/import.html"  # type: ignore[attr-defined]
    response = render(request, part, context)
    if request.htmx and not context["under_way"]:  # type: ignore[attr-defined]
        response["HX-Refresh"] = "true"  # the work is over: the whole page has something else to show
    return response


def _mapping_of(found: ImportBatch) -> dict[str, Any]:
    """The mapping that a file was read through: its name, and what it says in words."""
    if not found.mapping:
        return {"mapping": "", "mapped": []}
    try:
        mapping = NamedMapping.from_json(found.mapping)
    except DefinitionError:  # kept by a version of this software that knew other parts
        return {"mapping": str(found.mapping.get("name", "")), "mapped": []}
    return {"mapping": mapping.name, "mapped": in_words(mapping.definition)}


@data_managers
@require_POST
def apply(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Ask for a previewed batch to be applied; a large change needs the data manager's word, on what was shown."""
    found = get_object_or_404(ImportBatch, pk=batch_id)
    accepted = first_word(request.POST, "accept_large_change") == "yes"
    try:
        intake.request_apply(
            found,
            accept_large_change=accepted,
            brakes_seen=request.POST.getlist("brake"),
            by_user=request.user,  # type: ignore[arg-type]
        )
    except intake.NotNowError as reason:
        messages.error(request, str(reason))
    else:
        transaction.on_commit(lambda: tasks.resume_import.delay(batch_id))
        messages.success(request, _("The file is being applied."))
    return redirect("import", batch_id=batch_id)


@data_managers
@require_POST
def discard(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Put a previewed batch aside; it stays in the list."""
    found = get_object_or_404(ImportBatch, pk=batch_id)
    try:
        intake.discard(found)
    except intake.NotNowError as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("The file was discarded. Nothing was changed."))
    return redirect("import", batch_id=batch_id)


@data_managers
@never_cache
@require_safe
def problems_csv(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """All problems of a batch, by line, as a file. Values of the upload stand in it, so it is recorded as a file is."""
    found = get_object_or_404(ImportBatch, pk=batch_id)
    problems = ImportProblem.objects.filter(batch=found).order_by("line", "id")
    return _sent(request, f"problems-of-import-{found.pk}.csv", problems, PROBLEM_COLUMNS)


@data_managers
@never_cache
@require_safe
def changes_csv(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """Who would be changed by a batch that waits for a decision, a line for each field; the first 10,000."""
    found = get_object_or_404(ImportBatch, pk=batch_id)
    return _sent(request, f"changes-of-import-{found.pk}.csv", found.changes.order_by("id"), CHANGE_COLUMNS)


def _sent(request: HttpRequest, name: str, rows: QuerySet[Any], columns: Sequence[str]) -> HttpResponseBase:
    """Rows that belong to a batch as a recorded file; a parameter is refused."""
    if wrong := states.only(selection_of(request), page=_("this file")):
        return refusal(wrong)
    read = 0

    def counted() -> Iterator[Sequence[object]]:
        nonlocal read
        for row in rows.values_list(*columns).iterator(2000):
            read += 1
            yield row

    return sent(request, SentFile(name, csv_lines(columns, counted()), columns, lambda: read))
