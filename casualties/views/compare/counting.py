"""Counting what is compared: one count for all items, their incidents, their windows and their rates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from casualties.charts.window_titles import Line, line_of
from casualties.charts.wording import ALL_CAUSES
from casualties.choices import Cause
from casualties.counts import count, count_by_incident, count_each, open_period
from casualties.filters import Selection
from casualties.frames import CAUSE, MISSION, NATIONALITY, PERSONS, YEAR
from casualties.trends.fractions import mark_uniformed
from casualties.trends.live import why_a_selection_has_no_rate
from casualties.trends.rates import NoRate
from casualties.trends.series_years import strengths_of_selection
from casualties.trends.several import windows_of_each
from casualties.trends.side_by_side import Beside, rates_side_by_side
from casualties.views import states
from casualties.views.adding import added
from casualties.views.compare.asking import Asked, Item
from casualties.views.headlines import ANY_TIME
from casualties.views.one_series import touched

DIMENSION = {"mission": MISSION, "contributor": NATIONALITY}


@dataclass(frozen=True)
class Compared:
    """One item with its figures. `years` are those of its series within the period asked for; `line` are its windows
    of all counted causes together and `windows` their frame, None for a period; `incidents` None where they cannot be
    counted."""

    item: Item
    years: range
    counts: pd.DataFrame
    incidents: int | None
    line: Line | None
    windows: pd.DataFrame | None

    @property
    def total(self) -> int:
        return int(self.counts[PERSONS].sum())

    def of_cause(self, cause: str) -> int:
        return int(self.counts.loc[self.counts[CAUSE] == cause, PERSONS].sum())


@dataclass(frozen=True)
class Comparison:
    """The items in the order asked for; `rates` has a row for each (trends.side_by_side); `until` is the last day of
    the open year where one of them reaches into it and days are known."""

    by: str
    selection: Selection
    compared: tuple[Compared, ...]
    rates: pd.DataFrame
    until: date | None

    @property
    def causes(self) -> tuple[str, ...]:
        """The causes that are counted, in their order."""
        return tuple(cause for cause in Cause.values if cause in self.selection.values.get("cause", Cause.values))

    @property
    def cause(self) -> str:
        """The one cause that is counted, or all ("")."""
        return self.causes[0] if len(self.causes) == 1 else ALL_CAUSES

    @property
    def open_year(self) -> int | None:
        last = self.selection.basis.last_covered_year
        return last if any(one.years and one.years[-1] == last for one in self.compared) else None

    @property
    def axis(self) -> range:
        """From the first to the last year of any item."""
        years = [year for one in self.compared for year in one.years]
        return range(min(years), max(years) + 1) if years else range(0)


def comparison(asked: Asked) -> Comparison:
    """Count the items of an address without problems. Raises NotAvailable where the data cannot answer."""
    states.loaded(asked.selection)
    together = _together(asked)
    annual = asked.selection.basis.annual_counts_only
    counts = _counts(asked, together)
    incidents = {} if annual else _incidents(asked)
    lines, years = {}, {}
    windows: dict[str, pd.DataFrame] = {}
    if asked.by == "period":
        for item in asked.items:
            years[item.word] = range(int(item.selection.values["from"][0]), int(item.selection.values["to"][0]) + 1)
    else:
        frames = windows_of_each([item.selection.change(**ANY_TIME) for item in asked.items])
        for item, frame in zip(asked.items, frames, strict=True):
            windows[item.word] = frame
            lines[item.word] = line_of(frame, ALL_CAUSES)
            years[item.word] = touched(frame, item.selection)
    compared = tuple(
        Compared(
            item,
            years[item.word],
            counts[item.word],
            incidents.get(item.word),
            lines.get(item.word),
            windows.get(item.word),
        )
        for item in asked.items
    )
    last = asked.selection.basis.last_covered_year
    reaches = any(one.years and one.years[-1] == last for one in compared) and not annual
    until = open_period(asked.selection)[1] if reaches else None
    return Comparison(asked.by, asked.selection, compared, _rates(asked, together, years), until)


def _together(asked: Asked) -> Selection:
    """One selection that holds the people of all items."""
    if asked.by == "mission":
        return asked.selection.change(mission=asked.words)
    if asked.by == "contributor":
        return asked.selection.change(nationality=asked.words)
    bounds = [int(item.selection.values[name][0]) for item in asked.items for name in ("from", "to")]
    return asked.selection.change(**{"from": min(bounds), "to": max(bounds)})


def _counts(asked: Asked, together: Selection) -> Mapping[str, pd.DataFrame]:
    """By word of the item: year, cause, persons. One query."""
    if asked.by == "period":
        frame = count(together, [YEAR, CAUSE])
        found = {}
        for item in asked.items:
            first, last = (int(item.selection.values[name][0]) for name in ("from", "to"))
            found[item.word] = frame[frame[YEAR].between(first, last)]
        return found
    dimension = DIMENSION[asked.by]
    frame = count(together, [dimension, YEAR, CAUSE])
    return {item.word: added(frame[frame[dimension] == item.word], [YEAR, CAUSE]) for item in asked.items}


def _incidents(asked: Asked) -> Mapping[str, int]:
    """Incidents with at least one selected person, by word of the item. One query."""
    frames = count_each([(item.selection, [], "incidents") for item in asked.items])
    return {item.word: int(frame["incidents"].sum()) for item, frame in zip(asked.items, frames, strict=True)}


def _rates(asked: Asked, together: Selection, years: Mapping[str, range]) -> pd.DataFrame:
    """Rates of the items over their own years; of nationalities there is none, and nobody is read for it."""
    reasons = {item.word: why_a_selection_has_no_rate(item.selection).value for item in asked.items}
    readable = any(reason == NoRate.NONE for reason in reasons.values())
    people = count_by_incident(together) if readable else pd.DataFrame()
    beside = {}
    for item in asked.items:
        strengths = strengths_of_selection(item.selection)
        own = people
        if readable:
            own = people[people[MISSION] == item.word] if asked.by == "mission" else people
            own = mark_uniformed(own[own[YEAR].isin(years[item.word])], strengths)
        beside[item.word] = Beside(own, strengths, years[item.word], reasons[item.word])
    return rates_side_by_side(beside)
