"""Files of series, CSV and XLSX: /trends (five-year windows), /same-days (the open year beside the same days before it)
and the yearly rates, shares and tests of the trends page.

Each is the frame that the pages and their charts use.
"""

from collections.abc import Callable

import pandas as pd
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from casualties.counts import open_period, same_days
from casualties.filters import Selection, allowed_word
from casualties.frames import ALL, CAUSE, COMPLETE, FIRST_YEAR, LAST_YEAR, PERSONS, YEAR
from casualties.trends.cause_tests import tests_frame
from casualties.trends.own_years import open_from_january
from casualties.trends.series_years import series_years
from casualties.trends.shares import add_shares
from casualties.trends.yearly import yearly
from casualties.views import cause_trends, states
from casualties.views.access import readers
from casualties.views.files.asking import left_aside
from casualties.views.files.frames import Made, frame_file, one_outcome
from casualties.views.files.sending import own_of
from casualties.views.headlines import ANY_TIME
from casualties.views.selecting import selection_of
from casualties.views.trends import read_windows

# What a file says of itself, and its frame.
Told = tuple[Selection, pd.DataFrame]


@readers
@require_safe
def trends_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """One row per window; ?by=cause gives each cause and all of them. Year and day filters are left aside, as on the
    page: the file's name has none of them, and the lines above it (header=1) say which."""
    return _file(request, "windows", _windows, form)


@readers
@require_safe
def same_days_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """One row per year (?by=cause: and cause): people from 1 January to the same day, which the column `until` says.

    Earlier years stand there when the series was open on their 1 January; none where it ended before the open year."""
    return _file(request, "same-days", _same_days, form)


@readers
@require_safe
def rates_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """One row per year of the selection (?by=cause: and cause), and where missions are named one of all others.

    Whole years alone have a rate: filters by day are left aside."""
    return _file(request, "rates", _rates, form)


@readers
@require_safe
def shares_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """One row per window and cause: its persons, those of all causes, its share. A filter by cause is left aside."""
    return _file(request, "shares", _shares, form)


@readers
@require_safe
def trend_tests_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """One row per test of trend, of every cause. A filter by cause is left aside."""
    return _file(request, "trend-tests", _trend_tests, form)


def _rates(selection: Selection, *, by_cause: bool) -> Told:
    told = selection.change(date_from=None, date_to=None)
    years = series_years(told)
    if by_cause:
        told = told.change(cause=None)
        frame = yearly(told, cause_trends.EACH, years=years)
        return told, frame.assign(cause=frame[CAUSE].replace("", ALL))
    causes = told.values.get("cause", ())
    chosen = cause_trends.CHOSEN if len(causes) > 1 else causes[0] if causes else ""
    return told, cause_trends.yearly_of(told, years, chosen).drop(columns=CAUSE)


def _shares(selection: Selection, *, by_cause: bool) -> Told:
    windows = read_windows(selection.change(cause=None))
    frame = windows.by_cause[windows.by_cause[CAUSE] != ""]
    shared = add_shares(frame[[CAUSE, FIRST_YEAR, LAST_YEAR, PERSONS, COMPLETE]], within=[FIRST_YEAR, LAST_YEAR])
    return windows.selection, shared.sort_values([LAST_YEAR], kind="stable")


def _trend_tests(selection: Selection, *, by_cause: bool) -> Told:
    anytime = selection.change(cause=None, **ANY_TIME)
    windows = read_windows(anytime)
    window = cause_trends.last_window(windows.by_cause)
    tests = cause_trends.tests_of(anytime, window, series_years(anytime, windows.records), windows.records)
    return anytime, tests_frame(tests)


def _windows(selection: Selection, *, by_cause: bool) -> Told:
    windows = read_windows(selection)
    if by_cause:
        frame = windows.by_cause.assign(cause=windows.by_cause[CAUSE].replace("", ALL))
        return windows.selection.change(cause=None), frame
    return windows.selection, windows.chosen.drop(columns=CAUSE, errors="ignore")


def _same_days(selection: Selection, *, by_cause: bool) -> Told:
    anytime = selection.change(**ANY_TIME)
    period = open_period(anytime)
    frame = same_days(anytime, [CAUSE] if by_cause else [], period=period)
    # Beside the open year stand those in which the series was open from January on; beside none nothing does.
    years = series_years(anytime)
    comparable = {period[0], *open_from_january(anytime, years)} if period[0] in years else set()
    kept = frame[frame[YEAR].isin(comparable & set(years))].reset_index(drop=True)
    return anytime, kept.assign(until=f"{period[1]:%m-%d}")


def _file(request: HttpRequest, name: str, find: Callable[..., Told], form: str) -> HttpResponseBase:
    selection = selection_of(request, own=own_of(form, "by"))
    problems = [*selection.problems, *one_outcome(selection)]
    by = allowed_word(request.GET, "by", (CAUSE,), problems)

    def make() -> Made:
        states.loaded(selection)
        told, frame = find(selection, by_cause=bool(by))
        return Made(name=name, selection=told, frame=frame, facts=left_aside(selection, told))

    return frame_file(request, problems, make, form=form)
