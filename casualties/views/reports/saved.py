"""/reports/saved/: reports kept under a name, shared, and announced by mail. Opened, they are counted anew."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casualties.charts import wording
from casualties.counts import NotAvailable
from casualties.filters import FilterProblem, first_word, in_words, said_twice
from casualties.models import SavedReport
from casualties.reports.asked import NAMES, Asked, ask, too_large
from casualties.reports.periods import next_period
from casualties.reports.tables import ReportTooLarge
from casualties.views import states
from casualties.views.access import members
from casualties.views.figures_cache import for_reader, kept
from casualties.views.refusals import in_words as problem_in_words
from casualties.views.reports.asking import address
from casualties.views.reports.page import report_scope
from casualties.views.reports.settling import name_problems, settle
from casualties.views.reports.shown import as_known, figures_of
from casualties.views.scope_bar import scope_with_causes
from casualties.views.selecting import basis_of, selection_of, viewer
from missions.models import User

MOST = 200  # of one reader
MOST_LISTED = 400  # of all that one reader may open


@members
@require_http_methods(["GET", "HEAD", "POST"])
def saved_reports(request: HttpRequest) -> HttpResponse:
    """Own reports and those that others share; a POST keeps one (name, report, query)."""
    user = _user(request)
    if problems := states.only(selection_of(request), page=_("the list of saved reports")):
        return states.refused(request, problems, heading=_("Saved reports"), back=reverse("saved-reports"))
    if request.method == "POST":
        return _add(request, user)
    found = list(SavedReport.objects.open_to(user).own_first(user).select_related("owner")[: MOST_LISTED + 1])
    context = {"rows": [_row(request, one, user) for one in found[:MOST_LISTED]], "more": len(found) > MOST_LISTED}
    return for_reader(request, render(request, "reports/saved_list.html", context))


@members
@require_http_methods(["GET", "HEAD", "POST"])
def saved_report(request: HttpRequest, saved_id: int) -> HttpResponse:
    """One of them, counted now. Its owner changes it here (name, shared, schedule, recipients) or deletes it."""
    user = _user(request)
    found = get_object_or_404(SavedReport.objects.open_to(user).select_related("owner"), pk=saved_id)
    if wrong := states.only(selection_of(request), page=_("a saved report")):
        return states.refused(request, wrong, heading=found.name, back=reverse("saved-report", args=[found.pk]))
    problems: list[FilterProblem] = []
    if request.method == "POST":
        if found.owner_id != user.pk:
            raise Http404("Reports are changed by their owner alone.")
        if twice := said_twice(request.POST):
            return states.refused(request, twice, heading=found.name, back=reverse("saved-report", args=[found.pk]))
        if "delete" in request.POST:
            found.delete()
            messages.success(request, _("Deleted: %(name)s.") % {"name": found.name})
            return redirect("saved-reports")
        problems = settle(found, request.POST, now=timezone.now())
        if not problems:
            messages.success(request, _("Saved as %(name)s.") % {"name": found.name})
            return redirect("saved-report", saved_id=found.pk)
    context = {
        "saved": found,
        **_figures(asked_again(request, found)),
        **(_settings(request, found) if found.owner_id == user.pk else {}),
        "problems": [problem_in_words(problem, {problem.parameter: problem.parameter}) for problem in problems],
    }
    return for_reader(request, render(request, "reports/saved.html", context, status=400 if problems else 200))


def asked_again(request: HttpRequest, found: SavedReport) -> Asked:
    """What a saved report asks, for whoever opens it."""
    return ask(found.report, found.query, viewer(request), basis_of(request))


def _add(request: HttpRequest, user: User) -> HttpResponse:
    """Keep a report, or change the own one of that name. What cannot be answered is refused, as its page would."""
    name, report = first_word(request.POST, "name"), first_word(request.POST, "report")
    problems = [*said_twice(request.POST), *name_problems(name)]
    if report not in NAMES:
        problems.append(FilterProblem("report", report, _("is not one of the allowed values"), NAMES))
    else:
        asked = asked_again(request, SavedReport(report=report, query=first_word(request.POST, "query")))
        problems += asked.problems
    if not problems and SavedReport.objects.filter(owner=user).exclude(name=name).count() >= MOST:
        problems.append(FilterProblem("name", name, _("would be one more than the %(n)s that are kept") % {"n": MOST}))
    if problems:
        return states.refused(request, problems, heading=_("Saved reports"), back=reverse("saved-reports"))
    asks = {"report": report, "query": asked.query_string}
    found, _made = SavedReport.objects.update_or_create(owner=user, name=name, defaults=asks)
    messages.success(request, _("Saved as %(name)s.") % {"name": name})
    return redirect("saved-report", saved_id=found.pk)


def _figures(asked: Asked) -> dict[str, Any]:
    """The table of a saved report, or why there is none by now."""
    if asked.problems:
        return {"refused": [problem_in_words(problem, {}) for problem in asked.problems]}
    try:
        page = kept(
            "report-saved", asked.counted, lambda: _counted(asked), own=f"{asked.report.name} {asked.query_string}"
        )
    except NotAvailable as reason:
        return {"not_available": f"{wording.capitalised(str(reason))}."}
    except ReportTooLarge as reason:
        return {"refused": [problem_in_words(too_large(reason, asked), {})]}
    release = states.loaded(asked.counted).date
    words = as_known(release, asked.counted.known_at)
    return {**page, "url": address(asked), "release_date": release, **({"release_words": words} if words else {})}


def _counted(asked: Asked) -> dict[str, Any]:
    return {
        "title": asked.title,
        "scope": wording.capitalised(scope_with_causes(asked.counted)),
        "body": render_to_string("reports/_report_table.html", {**figures_of(asked), "toggles": []}),
        "scope_bar": {**report_scope(asked), "takes_known_at": False},
    }


def _settings(request: HttpRequest, found: SavedReport) -> dict[str, Any]:
    """The form of the owner: as it was sent, where that was wrong. And what became of the mails."""
    sent = request.POST if request.method == "POST" else None
    schedule = sent.get("schedule", "") if sent else found.schedule
    emails = sorted(found.recipients.values_list("email", flat=True))
    return {
        "form": {
            "name": sent.get("name", "") if sent else found.name,
            "shared": "shared" in sent if sent else found.shared,
            "schedules": [(value, words, value == schedule) for value, words in SavedReport.Schedule.choices],
            "recipients": sent.get("recipients", "") if sent else "\n".join(emails),
        },
        "next_period": next_period(found.schedule, timezone.now()) if found.schedule else None,
        "mails": found.mails.select_related("recipient")[:20],
    }


def _row(request: HttpRequest, found: SavedReport, user: User) -> dict[str, Any]:
    """A saved report in words, or that it is refused by now (a mission may have got another name)."""
    asked = asked_again(request, found)
    words, title = _("Cannot be answered any more; opening it says why."), ""
    if not asked.problems:
        words, title = wording.capitalised(in_words(asked.counted)), asked.title
    return {"saved": found, "title": title, "words": words, "mine": found.owner_id == user.pk}


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - members() let nobody else in
    return request.user
