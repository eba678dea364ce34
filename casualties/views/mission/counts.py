"""What the parts of a mission's page share: one count, the years it spans, and the day to which it reaches."""

from dataclasses import dataclass

from casualties.filters import Selection
from casualties.frames import NATIONALITY, PERSONNEL
from casualties.views.one_series import SeriesCounts, counted_series


@dataclass(frozen=True, kw_only=True)
class MissionCounts(SeriesCounts):
    """`counts` is by year, cause, personnel and nationality."""

    acronym: str


def mission_counts(selection: Selection, acronym: str) -> MissionCounts:
    """Count a mission's selection. Raises NotAvailable where the data cannot answer."""
    return MissionCounts(**counted_series(selection, [PERSONNEL, NATIONALITY]), acronym=acronym)
