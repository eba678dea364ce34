"""Columns by choice: the allow-list of each file as boxes, the files with the chosen ones, and the choice kept.

The addresses of files always name their columns themselves: a saved choice is ticked here, and nowhere else changes
what an address answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casualties.charts import wording
from casualties.counts import NotAvailable
from casualties.exports.background import is_long, rows_expected
from casualties.exports.columns import UnknownColumn, allowed_columns, columns_for
from casualties.exports.makers import COLUMNS
from casualties.filters import FilterProblem, Selection, Viewer, allowed_word, first_word, in_words, said_twice
from casualties.views import states
from casualties.views.access import readers
from casualties.views.addresses import with_query
from casualties.views.figures_cache import for_reader
from casualties.views.selecting import selection_of, viewer
from missions.models import SavedColumns, User, saved_columns

DOINGS = ("csv", "xlsx", "keep")


@dataclass(frozen=True, kw_only=True)
class Box:
    """A column that may be chosen."""

    name: str
    heading: str
    meaning: str
    for_staff: bool
    chosen: bool


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest) -> HttpResponse:
    """The boxes of ?file= (casualties unless it says incidents); a POST leads to the file, or keeps the choice."""
    path, heading = reverse("columns"), _("Columns of files")
    selection = selection_of(request, own={"file"})
    problems = list(selection.problems)
    file = allowed_word(request.GET, "file", tuple(COLUMNS), problems) or "casualties"
    if problems:
        return states.refused(request, problems, heading=heading, back=path)
    if request.method == "POST":
        return _answer(request, file, selection, heading)
    context = {
        "heading": heading,
        "file": file,
        "toggles": [
            {"label": label, "url": _address(name, selection), "current": name == file}
            for name, label in (("casualties", _("People")), ("incidents", _("Incidents")))
        ],
        "boxes": boxes(file, viewer(request), _saved(request, file)),
        "selection": wording.capitalised(in_words(selection)) if selection.release else "",
        "action": _address(file, selection),
        "back": with_query(reverse("incidents"), selection.query_string),
    }
    return for_reader(request, render(request, "casualties/columns.html", context))


def boxes(file: str, who: Viewer, saved: Sequence[str]) -> list[Box]:
    """The columns that somebody may have; ticked are those saved, else the standard ones."""
    every = allowed_columns(COLUMNS[file], who)
    names = {column.name for column in every}
    ticked = [name for name in saved if name in names] or [column.name for column in columns_for(COLUMNS[file], who)]
    return [
        Box(
            name=column.name,
            heading=column.heading,
            meaning=column.meaning,
            for_staff=column.audience == "staff",
            chosen=column.name in ticked,
        )
        for column in every
    ]


def _answer(request: HttpRequest, file: str, selection: Selection, heading: str) -> HttpResponse:
    """On to the file with the ticked columns, or (do=keep) the choice kept; a name that is not theirs is refused."""
    if twice := said_twice(request.POST, several=("columns",)):
        return states.refused(request, twice, heading=heading, back=_address(file, selection))
    names, do = list(dict.fromkeys(request.POST.getlist("columns"))), first_word(request.POST, "do")
    try:
        chosen = columns_for(COLUMNS[file], viewer(request), names)
    except UnknownColumn as unknown:
        problem = FilterProblem("columns", unknown.name, _("is not a column of this file"), unknown.allowed)
        return states.refused(request, [problem], heading=heading, back=_address(file, selection))
    if do not in DOINGS:
        problem = FilterProblem("do", do, _("is not one of the allowed values"), DOINGS)
        return states.refused(request, [problem], heading=heading, back=_address(file, selection))
    if do != "keep":
        own = f"columns={','.join(column.name for column in chosen)}" if names else ""
        query = "&".join(part for part in (selection.query_string, own) if part)
        if request.user.is_authenticated and _is_long(file, selection):
            own = f"file={file}&form={do}"
            return redirect(with_query(reverse("export-add"), f"{query}&{own}" if query else own))
        return redirect(with_query(reverse(f"{file}-{do}"), query))
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    if names:
        kept = {"columns": [column.name for column in chosen]}
        SavedColumns.objects.update_or_create(user=request.user, file=file, defaults=kept)
        messages.success(request, _("Your columns are kept."))
    else:
        SavedColumns.objects.filter(user=request.user, file=file).delete()
        messages.success(request, _("The standard columns are yours again."))
    return redirect(_address(file, selection))


def _is_long(file: str, selection: Selection) -> bool:
    """Whether a worker is offered for it. What the data cannot tell, the file's own address says."""
    try:
        return is_long(rows_expected(file, selection))
    except NotAvailable:
        return False


def _saved(request: HttpRequest, file: str) -> list[str]:
    return saved_columns(request.user, file) if isinstance(request.user, User) else []


def _address(file: str, selection: Selection) -> str:
    own = "" if file == "casualties" else f"file={file}"
    return with_query(reverse("columns"), "&".join(part for part in (selection.query_string, own) if part))
