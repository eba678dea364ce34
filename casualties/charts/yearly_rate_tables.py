"""Yearly rates as a table, with the years that have a rate taken together at its foot."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Cell, Heading, Row, Table, cell, words
from casualties.charts.rate_tables import interval_words, rate_words
from casualties.frames import (
    LEFT_OUT,
    MONTHS_COVERED,
    PERSON_YEARS,
    PROVISIONAL,
    RATE,
    RATE_HIGH,
    RATE_LOW,
    RATE_PERSONS,
    UNDATED,
    YEAR,
)
from casualties.trends.rates import rates
from casualties.trends.yearly_rates import MONTHS_IN_YEAR

Year = Mapping[Hashable, Any]
"""A row of trends.yearly_rates.YEARLY_COLUMNS. A page goes through its rows a dozen times, which is slow in a frame."""


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """The years of a series that have a rate, taken together; without any, no rate."""

    name: str
    uniformed: int
    persons: int
    person_years: float
    months: int
    years: int
    rate: float | None
    low: float | None
    high: float | None


def rows_of(frame: pd.DataFrame) -> Sequence[Year]:
    """The rows of one cause of a yearly frame; to_dict() would take twice as long for these few."""
    columns = (frame[name].tolist() for name in frame.columns)
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def rated(rows: Iterable[Year]) -> list[Year]:
    """The years that have a rate."""
    return [row for row in rows if not wording.is_missing(row[RATE])]


def of_years(rows: Iterable[Year], others: Iterable[Year]) -> list[Year]:
    """The rows of the years of others."""
    years = {row[YEAR] for row in others}
    return [row for row in rows if row[YEAR] in years]


def pooled(rows: Sequence[Year]) -> Pooled:
    """Persons over person-years of all years with a rate; the interval is that of their sum."""
    chosen = rated(rows)
    persons, person_years = added(chosen, RATE_PERSONS), float(np.sum([row[PERSON_YEARS] for row in chosen]))
    rate = low = high = None
    if person_years:
        rate, low, high = (float(one[0]) for one in rates([persons], [person_years]))
    years = [int(row[YEAR]) for row in chosen]
    return Pooled(
        name=wording.years(years[0], years[-1]) if years else wording.NOT_AVAILABLE,
        uniformed=sum(uniformed(row) or 0 for row in chosen),
        persons=persons,
        person_years=person_years,
        months=added(chosen, MONTHS_COVERED),
        years=len(years),
        rate=rate,
        low=low,
        high=high,
    )


def added(rows: Iterable[Year], name: str) -> int:
    """A column of counts added up, without missing ones."""
    return sum(int(row[name]) for row in rows if not wording.is_missing(row[name]))


def uniformed(row: Year) -> int | None:
    """All uniformed persons of a year, in the rate or not; None where the group has no denominator at all."""
    if wording.is_missing(row[LEFT_OUT]) or wording.is_missing(row[UNDATED]):
        return None
    return int(row[LEFT_OUT] + row[UNDATED]) + added([row], RATE_PERSONS)


def star(row: Year) -> str:
    """The sign of a year whose rate does not cover all its months."""
    return "" if wording.is_missing(row[RATE]) or row[MONTHS_COVERED] == MONTHS_IN_YEAR else "*"


def yearly_table(own: Sequence[Year], others: Sequence[Year] | None, *, outcome: str) -> Table:
    """A row for every year, the years with a rate together at the foot; all other missions in the last columns."""
    headings = [
        Heading(text=_("Year"), number=False),
        Heading(text=_("Uniformed %(noun)s") % {"noun": wording.noun(outcome).lower()}),
        Heading(text=_("In the rate")),
        Heading(text=_("Person-years")),
        Heading(text=_("Months covered")),
        Heading(text=_("Rate per 1,000")),
        Heading(text=_("95% interval")),
    ]
    if others is not None:
        headings += [
            Heading(text=_("All other missions: in the rate")),
            Heading(text=_("Person-years")),
            Heading(text=_("Rate per 1,000")),
            Heading(text=_("95% interval")),
        ]
    beside = {} if others is None else {int(row[YEAR]): row for row in others}
    rows = []
    for row in own:
        year = int(row[YEAR])
        name = words(f"{year}{star(row)}", mark="p" if row[PROVISIONAL] else "")
        cells = (name, cell(uniformed(row), mark="p" if row[PROVISIONAL] else ""), *_rate_cells(row, months=True))
        rows.append(Row(cells=(*cells, *(_rate_cells(beside[year], months=False) if year in beside else ()))))
    whole = pooled(own)
    together = (words(_("%(years)s, years with a rate") % {"years": whole.name}), cell(whole.uniformed))
    if others is not None:
        theirs = pooled(of_years(others, rated(own)))
        foot = (*together, *_pooled_cells(whole, months=True), *_pooled_cells(theirs, months=False))
    else:
        foot = (*together, *_pooled_cells(whole, months=True))
    return Table(headings=tuple(headings), rows=(*rows, Row(cells=foot, total=True)))


def _rate_cells(row: Year, *, months: bool) -> tuple[Cell, ...]:
    if wording.is_missing(row[RATE]):
        blanks = tuple(cell(None) for _column in range(3 if months else 2))
        return (*blanks, Cell(text=_("no rate"), missing=True), cell(None))
    covered = (Cell(text=f"{int(row[MONTHS_COVERED])}/{MONTHS_IN_YEAR}"),) if months else ()
    return (
        cell(row[RATE_PERSONS]),
        Cell(text=wording.person_years(row[PERSON_YEARS])),
        *covered,
        Cell(text=rate_words(row[RATE])),
        Cell(text=interval_words(row[RATE_LOW], row[RATE_HIGH])),
    )


def _pooled_cells(whole: Pooled, *, months: bool) -> tuple[Cell, ...]:
    covered = (Cell(text=f"{whole.months}/{MONTHS_IN_YEAR * whole.years}"),) if months else ()
    if whole.rate is None:
        return (cell(None), cell(None), *covered, Cell(text=_("no rate"), missing=True), cell(None))
    return (
        cell(whole.persons),
        Cell(text=wording.person_years(whole.person_years)),
        *covered,
        Cell(text=rate_words(whole.rate)),
        Cell(text=interval_words(whole.low, whole.high)),
    )
