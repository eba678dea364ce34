"""/saved/: the selections that a signed-in reader keeps. Opened, they are counted anew, from the data of that day."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casualties.charts import wording
from casualties.filters import FilterProblem, first_word, in_words, said_twice, select
from casualties.models import SavedSelection
from casualties.views import states
from casualties.views.access import members
from casualties.views.addresses import with_query
from casualties.views.explorer.address import OWN, asked_of
from casualties.views.figures_cache import for_reader
from casualties.views.selecting import basis_of, selection_of, viewer
from missions.models import User

MOST = 200  # of one reader
LONGEST_NAME = 100


@members
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """The list; a POST adds one (name, query) or deletes one (delete)."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - members() let nobody else in
    if problems := states.only(selection_of(request), page=_("this page")):
        return states.refused(request, problems, heading=_("Saved selections"), back=reverse("saved"))
    if request.method == "POST":
        return _delete(request, user) if "delete" in request.POST else _add(request, user)
    rows = [_row(request, kept) for kept in SavedSelection.objects.filter(user=user)]
    return for_reader(request, render(request, "casualties/saved.html", {"rows": rows}))


def _add(request: HttpRequest, user: User) -> HttpResponse:
    """Keep a selection of the explorer. What cannot be answered is refused, as the explorer would refuse it."""
    name, query = first_word(request.POST, "name"), first_word(request.POST, "query")
    given = QueryDict(query)
    selection = select(given, viewer(request), own=OWN, basis=basis_of(request))
    asked = asked_of(given, annual=selection.basis.annual_counts_only)
    problems = [*said_twice(request.POST), *selection.problems, *asked.problems]
    if not name or "\x00" in name:
        problems.append(FilterProblem("name", "", _("is needed, so that the selection can be found again")))
    elif len(name) > LONGEST_NAME:
        problems.append(FilterProblem("name", name, _("is longer than %(n)s characters") % {"n": LONGEST_NAME}))
    elif SavedSelection.objects.filter(user=user).exclude(name=name).count() >= MOST:
        problems.append(FilterProblem("name", name, _("would be one more than the %(n)s that are kept") % {"n": MOST}))
    if problems:
        return states.refused(request, problems, heading=_("Saved selections"), back=reverse("saved"))
    address = asked.address(selection)
    kept = {"page": "incidents", "query": address.partition("?")[2]}
    SavedSelection.objects.update_or_create(user=user, name=name, defaults=kept)
    messages.success(request, _("Saved as %(name)s.") % {"name": name})
    return redirect(address)


def _delete(request: HttpRequest, user: User) -> HttpResponse:
    number = request.POST["delete"]
    if not (number.isascii() and number.isdecimal()):
        raise BadRequest("delete is not a number")
    if len(number) > 18:  # no row has such a number, and Python reads none of thousands of digits
        raise Http404("no selection has this number")
    kept = get_object_or_404(SavedSelection, pk=int(number), user=user)
    kept.delete()
    messages.success(request, _("Deleted: %(name)s.") % {"name": kept.name})
    return redirect("saved")


def _row(request: HttpRequest, kept: SavedSelection) -> dict[str, Any]:
    """A saved selection in words, or that it is refused by now (a mission may have got another name)."""
    selection = select(QueryDict(kept.query), viewer(request), own=OWN, basis=basis_of(request))
    words = _("Cannot be answered any more; opening it says why.")
    if not selection.problems:
        words = wording.capitalised(in_words(selection))
    return {"kept": kept, "words": words, "url": with_query(reverse(kept.page), kept.query)}
