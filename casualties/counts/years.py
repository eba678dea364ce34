"""Counts along the years: zeros of years without a death, the open year beside the same days, what days leave out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import Max, Q, QuerySet, Sum
from numpy.typing import NDArray

from casualties import frames
from casualties.choices import Cause, DatePrecision
from casualties.counts.counting import grouped
from casualties.counts.dimensions import NotAvailable, dimensions_of
from casualties.filters import NOT_AVAILABLE, PERIOD, Selection, whole_periods_within

Known = Callable[[Mapping[str, Any]], bool]
"""Whether anything is known of the values of a row: where not, nobody is no 0."""


def fill_years(
    frame: pd.DataFrame, years: Iterable[int], measure: str = frames.PERSONS, *, known: Known | None = None
) -> pd.DataFrame:
    """A frame by year (and perhaps more) with a row for every year and every combination of the rest: 0 is counted.

    Only years that the release covers and that belong to the series may be asked for (trends.series_years).
    `known` are the years of each combination where they differ (trends.own_years): outside them nobody is no 0, and has
    no row.
    """
    rest = [name for name in frame.columns if name not in {frames.YEAR, measure}]
    full = pd.DataFrame({frames.YEAR: pd.Series(list(years), dtype="int64")})
    if rest:
        full = full.merge(frame[rest].drop_duplicates(), how="cross")
    filled = full.merge(frame, how="left", on=[frames.YEAR, *rest])
    if known is not None:
        nobody = filled[measure].isna()
        filled = filled[~nobody | _known(filled, known)]
    filled[measure] = filled[measure].fillna(0).astype("int64")
    return filled.sort_values([frames.YEAR, *rest], ignore_index=True)[[*frame.columns]]


def _known(frame: pd.DataFrame, known: Known) -> NDArray[np.bool_]:
    names = [str(name) for name in frame.columns]
    rows = frame.itertuples(index=False, name=None)
    return np.array([known(dict(zip(names, row, strict=True))) for row in rows], dtype=bool)


def same_days(
    selection: Selection, by: Sequence[str] = (), *, years: int = 5, period: tuple[int, date] | None = None
) -> pd.DataFrame:
    """The open year beside the same days of the years before it: columns year, *by, persons; zero-filled.
    Where nobody died in any of them, each cause stands with 0 (by cause), so that no year is missing.

    The period is from 1 January to the day of the newest incident of the release, in every year; a whole year is never
    set beside an open one. Year filters are left aside. `period` is the answer of open_period() where the caller has it
    already. Raises NotAvailable without days.
    """
    open_year, until = period or open_period(selection)
    anytime = selection.change(**dict.fromkeys(PERIOD))
    wanted = range(open_year - years, open_year + 1)
    within = Q()
    for year in wanted:
        within |= whole_periods_within(date(year, 1, 1), same_day(until, year))
    source = anytime.rows.filter(within)
    frame = grouped(source, dimensions_of(anytime, [frames.YEAR, *by], "persons"), "persons", anytime.basis)
    if frame.empty and list(by) == [frames.CAUSE]:
        nobody = {frames.YEAR: open_year, frames.CAUSE: Cause.values, frames.PERSONS: 0}
        frame = pd.DataFrame(nobody).sort_values(frames.CAUSE)
    return fill_years(frame, wanted)


def open_period(selection: Selection) -> tuple[int, date]:
    """The open year of the release and the day of the newest incident in it (any mission, any cause).

    That day and not the release date: between the two, deaths are still being reported. In a year in which nobody has
    died yet it is the release date. Raises NotAvailable when only
    annual counts, or nothing at all, is loaded.
    """
    selection.refuse_problems()
    release = selection.release
    if release is None or selection.basis.annual_counts_only:
        raise NotAvailable(NOT_AVAILABLE)
    year = release.last_covered_year
    of_year = selection.everybody.filter(occurred_precision=DatePrecision.DAY, year=year)
    # A record of our own may be newer: it does not say that nobody else died until then.
    newest = of_year.filter(occurred_on__lte=release.date).aggregate(newest=Max("occurred_on"))["newest"]
    return year, newest or release.date


def same_day(day: date, year: int) -> date:
    """The day in another year; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def left_out_by_days(selection: Selection) -> int:
    """People whose record knows only a month or a year that overlaps the asked days without lying inside them."""
    first, last = selection.days
    if not selection.by_day or selection.problems:
        return 0
    loose = Q(occurred_precision=DatePrecision.MONTH) | Q(occurred_precision=DatePrecision.YEAR)
    overlap = Q()
    if first:
        overlap &= Q(occurred_precision=DatePrecision.MONTH, occurred_on__gte=first.replace(day=1)) | Q(
            occurred_precision=DatePrecision.YEAR, occurred_on__gte=first.replace(month=1, day=1)
        )
    if last:
        overlap &= Q(occurred_on__lte=last)
    near = selection.everybody.filter(selection.conditions, selection.of_records, loose, overlap)
    inside = near.filter(whole_periods_within(first, last))
    return _persons(near) - _persons(inside)


def _persons(rows: QuerySet[Any, Any]) -> int:
    return int(rows.aggregate(persons=Sum("persons"))["persons"] or 0)
