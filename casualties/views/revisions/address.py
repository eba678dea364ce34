"""What an address of the revisions asks beside its selection: which dates, which changes, which page of the list."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casualties.choices import Cause
from casualties.exports.ledger import BACK_DATED, CAME, RECLASSIFIED, WENT
from casualties.exports.versions import ADDED, CHANGED, FIELDS, REINSTATED, WITHDRAWN
from casualties.filters import FilterProblem, Selection, first_word, one_word
from casualties.views.addresses import everywhere, incidents_url
from casualties.views.revisions.compared_dates import DATES

KINDS = (ADDED, BACK_DATED, REINSTATED, WITHDRAWN, RECLASSIFIED, CHANGED, CAME, WENT)
SHOWN = (*KINDS, *(name for name in FIELDS if name != "cause"))
OWN = (*DATES, "show", "old", "new", "page")


@dataclass(frozen=True)
class Asked:
    """The revisions' own parameters, once checked. `show` is "" for every change."""

    since: date
    until: date
    show: str = ""
    old: str = ""
    new: str = ""
    page: int = 1

    def address(self, selection: Selection, *, to: str = "revisions", **changes: object) -> str:
        """The address of a selection's changes, the parameters kept unless changed; "" where it cannot be said.

        `to` is the name of the address; lists lead to their place in the page.
        """
        if selection.problems:
            return ""
        asked = replace(self, **changes)  # type: ignore[arg-type]
        own = {"since": asked.since.isoformat(), "until": asked.until.isoformat()}
        own |= {name: value for name in ("show", "old", "new") if (value := getattr(asked, name))}
        if asked.page > 1:
            own["page"] = str(asked.page)
        query = "&".join(part for part in (urlencode(own), selection.query_string) if part)
        place = "#people" if to == "revisions" and (asked.show or asked.page > 1) else ""
        return f"{reverse(to)}?{query}{place}"


def asked_of(given: QueryDict, since: date, until: date) -> tuple[Asked, list[FilterProblem]]:
    """Read what is shown; a problem for each value that is not allowed."""
    problems: list[FilterProblem] = []
    show = one_word(given, "show", SHOWN, problems)
    old, new = (one_word(given, name, Cause.values, problems) for name in ("old", "new"))
    if (old or new) and show != RECLASSIFIED:
        name = "old" if old else "new"
        reason = _("can stand beside show=%(show)s alone") % {"show": RECLASSIFIED}
        problems.append(FilterProblem(name, old or new, reason))
    page = first_word(given, "page") or "1"
    if not (page.isascii() and page.isdecimal() and len(page) < 9 and int(page) > 0):
        problems.append(FilterProblem("page", page, _("is not a page of this list")))
        page = "1"
    return Asked(since, until, show, old, new, int(page)), problems


def people_known_at(selection: Selection, day: date) -> str:
    """The people of a selection as known at a day, as an address; "" where that day knew none of its years."""
    basis = selection.basis.at(day)
    last = basis.last_covered_year or 0
    cut: dict[str, object] = {}
    if (to := selection.one("to")) and int(to) > last:
        cut["to"] = last
    if (end := selection.days[1]) and end.year > last:
        cut["date_to"] = date(last, 12, 31).isoformat()
    known_at = None if basis.is_current else day.isoformat()
    then = everywhere(selection, known_at=known_at, **cut)
    if then.problems:
        return ""
    url = incidents_url(then)
    return f"{url}{'&' if '?' in url else '?'}view=people"
