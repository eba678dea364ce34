"""What a claim finds under one scope: select(), count() and windows_for(), never another way to a number."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from casualties.charts import wording
from casualties.choices import Measure, Scope
from casualties.counts import NotAvailable, count, count_each, open_period, total
from casualties.filters import PERIOD, ProblemKind, Selection
from casualties.frames import COMPLETE, FIRST_YEAR, LAST_YEAR, PERSONS, PROVISIONAL, YEAR
from casualties.statements.judging import Found, Period
from casualties.statements.rate import rate_of
from casualties.trends.live import windows_for

NOTHING_LOADED = "no data are loaded"


def found_under(selection: Selection, measure: Measure, since: int | None) -> Found:
    """The number of a claim under the scope of a selection; a reason where the data cannot tell it."""
    if selection.problems:
        return _nothing(selection, _why_refused(selection))
    if selection.release is None:
        return _nothing(selection, NOTHING_LOADED)
    if measure == Measure.HIGHEST_SINCE and since is not None:
        return _guarded(selection, lambda: _year_among_years(selection, since))
    return _guarded(selection, lambda: _FINDERS[measure](selection))


def under_each_scope(selection: Selection, measure: Measure, since: int | None) -> dict[str, Found]:
    """The same under each named scope in which the selection can stand; its own scope first."""
    own = found_under(selection, measure, since)
    others = [
        selection.change(scope=None if scope == Scope.ALL else scope.value)
        for scope in Scope
        if scope != selection.scope
    ]
    others = [other for other in others if not other.problems]
    until = None if own.number is None else last_day_of(selection)
    if own.number is not None and _FINDERS.get(measure) is _counted:
        # One question for all scopes: a register of many statements is checked after every rebuild.
        counted = count_each([(other, []) for other in others])
        numbers = [Decimal(int(frame[PERSONS].sum())) for frame in counted]
        rest = [Found(scope=one.scope.value, number=n) for one, n in zip(others, numbers, strict=True)]
    else:
        rest = [found_under(other, measure, since) for other in others]
    return {found.scope: replace(found, until=until) for found in (own, *rest)}


def last_day_of(selection: Selection) -> date | None:
    """The last day with figures of a period that goes on after the release; None where the release covers the period,
    or it names no end."""
    release, end = selection.release, selection.period[1]
    if release is None or end is None or end <= release.date:
        return None
    try:
        return open_period(selection)[1]
    except NotAvailable:  # annual counts say no days
        return release.date


def _why_refused(selection: Selection) -> str:
    """The period first: years that are not covered yet are the usual reason, and from and to say the same of them."""
    last = selection.basis.last_covered_year
    not_yet = all(problem.kind == ProblemKind.NOT_COVERED_YET for problem in selection.problems)
    if not_yet and last is not None and any(problem.value[:4] > str(last) for problem in selection.problems):
        return f"its period lies after {last}, the last year that the release covers"
    return "; ".join(str(problem) for problem in selection.problems)


def _guarded(selection: Selection, find: Callable[[], Found]) -> Found:
    try:
        return find()
    except NotAvailable as reason:
        return _nothing(selection, str(reason))


def _nothing(selection: Selection, reason: str) -> Found:
    return Found(scope=selection.scope.value, reason=reason)


def _counted(selection: Selection) -> Found:
    return Found(scope=selection.scope.value, number=Decimal(total(selection)))


def _rate(selection: Selection) -> Found:
    rate = rate_of(selection)
    return Found(scope=selection.scope.value, number=rate.number, reason=rate.reason)


def _change(selection: Selection) -> Found:
    """Against the period of the same length that ends the year before."""
    first, last = _years(selection)
    before = selection.change(**{"from": first - (last - first + 1), "to": first - 1})
    before.refuse_problems()
    return Found(scope=selection.scope.value, number=Decimal(total(selection) - total(before)))


def _year_among_years(selection: Selection, since: int) -> Found:
    """The year among those after `since`; the year named with it is the last that was as high, however early."""
    year, _last = _years(selection)
    by_year = count(selection.change(**{**dict.fromkeys(PERIOD), "to": year}), [YEAR])
    numbers = dict(zip(by_year[YEAR], by_year[PERSONS], strict=True))
    number = int(numbers.pop(year, 0))
    as_high = sorted(other for other, persons in numbers.items() if persons >= number)
    since_then = [Period(first=other, last=other, number=int(numbers[other])) for other in as_high if other > since]
    return Found(
        scope=selection.scope.value,
        number=Decimal(number),
        others=tuple(sorted(since_then, key=lambda period: (-period.number, period.first))),
        compared=year - since - 1,
        since=Period(first=as_high[-1], last=as_high[-1], number=int(numbers[as_high[-1]])) if as_high else None,
    )


def _window_among_windows(selection: Selection) -> Found:
    """The window among the complete ones that end before it."""
    first, last = _years(selection)
    windows = windows_for(selection)
    own = windows[windows[LAST_YEAR] == last]
    name = wording.years(first, last)
    if own.empty:
        return _nothing(selection, f"this series has no window {name}")
    if bool(own[PROVISIONAL].iloc[0]) or not bool(own[COMPLETE].iloc[0]):
        return _nothing(selection, f"the window {name} is not complete and closed, so it has no rank")
    number = int(own[PERSONS].iloc[0])
    earlier = windows[windows[COMPLETE] & (windows[LAST_YEAR] < last)]
    as_high = earlier[earlier[PERSONS] >= number].sort_values([PERSONS, FIRST_YEAR], ascending=[False, True])
    others = [
        Period(first=int(start), last=int(end), number=int(persons))
        for start, end, persons in as_high[[FIRST_YEAR, LAST_YEAR, PERSONS]].itertuples(index=False, name=None)
    ]
    return Found(scope=selection.scope.value, number=Decimal(number), others=tuple(others), compared=len(earlier))


def _years(selection: Selection) -> tuple[int, int]:
    first, last = selection.one("from"), selection.one("to")
    if first is None or last is None:
        raise NotAvailable("the statement names no period of whole years")
    return int(first), int(last)


_FINDERS: Mapping[Measure, Callable[[Selection], Found]] = {
    Measure.COUNT: _counted,
    Measure.AT_LEAST: _counted,
    Measure.MORE_THAN: _counted,
    Measure.FEWER_THAN: _counted,
    Measure.RANK_1_WINDOW: _window_among_windows,
    Measure.RATE: _rate,
    Measure.CHANGE: _change,
}
