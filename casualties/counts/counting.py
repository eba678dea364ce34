"""The only way to a number: count(selection, by) -> a frame.

An annual tally answers when it can say the selection, the records otherwise; tests hold them equal. Frames are long:
one row per combination of dimensions that occurs, stored words in the dimension columns, an int64 measure.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import CharField, Count, QuerySet, Sum, Value
from django.db.models.functions import Cast

from casualties import frames
from casualties.counts.dimensions import (
    COLUMNS,
    FROM_RECORDS,
    READ,
    RECORDED,
    Measure,
    column_of,
    dimensions_of,
    word_of,
)
from casualties.filters import Basis, Selection


def count(selection: Selection, by: Sequence[str] = (), *, measure: Measure = "persons") -> pd.DataFrame:
    """People (or incidents with at least one selected person) of a selection by dimensions.

    Returns columns `by` + [measure], sorted by `by`; without `by` one row, 0 included. With outcome=all the outcome is
    always a dimension: deaths and injuries are never added. Raises SelectionRefused for a selection with problems,
    NotAvailable where only annual counts are loaded and more is asked, ValueError for an unknown dimension or measure.
    """
    selection.refuse_problems()
    dimensions = dimensions_of(selection, by, measure)
    return grouped(_source(selection, dimensions, measure), dimensions, measure, selection.basis)


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
        dimensions = dimensions_of(selection, by, measure)
        columns = list(dict.fromkeys(COLUMNS[name] for name in dimensions))
        if len(columns) > 2:
            raise ValueError("count_each counts by two dimensions at most")
        asked.append((dimensions, columns, measure, selection.basis))
        texts = [Cast(column, CharField()) for column in columns] + [Value("", CharField())] * (2 - len(columns))
        parts.append(
            _with_recorded(_source(selection, dimensions, measure), columns)
            .order_by()
            .annotate(request_=Value(place), first_=texts[0], second_=texts[1])
            .values_list("request_", "first_", "second_")
            .annotate(figure=_figure(measure))
        )
    found: list[list[tuple[Any, ...]]] = [[] for _ in requests]
    for place, first, second, figure in parts[0].union(*parts[1:], all=True) if parts else ():
        pairs = zip(asked[place][1], (first, second), strict=False)
        values = [None if text is None else READ.get(column, str)(text) for column, text in pairs]
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
    return grouped(selection.rows, dimensions_of(selection, by, "persons"), "persons", selection.basis)


def count_by_incident(selection: Selection, *, nationality: bool = False) -> pd.DataFrame:
    """People by mission, year, month, personnel, cause and incident: what rates and their dispersion are made of.

    Columns mission, year, month (missing where only the year is recorded), personnel, cause, incident (its id, missing
    in annual counts), with `nationality` its code (missing where none is recorded), persons. Answers for annual counts
    too: a rate of whole years needs neither month nor incident.
    """
    selection.refuse_problems()
    columns = ["mission__acronym", "year", "month_", "personnel", "cause", "incident_id"]
    people = selection.rows.order_by().annotate(month_=RECORDED["month_"])
    names = [frames.MISSION, frames.YEAR, frames.MONTH, frames.PERSONNEL, frames.CAUSE, frames.INCIDENT]
    if nationality:
        columns.append("nationality_id")
        names.append(frames.NATIONALITY)
    rows = people.values_list(*columns).annotate(figure=Sum("persons"))
    frame = pd.DataFrame(list(rows), columns=[*names, frames.PERSONS])
    return frame.astype({frames.YEAR: "int64", frames.PERSONS: "int64"})


def total(selection: Selection, *, measure: Measure = "persons") -> int:
    """One number. Of outcome=all there is none: deaths and injuries are never added."""
    if selection.outcome == "all":
        raise ValueError("deaths and injuries are never added: choose an outcome")
    return int(count(selection, measure=measure)[measure].sum())


def _source(selection: Selection, dimensions: list[str], measure: Measure) -> QuerySet[Any]:
    """Where is counted: for people the tally when it can say the selection and the dimensions, else the records."""
    if measure == "incidents" or FROM_RECORDS & set(dimensions):
        return selection.rows
    tally = selection.tally([COLUMNS[name] for name in dimensions])
    return selection.rows if tally is None else tally


def _with_recorded(source: QuerySet[Any], columns: Sequence[str]) -> QuerySet[Any]:
    """With the day and the month as far as they are recorded, where they are counted by."""
    found: QuerySet[Any] = source.annotate(**{name: cell for name, cell in RECORDED.items() if name in columns})
    return found


def _figure(measure: str) -> Count | Sum:
    """What is counted. An incident has one mission, so counting by mission and adding after counts none twice ..."""
    return Count("incident", distinct=True) if measure == frames.INCIDENTS else Sum("persons")


def grouped(source: QuerySet[Any], dimensions: list[str], measure: str, basis: Basis) -> pd.DataFrame:
    """The rows of a source counted by checked dimensions: the frame of count()."""
    columns = list(dict.fromkeys(COLUMNS[name] for name in dimensions))
    figure = _figure(measure)
    source = _with_recorded(source, columns).order_by()
    if not columns:
        number = source.aggregate(figure=figure)["figure"] or 0
        return pd.DataFrame({measure: pd.Series([number], dtype="int64")})
    rows = list(source.values_list(*columns).annotate(figure=figure))
    return _framed(rows, columns, dimensions, measure, basis)


def _framed(
    rows: list[tuple[Any, ...]], columns: list[str], dimensions: list[str], measure: str, basis: Basis
) -> pd.DataFrame:
    """Database rows of columns + figure -> a frame of dimensions + measure, sorted."""
    figures: dict[tuple[Any, ...], int] = {}
    read = [(columns.index(COLUMNS[name]), word_of(name, basis)) for name in dimensions]
    for row in rows:
        words = tuple([word(row[place]) for place, word in read])
        figures[words] = figures.get(words, 0) + int(row[-1])  # ... by family, kind or region.
    ordered = sorted(figures, key=lambda words: [(word is None, word) for word in words])
    named = {name: column_of(name, [words[place] for words in ordered]) for place, name in enumerate(dimensions)}
    named[measure] = np.array([figures[words] for words in ordered], dtype=np.int64)
    return pd.DataFrame(named, copy=False)
