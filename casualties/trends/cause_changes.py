"""Changes of level by cause over a whole series: of the rate where enough years have one, else of the number. Pure."""

from dataclasses import dataclass

import pandas as pd

from casualties.trends.cause_tests import ALL_CAUSES, Subject, columns_by_cause
from casualties.trends.change_points import FEWEST_YEARS, LevelChange, change_of


@dataclass(frozen=True)
class CauseChange:
    """What was found of one cause ("" is all causes), and of what; levels of a rate are per person-year."""

    cause: str
    subject: Subject
    found: LevelChange


def cause_changes(yearly: pd.DataFrame) -> list[CauseChange]:
    """The change of level of every cause in a yearly frame (yearly_rates.YEARLY_COLUMNS), its closed years alone."""
    columns = columns_by_cause(yearly)
    if not columns:
        return []
    by_rate = columns[ALL_CAUSES].has_rates(FEWEST_YEARS)
    found = []
    for cause, own in columns.items():
        if by_rate:
            rated = own.where(own.rated)
            change = change_of(rated.years, rated.covered, rated.person_years)
            found.append(CauseChange(cause, Subject.RATE, change))
        else:
            found.append(CauseChange(cause, Subject.NUMBER, change_of(own.years, own.persons, None)))
    return found
