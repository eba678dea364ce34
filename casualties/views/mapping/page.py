"""The columns of a file of another shape are mapped to our fields; then the file is read as every other.

A page without script: "look" shows what the choices mean, "keep" keeps them under a name and has the file read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from casualties import intake, tasks
from casualties.filters import FilterProblem, first_word, one_word, said_twice, strict_day
from casualties.intake import mapping
from casualties.intake.lookups import load_lookups
from casualties.intake.mapping import DefinitionError, FileProfile, MappingProblem, NamedMapping
from casualties.intake.mapping.vocabulary import targets
from casualties.intake.names import Lookups
from casualties.views import states
from casualties.views.access import data_managers
from casualties.views.mapping.form import Chosen, chosen_name
from casualties.views.mapping.names import LABELS
from casualties.views.mapping.rows import Page
from missions.models import ColumnMapping, ImportBatch, User

LONGEST_NAME = 80
OTHER_FIELDS = {
    "name": (gettext_lazy("Name of the mapping"), "mapping-name"),
    "release_date": (gettext_lazy("Release date"), "release-date"),
}


@dataclass(frozen=True)
class _Read:
    """What a request has read: the import, its file, the words of our format, the kept mappings that fit."""

    batch: ImportBatch
    profile: FileProfile
    lookups: Lookups
    fitting: Sequence[ColumnMapping]


@data_managers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Which column of the file is which of our fields; POST looks at the choices, or keeps them and reads the file."""
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    refused = [*_wrong_address(request), *said_twice(request.POST)]
    if refused:
        back = reverse("import-columns", args=[batch_id])
        return states.refused(request, refused, heading=_("Map the columns of a file"), back=back)
    if not intake.may_be_mapped(batch):
        messages.error(request, _("The columns of this file cannot be mapped: it was read, or is not kept any more."))
        return redirect("import", batch_id=batch_id)
    if batch.profile is None:
        messages.error(request, _("What stands in the columns of this file is not known. Upload the file again."))
        return redirect("import", batch_id=batch_id)
    profile = FileProfile.from_json(batch.profile)
    read = _Read(batch, profile, load_lookups(), mapping.fitting(profile.headings))
    start = _start(request, read)
    if request.method != "POST":
        return _page(request, read, start, problems=[], released=_iso(batch.release_date))
    return _chosen(request, read, start)


@data_managers
@require_POST
def remove(request: HttpRequest, mapping_id: int) -> HttpResponse:
    """Forget a kept mapping; imports that were read with it keep their copy."""
    found = get_object_or_404(ColumnMapping, pk=mapping_id)
    mapping.remove(found)
    messages.success(request, _("The mapping “%(name)s” was removed.") % {"name": found.name})
    return redirect("imports")


def _chosen(request: HttpRequest, read: _Read, start: NamedMapping) -> HttpResponse:
    """The choices of the form, kept if that was asked for and nothing is wrong with them."""
    batch, profile = read.batch, read.profile
    chosen = Chosen(request.POST, profile, start.definition)
    definition = chosen.definition()
    name, of_name = chosen_name(request.POST, LONGEST_NAME)
    shown = NamedMapping(name=name, definition=definition, headings=profile.headings)
    given = first_word(request.POST, "release_date")
    released, of_release = _release_date(given)
    problems = [*chosen.problems, *mapping.problems_of(definition, profile.headings, read.lookups)]
    keeps = first_word(request.POST, "do") == "keep"
    if keeps:
        problems += [*of_name, *of_release]
        if not (given or batch.release_date or "last_update" in definition.sources):
            problems.append(MappingProblem("release_date", _("is needed, since no column of the file says it")))
    if keeps and not problems:
        try:
            return _keep(request, batch, shown, released)
        except mapping.NameTakenError:
            reason = _("is that of a mapping for files of other columns: take another")
            problems.append(MappingProblem("name", reason))
        except intake.NotNowError as error:
            messages.error(request, str(error))
            return redirect("import", batch_id=batch.pk)
    return _page(request, read, shown, problems=problems, released=given)


def _keep(request: HttpRequest, batch: ImportBatch, shown: NamedMapping, released: date | None) -> HttpResponse:
    """Keep the mapping and have the file read through it, both or neither."""
    by_user = request.user if isinstance(request.user, User) else None
    with transaction.atomic():
        kept = mapping.keep(shown.name, shown.definition, shown.headings, by_user=by_user)
        intake.read_through(batch, mapping.kept_mapping(kept), release_date=released)
        transaction.on_commit(lambda: tasks.run_import.delay(batch.pk))
    messages.success(request, _("The mapping “%(name)s” was kept; the file is read through it.") % {"name": kept.name})
    return redirect("import", batch_id=batch.pk)


def _start(request: HttpRequest, read: _Read) -> NamedMapping:
    """The mapping to begin with: the one asked for, the one the file was read with, one that fits, or a guess."""
    asked = first_word(request.GET, "mapping")
    wanted = mapping.named(asked) if asked else None
    try:
        if wanted is not None:
            return mapping.kept_mapping(wanted)
        if read.batch.mapping:
            return NamedMapping.from_json(read.batch.mapping)
        for kept in read.fitting:
            return mapping.kept_mapping(kept)
    except DefinitionError:  # kept by a version of this software that knew other parts
        messages.warning(request, _("A kept mapping could not be used; this is a new one."))
    guessed = mapping.guess(read.profile, read.lookups)
    return NamedMapping(name="", definition=guessed, headings=read.profile.headings)


def _wrong_address(request: HttpRequest) -> list[FilterProblem]:
    """What an address says that this page does not take: it takes the name of a kept mapping."""
    found = [
        FilterProblem(name, values[0], _("is not a parameter of this page"), ("mapping",))
        for name, values in request.GET.lists()
        if name != "mapping"
    ]
    wanted = one_word(request.GET, "mapping", (), found)
    if wanted and ("\x00" in wanted or mapping.named(wanted) is None):
        names = tuple(ColumnMapping.objects.values_list("name", flat=True))
        found.append(FilterProblem("mapping", wanted, _("is not the name of a kept mapping"), names))
    return found


def _release_date(text: str) -> tuple[date | None, Sequence[MappingProblem]]:
    if not text:
        return None, []
    try:
        return strict_day(text), []
    except ValueError:
        reason = _("“%(text)s” is not a date (YYYY-MM-DD)") % {"text": text[:30]}
        return None, [MappingProblem("release_date", reason)]


def _told(problem: MappingProblem) -> dict[str, str]:
    """A problem as the page says it, with the element that it is about."""
    if problem.field in LABELS:
        return {"label": str(LABELS[problem.field]), "reason": problem.reason, "at": f"field-{problem.field}"}
    if problem.field in OTHER_FIELDS:
        label, at = OTHER_FIELDS[problem.field]
        return {"label": str(label), "reason": problem.reason, "at": at}
    return {"label": _("“%(text)s”") % {"text": problem.field}, "reason": problem.reason, "at": ""}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _page(
    request: HttpRequest, read: _Read, shown: NamedMapping, *, problems: Sequence[MappingProblem], released: str
) -> HttpResponse:
    page = Page(read.profile, shown.definition, read.lookups, problems)
    counts, other_counts = page.counts()
    context = {
        "batch": read.batch,
        "profile": read.profile,
        "fields": page.fields(),
        "counts": counts,
        "other_counts": other_counts,
        "vocabularies": page.vocabularies(),
        "columns": page.columns(),
        "name": shown.name,
        "released": released,
        "needs_release": "last_update" not in shown.definition.sources,
        "kept": read.fitting,
        "missions": targets("mission", read.lookups),
        "countries": targets("nationality", read.lookups),
        "problems": [_told(problem) for problem in problems],
        "longest_name": LONGEST_NAME,
        "crumbs": [
            {"label": _("Imports"), "url": reverse("imports")},
            {"label": read.batch.file_name, "url": reverse("import", args=[read.batch.pk])},
            {"label": _("Columns"), "url": ""},
        ],
    }
    return render(request, "imports/columns.html", context, status=400 if problems else 200)
