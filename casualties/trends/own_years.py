"""The years of what stands side by side in one table: each mission and family has its own, and so has each gender.

A year outside them does not exist: nobody in it is no 0. Years of kinds, regions, contributors and causes are those of
the whole table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from casualties.counts import genders_since
from casualties.filters import NOT_RECORDED, PERIOD, Selection
from casualties.frames import CAUSE, FAMILY, GENDER, MISSION, YEAR
from casualties.trends.series_years import SeriesRecords, years_of_missions


@dataclass(frozen=True)
class OwnYears:
    """Of a selection, asked of it when first wanted, and once."""

    selection: Selection

    def knows(self, where: Mapping[str, Any]) -> bool:
        """Whether nobody under these values (by the names of dimensions) is a counted 0."""
        year = where.get(YEAR)
        if year is None:
            return True
        if where.get(GENDER, NOT_RECORDED) != NOT_RECORDED and year < self._genders.get(where[GENDER], year + 1):
            return False
        ranges = (self._years[name].get(where[name]) for name in (MISSION, FAMILY) if name in where)
        return all(years is None or year in years for years in ranges)

    @cached_property
    def _genders(self) -> Mapping[str, int]:
        return genders_since(self.selection)

    @cached_property
    def _years(self) -> Mapping[str, Mapping[str, range]]:
        """By dimension and word; a family that is none is a mission that stands for itself."""
        anytime = self.selection.change(**dict.fromkeys((*PERIOD, CAUSE)))
        entries = anytime.basis.missions
        years = years_of_missions(anytime, SeriesRecords(anytime))
        families: dict[str, list[range]] = {}
        for acronym, own in years.items():
            families.setdefault(entries[acronym].family or acronym, []).append(own)
        joined = {
            family: range(min(own.start for own in owns), max(own.stop for own in owns))
            for family, owns in families.items()
        }
        return {MISSION: years, FAMILY: joined}


def open_from_january(selection: Selection, years: Iterable[int]) -> list[int]:
    """Those of the years of a series in which it was open on 1 January, so that their days compare with those of later
    years. One that has no opening, or whose opening is not established, is in all of them."""
    chosen = selection.mission_ids
    if chosen is None or {MISSION, FAMILY}.isdisjoint(selection.values):
        return list(years)
    starts = [entry.started_on for entry in selection.basis.missions.values() if entry.id in chosen]
    known = [start for start in starts if start is not None]
    if not known or len(known) < len(starts):
        return list(years)
    return [year for year in years if date(year, 1, 1) >= min(known)]
