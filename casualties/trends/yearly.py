"""Yearly rates of any selection, and of all other missions beside it: what the chart, its table and its file show."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from casualties.counts import count_by_incident
from casualties.filters import Selection
from casualties.frames import CAUSE, MISSION, YEAR
from casualties.trends.coverage import COVERAGE, denominators, numerators
from casualties.trends.fractions import by_group, mark_uniformed, persons_by
from casualties.trends.live import why_a_selection_has_no_rate
from casualties.trends.series_years import NOT_OF_THE_SERIES, SeriesRecords, series_years, strengths_of_selection
from casualties.trends.yearly_rates import YEARLY_COLUMNS, yearly_rates

WHOSE = "whose"
SELECTED, OTHERS = "selection", "other-missions"
OF_THE_SERIES = NOT_OF_THE_SERIES - {"outcome"}


def yearly(
    selection: Selection,
    groups: Mapping[str, Sequence[str]],
    *,
    years: range | None = None,
    with_others: bool = True,
    records: SeriesRecords | None = None,
    own: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Rows of yearly_rates() for groups of causes by name, with a column `whose` in front.

    Filters by cause, year and day are left aside: `years` are those of the series unless fewer are asked for. Where the
    selection names missions, all other missions stand below it under the same filters and in the same years
    (OTHERS), unless they are not wanted: they are most of the work. One query, besides that of the years, unless
    `records` of the selection at any time have been read. `own` are the rows of the selection where they are known.
    Raises SelectionRefused.
    """
    selection.refuse_problems()
    anytime = selection.change(**dict.fromkeys(OF_THE_SERIES))
    read = records or SeriesRecords(anytime)
    years = series_years(anytime, read) if years is None else years
    if MISSION not in anytime.values or not with_others:
        rows = _rated(anytime, read.people, read.strengths, groups, years) if own is None else own
        return rows.assign(**{WHOSE: SELECTED})[_columns()]
    world = anytime.change(mission=None)
    if years:
        world = world.change(**{"from": years[0], "to": years[-1]})
    people = count_by_incident(world)
    mine = people[MISSION].isin(anytime.values[MISSION])
    if own is None:
        own = _rated(anytime, mark_uniformed(people[mine], read.strengths), read.strengths, groups, years)
    every = strengths_of_selection(world)
    others = every[~every[MISSION].isin(anytime.values[MISSION])]
    beside = _rated(world, mark_uniformed(people[~mine], others), others, groups, years)
    rows = pd.concat([own, beside], ignore_index=True)
    rows[WHOSE] = np.repeat([SELECTED, OTHERS], [len(own), len(beside)])
    return rows[_columns()]


def _rated(
    selection: Selection,
    people: pd.DataFrame,
    strengths: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
    years: range,
) -> pd.DataFrame:
    """Yearly rates of people of a selection, marked by these strengths."""
    release = selection.release
    marked = by_group(people, groups)
    is_open = release is not None and release.last_year_is_provisional
    return yearly_rates(
        persons_by(marked, [CAUSE, YEAR]),
        numerators(marked[marked[COVERAGE] != ""], [CAUSE, YEAR]),
        denominators(strengths),
        causes=groups,
        years=years,
        reason=why_a_selection_has_no_rate(selection).value,
        provisional_year=release.last_covered_year if release and is_open else None,
    )


def _columns() -> list[str]:
    return [WHOSE, *YEARLY_COLUMNS]
