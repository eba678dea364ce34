"""The only way to a number: count(selection, by) -> a frame.

The annual tally answers when it can say the selection, the records otherwise; a test holds both equal. Frames are long:
one row per combination of dimensions that occurs, stored words in the dimension columns, an int64 measure.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Literal

import pandas as pd
from django.db.models import Case, CharField, Count, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, ExtractMonth
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from casualties import frames
from casualties.choices import DatePrecision
from casualties.filters import (
    NOT_AVAILABLE,
    NOT_RECORDED,
    NOT_STATED,
    UNDETERMINED,
    Basis,
    Selection,
    whole_periods_within,
)
from casualties.models import Incident
from missions.models import UNDETERMINED_COUNTRY

Measure = Literal["persons", "incidents"]

# Dimension -> column it is read from; those of a mission are looked up in the basis, which spares the join.
_COLUMNS = {
    frames.YEAR: "year",
    frames.MONTH: "month_",
    frames.DAY: "occurred_on",
    frames.MISSION: "mission_id",
    frames.FAMILY: "mission_id",
    frames.KIND: "mission_id",
    frames.REGION: "mission_id",
    frames.CAUSE: "cause",
    frames.OUTCOME: "outcome",
    frames.PERSONNEL: "personnel",
    frames.NATIONALITY: "nationality_id",
    frames.GENDER: "gender",
    frames.SEVERITY: "severity",
    frames.MEANS: "incident__means",
    frames.CONTEXT: "incident__context",
    frames.ACCIDENT_TYPE: "incident__accident_type",
}
DIMENSIONS = tuple(_COLUMNS)
MEASURES: tuple[Measure, ...] = ("persons", "incidents")
ONLY_INJURIES = noop("not available: only injuries have a severity")
NO_INJURIES = noop("not available: the release holds no injuries")
NOT_RECORDED_ANYWHERE = {
    frames.MEANS: noop("not available: the means are not recorded for any incident"),
    frames.CONTEXT: noop("not available: the context is not recorded for any incident"),
    frames.ACCIDENT_TYPE: noop("not available: the type of accident is not recorded for any incident"),
}
# How a value that was read as text becomes what the database holds; words stay as they are.
_READ: dict[str, Callable[[str], Any]] = {
    "year": int,
    "month_": int,
    "mission_id": int,
    "occurred_on": date.fromisoformat,
}
# Missing where only the year is recorded: such a record would else be one of January.
_RECORDED_MONTH = Case(When(~Q(occurred_precision=DatePrecision.YEAR), then=ExtractMonth("occurred_on")))
_OF_INCIDENT = {frames.MEANS, frames.CONTEXT, frames.ACCIDENT_TYPE}
_FROM_RECORDS = {frames.MONTH, frames.DAY, frames.SEVERITY, *_OF_INCIDENT}
_NOT_IN_ANNUAL_COUNTS = {*_FROM_RECORDS, frames.GENDER}


class NotAvailable(ValueError):
    """The loaded data cannot answer; the reason is for the reader, in the language of the page."""

    def __str__(self) -> str:
        return _(super().__str__())


def count(selection: Selection, by: Sequence[str] = (), *, measure: Measure = "persons") -> pd.DataFrame:
    """People (or incidents with at least one selected person) of a selection by dimensions.

    Returns columns `by` + [measure], sorted by `by`; without `by` one row, 0 included. With outcome=all the outcome is
    always a dimension: deaths and injuries are never added. Raises SelectionRefused for a selection with problems,
    NotAvailable where only annual counts are loaded and more is asked, ValueError for an unknown dimension or measure.
    """
    selection.refuse_problems()
    dimensions = _dimensions(selection, by, measure)
    return _grouped(_source(selection, dimensions, measure), dimensions, measure, selection.basis)


def count_each(
    requests: Sequence[tuple[Selection, Sequence[str]] | tuple[Selection, Sequence[str], Measure]],
) -> list[pd.DataFrame]:
    """count(selection, by) for several selections in one query: a page asks for many small counts at once.

    A request may name its measure: persons, unless it says incidents. Each `by` has at most two dimensions. Raises
    what count() raises.
    """
    asked, parts = [], []
    for place, (selection, by, *named) in enumerate(requests):
        selection.refuse_problems()
        measure: Measure = named[0] if named else "persons"
        dimensions = _dimensions(selection, by, measure)
        columns = list(dict.fromkeys(_COLUMNS[name] for name in dimensions))
        if len(columns) > 2:
            raise ValueError("count_each counts by two dimensions at most")
        asked.append((dimensions, columns, measure, selection.basis))
        texts = [Cast(column, CharField()) for column in columns] + [Value("", CharField())] * (2 - len(columns))
        parts.append(
            _with_months(_source(selection, dimensions, measure), columns)
            .order_by()
            .annotate(request_=Value(place), first_=texts[0], second_=texts[1])
            .values_list("request_", "first_", "second_")
            .annotate(figure=_figure(measure))
        )
    found: list[list[tuple[Any, ...]]] = [[] for _ in requests]
    for place, first, second, figure in parts[0].union(*parts[1:], all=True) if parts else ():
        pairs = zip(asked[place][1], (first, second), strict=False)
        values = [None if text is None else _READ.get(column, str)(text) for column, text in pairs]
        found[place].append((*values, figure))
    return [
        _framed(rows, columns, dimensions, measure, basis)
        if columns
        else pd.DataFrame({measure: pd.Series([sum(row[-1] or 0 for row in rows)], dtype="int64")})
        for rows, (dimensions, columns, measure, basis) in zip(found, asked, strict=True)
    ]


def count_records(selection: Selection, by: Sequence[str] = ()) -> pd.DataFrame:
    """The people of count(), always from the records: what the tally is held to."""
    selection.refuse_problems()
    return _grouped(selection.rows, _dimensions(selection, by, "persons"), "persons", selection.basis)


def count_by_incident(selection: Selection) -> pd.DataFrame:
    """People by mission, year, month, personnel, cause and incident: what rates and their dispersion are made of.

    Columns mission, year, month (missing where only the year is recorded), personnel, cause, incident (its id, missing
    in annual counts), persons. Answers for annual counts too: a rate of whole years needs neither month nor incident.
    """
    selection.refuse_problems()
    columns = ("mission__acronym", "year", "month_", "personnel", "cause", "incident_id")
    people = selection.rows.order_by().annotate(month_=_RECORDED_MONTH)
    rows = people.values_list(*columns).annotate(figure=Sum("persons"))
    names = [frames.MISSION, frames.YEAR, frames.MONTH, frames.PERSONNEL, frames.CAUSE, frames.INCIDENT, frames.PERSONS]
    frame = pd.DataFrame(list(rows), columns=names)
    return frame.astype({frames.YEAR: "int64", frames.PERSONS: "int64"})


def total(selection: Selection, *, measure: Measure = "persons") -> int:
    """One number. Of outcome=all there is none: deaths and injuries are never added."""
    if selection.outcome == "all":
        raise ValueError("deaths and injuries are never added: choose an outcome")
    return int(count(selection, measure=measure)[measure].sum())


def _dimensions(selection: Selection, by: Sequence[str], measure: str) -> list[str]:
    unknown = [name for name in by if name not in _COLUMNS]
    if unknown:
        raise ValueError(f"cannot count by {unknown[0]!r}; allowed: {', '.join(DIMENSIONS)}")
    if measure not in MEASURES:
        raise ValueError(f"cannot count {measure!r}; allowed: {', '.join(MEASURES)}")
    dimensions = list(dict.fromkeys(by))
    if selection.outcome == "all" and frames.OUTCOME not in dimensions:
        dimensions.append(frames.OUTCOME)
    if selection.basis.annual_counts_only and (measure == frames.INCIDENTS or _NOT_IN_ANNUAL_COUNTS & set(dimensions)):
        raise NotAvailable(NOT_AVAILABLE)
    if selection.outcome == "injury" and not selection.basis.injuries_recorded:
        raise NotAvailable(NO_INJURIES)  # nobody recorded them; 0 would say that nobody was injured
    if frames.SEVERITY in dimensions and selection.outcome != "injury":
        raise NotAvailable(ONLY_INJURIES)
    refuse_unrecorded(selection)
    return dimensions


def refuse_unrecorded(selection: Selection) -> None:
    """Raise NotAvailable for means, context or type of accident that no record says: 0 would say it befell nobody."""
    for name in selection.asks_of_incidents:
        if selection.values[name] != (NOT_RECORDED,) and not Incident.objects.exclude(**{name: ""}).exists():
            raise NotAvailable(NOT_RECORDED_ANYWHERE[name])


def _source(selection: Selection, dimensions: list[str], measure: Measure) -> QuerySet[Any]:
    """Where is counted: for people the tally when it can say the selection and the dimensions, else the records."""
    tally = selection.tally
    if tally is None or measure == "incidents" or _FROM_RECORDS & set(dimensions):
        return selection.rows
    return tally


def _with_months(source: QuerySet[Any], columns: Sequence[str]) -> QuerySet[Any]:
    return source.annotate(month_=_RECORDED_MONTH) if _COLUMNS[frames.MONTH] in columns else source


def _figure(measure: str) -> Count | Sum:
    """What is counted. An incident has one mission, so counting by mission and adding after counts none twice ..."""
    return Count("incident", distinct=True) if measure == frames.INCIDENTS else Sum("persons")


def _grouped(source: QuerySet[Any], dimensions: list[str], measure: str, basis: Basis) -> pd.DataFrame:
    columns = list(dict.fromkeys(_COLUMNS[name] for name in dimensions))
    figure = _figure(measure)
    source = _with_months(source, columns).order_by()
    if not columns:
        number = source.aggregate(figure=figure)["figure"] or 0
        return pd.DataFrame({measure: pd.Series([number], dtype="int64")})
    rows = list(source.values_list(*columns).annotate(figure=figure))
    return _framed(rows, columns, dimensions, measure, basis)


def _framed(
    rows: list[tuple[Any, ...]], columns: list[str], dimensions: list[str], measure: str, basis: Basis
) -> pd.DataFrame:
    """Database rows of columns + figure -> a frame of dimensions + measure, sorted."""
    by_mission = {frames.FAMILY, frames.KIND, frames.REGION} & set(dimensions)
    frame = pd.DataFrame.from_records(rows, columns=[*columns, measure])
    named = pd.DataFrame({name: _named(frame[_COLUMNS[name]], name, basis) for name in dimensions})
    named[measure] = frame[measure].astype("int64")
    if by_mission:
        # ... by family, kind or region.
        named = named.groupby(dimensions, as_index=False, sort=False)[[measure]].sum()
    return named.sort_values(dimensions, ignore_index=True)[[*dimensions, measure]]


def _named(column: "pd.Series[Any]", dimension: str, basis: Basis) -> "pd.Series[Any]":
    """Database values -> the words of addresses and files."""
    if dimension in {frames.MISSION, frames.FAMILY, frames.KIND, frames.REGION}:
        entries = {entry.id: entry for entry in basis.missions.values()}
        words = {
            frames.MISSION: {key: entry.acronym for key, entry in entries.items()},
            frames.FAMILY: {key: entry.family or entry.acronym for key, entry in entries.items()},
            frames.KIND: {key: entry.kind for key, entry in entries.items()},
            frames.REGION: {key: entry.region or NOT_RECORDED for key, entry in entries.items()},
        }[dimension]
        return column.map(words).astype(object)
    if dimension == frames.NATIONALITY:
        return column.astype(object).where(column.notna(), NOT_RECORDED).replace({UNDETERMINED_COUNTRY: UNDETERMINED})
    if dimension == frames.GENDER or dimension in _OF_INCIDENT:
        return column.replace({"": NOT_RECORDED}).astype(object)
    if dimension == frames.SEVERITY:
        return column.replace({"": NOT_STATED}).astype(object)
    if dimension == frames.MONTH:
        return column.astype("Int64")
    if dimension == frames.YEAR:
        return column.astype("int64")
    return column.astype(object)


def fill_years(frame: pd.DataFrame, years: Iterable[int], measure: str = frames.PERSONS) -> pd.DataFrame:
    """A frame by year (and perhaps more) with a row for every year and every combination of the rest: 0 is counted.

    Only years that the release covers and that belong to the series may be asked for: trends.live.series_years().
    """
    rest = [name for name in frame.columns if name not in {frames.YEAR, measure}]
    full = pd.DataFrame({frames.YEAR: pd.Series(list(years), dtype="int64")})
    if rest:
        full = full.merge(frame[rest].drop_duplicates(), how="cross")
    filled = full.merge(frame, how="left", on=[frames.YEAR, *rest])
    filled[measure] = filled[measure].fillna(0).astype("int64")
    return filled.sort_values([frames.YEAR, *rest], ignore_index=True)[[*frame.columns]]


def same_days(
    selection: Selection, by: Sequence[str] = (), *, years: int = 5, period: tuple[int, date] | None = None
) -> pd.DataFrame:
    """The open year beside the same days of the years before it: columns year, *by, persons; zero-filled.

    The period is from 1 January to the day of the newest incident of the release, in every year; a whole year is never
    set beside an open one. Year filters are left aside. `period` is the answer of open_period() where the caller has it
    already. Raises NotAvailable without days.
    """
    open_year, until = period or open_period(selection)
    anytime = selection.change(**{"from": None, "to": None, "date_from": None, "date_to": None})
    wanted = range(open_year - years, open_year + 1)
    within = Q()
    for year in wanted:
        within |= whole_periods_within(date(year, 1, 1), same_day(until, year))
    source = anytime.rows.filter(within)
    frame = _grouped(source, _dimensions(anytime, [frames.YEAR, *by], "persons"), "persons", anytime.basis)
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
    newest = selection.everybody.filter(occurred_precision=DatePrecision.DAY, year=year).aggregate(
        newest=Max("occurred_on")
    )["newest"]
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
