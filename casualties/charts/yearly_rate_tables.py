"""Yearly rates as a table, with the years that have a rate taken together at its foot."""

from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """The years of a frame that have a rate, taken together; without any, no rate."""

    name: str
    uniformed: int
    persons: int
    person_years: float
    months: int
    years: int
    rate: float | None
    low: float | None
    high: float | None


def pooled(frame: pd.DataFrame) -> Pooled:
    """Persons over person-years of all years with a rate; the interval is that of their sum."""
    rated = frame[frame[RATE].notna()]
    persons, person_years = int(rated[RATE_PERSONS].sum()), float(rated[PERSON_YEARS].sum())
    rate = low = high = None
    if person_years:
        rate, low, high = (float(one[0]) for one in rates([persons], [person_years]))
    years = [int(year) for year in rated[YEAR]]
    return Pooled(
        name=wording.years(years[0], years[-1]) if years else wording.NOT_AVAILABLE,
        uniformed=int(uniformed(rated).sum()),
        persons=persons,
        person_years=person_years,
        months=int(rated[MONTHS_COVERED].sum()),
        years=len(years),
        rate=rate,
        low=low,
        high=high,
    )


def uniformed(frame: pd.DataFrame) -> "pd.Series[Any]":
    """All uniformed persons of each row, in the rate or not; missing where the group has no denominator at all."""
    known = frame[LEFT_OUT] + frame[UNDATED]
    return known + frame[RATE_PERSONS].fillna(0)


def star(row: dict[Any, Any]) -> str:
    """The sign of a year whose rate does not cover all its months."""
    return "" if wording.is_missing(row[RATE]) or row[MONTHS_COVERED] == MONTHS_IN_YEAR else "*"


def yearly_table(own: pd.DataFrame, others: pd.DataFrame | None, *, outcome: str) -> Table:
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
    beside = {} if others is None else {int(row[YEAR]): row for row in others.to_dict("records")}
    everybody = uniformed(own)
    rows = []
    for row, people in zip(own.to_dict("records"), everybody, strict=True):
        year = int(row[YEAR])
        name = words(f"{year}{star(row)}", mark="p" if row[PROVISIONAL] else "")
        cells = (name, cell(people, mark="p" if row[PROVISIONAL] else ""), *_rate_cells(row, months=True))
        rows.append(Row(cells=(*cells, *(_rate_cells(beside[year], months=False) if year in beside else ()))))
    whole = pooled(own)
    together = (words(_("%(years)s, years with a rate") % {"years": whole.name}), cell(whole.uniformed))
    if others is not None:
        theirs = pooled(others[others[YEAR].isin(own.loc[own[RATE].notna(), YEAR])])
        foot = (*together, *_pooled_cells(whole, months=True), *_pooled_cells(theirs, months=False))
    else:
        foot = (*together, *_pooled_cells(whole, months=True))
    return Table(headings=tuple(headings), rows=(*rows, Row(cells=foot, total=True)))


def _rate_cells(row: dict[Any, Any], *, months: bool) -> tuple[Cell, ...]:
    if wording.is_missing(row[RATE]):
        blanks = tuple(cell(None) for _column in range(3 if months else 2))
        return (*blanks, Cell(text=_("no rate"), missing=True), cell(None))
    covered = (Cell(text=f"{int(row[MONTHS_COVERED])}/{MONTHS_IN_YEAR}"),) if months else ()
    return (
        cell(row[RATE_PERSONS]),
        cell(round(row[PERSON_YEARS])),
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
        cell(round(whole.person_years)),
        *covered,
        Cell(text=rate_words(whole.rate)),
        Cell(text=interval_words(whole.low, whole.high)),
    )
