"""/exports/log/: who took which file, when. For data managers and administrators."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casualties.filters import NOT_A_DAY, FilterProblem, first_word, strict_day
from casualties.models import ExportEntry
from casualties.views import states
from casualties.views.access import data_managers
from casualties.views.addresses import with_query
from casualties.views.numbered import numbered_page
from casualties.views.selecting import selection_of
from missions.models import User

OWN = ("who", "since", "until", "page")
ANONYMOUS = "anonymous"
SIZE = 50
CLASSES = {ExportEntry.How.REFUSED: "bad"}


@data_managers
@never_cache
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The record, newest first: ?who= an account's e-mail or anonymous, ?since= and ?until= days, both included."""
    problems = states.only(selection_of(request, own=OWN), page=_("the record of exports"))
    said = {name: first_word(request.GET, name) for name in OWN}
    entries = _of_who(ExportEntry.objects.select_related("user", "client"), said["who"], problems := list(problems))
    since, until = _day("since", said["since"], problems), _day("until", said["until"], problems)
    if since and until and since > until:
        problems.append(FilterProblem("since", said["since"], _("lies after until=%(day)s") % {"day": until}))
    if since:
        entries = entries.filter(at__gte=datetime.combine(since, time(), UTC))
    if until:
        entries = entries.filter(at__lt=datetime.combine(until + timedelta(days=1), time(), UTC))
    page = numbered_page(entries, SIZE, request.GET, problems)
    if page is None:
        return states.refused(request, problems, heading=_("Record of exports"), back=reverse("export-log"))
    kept = {name: said[name] for name in ("who", "since", "until") if said[name]}
    context = {
        "said": said,
        "page": page,
        "rows": [
            {
                "entry": entry,
                "class": CLASSES.get(ExportEntry.How(entry.how), "plain"),
                "url": with_query(reverse("incidents"), entry.query),
            }
            for entry in page
        ],
        "newer_url": _address(kept, page.number - 1) if page.has_previous() else "",
        "older_url": _address(kept, page.number + 1) if page.has_next() else "",
    }
    return render(request, "exports/log.html", context)


def _of_who(entries: QuerySet[ExportEntry], who: str, problems: list[FilterProblem]) -> QuerySet[ExportEntry]:
    """The entries of an account, or of nobody in particular; a client of the API stands under its owner."""
    if not who:
        return entries
    if who == ANONYMOUS:
        return entries.filter(user=None)
    user = None if "\x00" in who else User.objects.filter(email=who.lower()).first()
    if user is None:
        problems.append(
            FilterProblem("who", who, _("is neither the e-mail of an account nor: %(word)s") % {"word": ANONYMOUS})
        )
        return entries
    return entries.filter(user=user)


def _day(name: str, value: str, problems: list[FilterProblem]) -> date | None:
    if not value:
        return None
    try:
        return min(strict_day(value), date(9999, 12, 30))
    except ValueError:
        problems.append(FilterProblem(name, value, _(NOT_A_DAY)))
        return None


def _address(kept: dict[str, Any], number: int) -> str:
    return with_query(reverse("export-log"), urlencode({**kept, **({"page": number} if number > 1 else {})}))
