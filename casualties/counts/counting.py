"""The only way to a number: count(selection, by) -> a frame.

An annual tally answers when it can say the selection, the records otherwise; tests hold them equal. Frames are long:
one row per combination of dimensions that occurs, stored words in the dimension columns, an int64 measure.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import Count, QuerySet, Sum

from casualties import frames
from casualties.counts.dimensions import (
    COLUMNS,
    FROM_RECORDS,
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
    return grouped(source_of(selection, dimensions, measure), dimensions, measure, selection.basis)


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


def source_of(selection: Selection, dimensions: list[str], measure: Measure) -> QuerySet[Any]:
    """Where is counted: for people the tally when it can say the selection and the dimensions, else the records."""
    if measure == "incidents" or FROM_RECORDS & set(dimensions):
        return selection.rows
    tally = selection.tally([COLUMNS[name] for name in dimensions])
    return selection.rows if tally is None else tally


def with_recorded(source: QuerySet[Any], columns: Sequence[str]) -> QuerySet[Any]:
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
    source = with_recorded(source, columns).order_by()
    if not columns:
        return framed({(): source.aggregate(figure=figure)["figure"] or 0}, [], measure)
    rows = source.values_list(*columns).annotate(figure=figure)
    return framed(figures_in_words(rows, columns, dimensions, basis), dimensions, measure)


def figures_in_words(
    rows: Iterable[tuple[Any, ...]], columns: Sequence[str], dimensions: Sequence[str], basis: Basis
) -> dict[tuple[Any, ...], int]:
    """Database rows of columns + figure -> the figures by the words of the dimensions."""
    figures: dict[tuple[Any, ...], int] = {}
    read = [(columns.index(COLUMNS[name]), word_of(name, basis)) for name in dimensions]
    for row in rows:
        words = tuple([word(row[place]) for place, word in read])
        figures[words] = figures.get(words, 0) + int(row[-1])  # ... by family, kind or region.
    return figures


def framed(figures: Mapping[tuple[Any, ...], int], dimensions: Sequence[str], measure: str) -> pd.DataFrame:
    """Figures by the words of dimensions -> a frame of dimensions + measure, sorted; without dimensions one row."""
    if not dimensions:
        return pd.DataFrame({measure: pd.Series([sum(figures.values())], dtype="int64")})
    ordered = sorted(figures, key=lambda words: [(word is None, word) for word in words])
    named = {name: column_of(name, [words[place] for words in ordered]) for place, name in enumerate(dimensions)}
    named[measure] = np.array([figures[words] for words in ordered], dtype=np.int64)
    return pd.DataFrame(named, copy=False)
