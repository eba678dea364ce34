"""Two dates of an address, `since` and `until`: checked by name; the last two releases where none is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from casualties.filters import Basis, FilterProblem, given_words, strict_day

DATES = ("since", "until")


@dataclass(frozen=True)
class ComparedDates:
    """The dates that an address asks for, or the problems that refuse it; both None where nothing can be compared."""

    since: date | None
    until: date | None
    problems: tuple[FilterProblem, ...] = ()


def release_dates(basis: Basis) -> list[date]:
    """The dates of the releases that it can be asked what was known at, oldest first, each once."""
    return sorted({release.date for release in basis.releases})


def compared_dates(given: QueryDict, basis: Basis) -> ComparedDates:
    """`until` defaults to the newest release, `since` to the release before it."""
    dates = release_dates(basis)
    problems: list[FilterProblem] = []
    since, until = (day_of(given, name, dates, problems) for name in DATES)
    if problems:
        return ComparedDates(None, None, tuple(problems))
    if since is None and until is None and len(dates) < 2:
        return ComparedDates(None, None)
    until = until or dates[-1]
    if since is None:
        before = [day for day in dates if day < until]
        if not before:
            reason = _("is the first release; there is none before it to compare with")
            return ComparedDates(None, None, (FilterProblem("until", until.isoformat(), reason),))
        since = before[-1]
    if since >= until:
        reason = _("is not before until=%(until)s") % {"until": until.isoformat()}
        return ComparedDates(None, None, (FilterProblem("since", since.isoformat(), reason),))
    return ComparedDates(since, until)


def day_of(given: QueryDict, name: str, dates: Sequence[date], problems: list[FilterProblem]) -> date | None:
    """A day between the first and the newest release; None where the parameter is not given or wrong."""
    values = given_words(given, name)
    if not values:
        return None
    value = ", ".join(values)
    known = tuple(day.isoformat() for day in dates)
    if len(values) > 1:
        problems.append(FilterProblem(name, value, _("may be given once only"), known))
        return None
    try:
        day = strict_day(value)
    except ValueError:
        problems.append(FilterProblem(name, value, _("is not a day written as YYYY-MM-DD"), known))
        return None
    if not dates:
        problems.append(FilterProblem(name, value, _("cannot be answered: no data are loaded")))
    elif day < dates[0]:
        reason = _("lies before %(day)s, the first release") % {"day": dates[0].isoformat()}
        problems.append(FilterProblem(name, value, reason, known))
    elif day > dates[-1]:
        reason = _("lies after %(day)s, the newest release") % {"day": dates[-1].isoformat()}
        problems.append(FilterProblem(name, value, reason, known))
    else:
        return day
    return None
