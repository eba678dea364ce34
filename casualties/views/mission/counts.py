"""What the parts of a mission's page share: one count, the years it spans, and the day to which it reaches."""

from dataclasses import dataclass

from casualties.charts import wording
from casualties.filters import Selection
from casualties.frames import NATIONALITY, PERSONNEL
from casualties.views.one_series import SeriesCounts, counted_series


@dataclass(frozen=True, kw_only=True)
class MissionCounts(SeriesCounts):
    """`counts` is by year, cause, personnel and nationality; `members` are the missions that are counted together."""

    acronym: str
    members: tuple[str, ...]

    @property
    def name(self) -> str:
        """ "MONUSCO", or "MONUC and MONUSCO" of a family."""
        return wording.listed(self.members)

    @property
    def years_looked_at(self) -> range:
        """The years of the series; where the end of a mission without records is not known, all since it began."""
        last, missions = self.selection.basis.last_covered_year, self.selection.basis.missions
        ends = all(missions[member].ended_on or missions[member].ended for member in self.members)
        if self.total or ends or not self.axis or self.has_period or last is None:
            return self.axis
        return range(self.axis[0], last + 1)

    @property
    def still_open(self) -> bool:
        return any(self.selection.basis.missions[member].active for member in self.members)


def mission_counts(selection: Selection, acronym: str) -> MissionCounts:
    """Count a mission's selection. Raises NotAvailable where the data cannot answer."""
    family = selection.one("family")
    members = selection.basis.families[family] if family else (acronym,)
    counted = counted_series(selection, [PERSONNEL, NATIONALITY])
    return MissionCounts(**counted, acronym=acronym, members=members)
