"""The rate of a selection: its uniformed deaths per 1,000 uniformed person-years, both sides of the same months."""

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from casualties.choices import Scope
from casualties.counts import count
from casualties.filters import Selection
from casualties.frames import MISSION, MONTH, MONTHS, MONTHS_FILLED, PERSON_YEARS, RATE_PERSONS, UNDATED, YEAR
from casualties.trends.coverage import denominators, mark_covered, mission_strengths, numerators
from casualties.trends.rates import REASONS, NoRate, rates
from missions.models import Strength

# Strengths are of all uniformed personnel of a mission: for a part of them there is no denominator.
OF_A_GROUP = ("personnel", "nationality", "gender")
CATEGORY = "category"


@dataclass(frozen=True)
class Rate:
    """The rate, or why there is none."""

    number: Decimal | None
    reason: str = ""


def rate_of(selection: Selection) -> Rate:
    """Rate of a selection of uniformed personnel and whole years (trends.coverage says which months count).

    NotAvailable where only annual counts are loaded, since the months of the incidents are not known.
    """
    if selection.scope not in {Scope.UNIFORMED, Scope.UNIFORMED_PKO}:
        return Rate(None, REASONS[NoRate.CIVILIANS])
    if selection.by_day or any(name in selection.values for name in OF_A_GROUP):
        return Rate(None, REASONS[NoRate.NO_STRENGTH_OF_THE_GROUP])
    persons = count(selection, [MISSION, YEAR, MONTH])
    strengths = _strengths(selection)
    if strengths.empty:
        return Rate(None, REASONS[NoRate.NO_PERSON_YEARS])
    below = denominators(strengths)
    first, last = selection.one("from"), selection.one("to")
    if first and last and set(range(int(first), int(last) + 1)) - set(below[YEAR]):
        return Rate(None, REASONS[NoRate.MONTHS_NOT_COVERED])
    above = numerators(mark_covered(persons, strengths), [YEAR])
    if int(above[UNDATED].sum()):
        return Rate(None, REASONS[NoRate.MONTHS_NOT_KNOWN])
    found, _low, _high = rates([int(above[RATE_PERSONS].sum())], [float(below[PERSON_YEARS].sum())])
    return Rate(Decimal(f"{found[0]:.2f}"))


def _strengths(selection: Selection) -> pd.DataFrame:
    """Person-years of the missions and years of a selection, as mission_strengths() gives them."""
    acronyms = selection.basis.acronym_of
    chosen = Strength.objects.filter(mission__in=acronyms if selection.mission_ids is None else selection.mission_ids)
    if first := selection.one("from"):
        chosen = chosen.filter(year__gte=int(first))
    if last := selection.one("to"):
        chosen = chosen.filter(year__lte=int(last))
    rows = [
        (acronyms[mission], year, category, float(person_years), months, filled)
        for mission, year, category, person_years, months, filled in chosen.values_list(
            "mission_id", "year", "category", "person_years", "months", "months_filled"
        )
    ]
    columns = [MISSION, YEAR, CATEGORY, PERSON_YEARS, MONTHS, MONTHS_FILLED]
    release = selection.release
    frame = pd.DataFrame(rows, columns=columns)
    return frame if frame.empty else mission_strengths(frame, known_until=release.date if release else None)
