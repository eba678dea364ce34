"""Which reports there are: one row per table, everything else follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casualties.choices import Outcome
from casualties.counts import Measure
from casualties.frames import CAUSE, MISSION, MONTH, NATIONALITY, PERSONNEL, SEVERITY, YEAR


@dataclass(frozen=True, kw_only=True)
class Report:
    """A table: `rows` are one dimension, or two, of which the first has sub-totals; `columns` is one or none.

    `classic` is the name under which the UN publishes it; a report that somebody builds has none. `one_year`: months of
    several years are not added.
    """

    name: str
    title: str | Promise
    rows: tuple[str, ...]
    classic: str = ""
    columns: str = ""
    outcome: Outcome = Outcome.FATALITY
    measure: Measure = "persons"
    one_year: bool = False

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What it is counted by."""
        return (*self.rows, self.columns) if self.columns else self.rows


_ALL = (
    Report(name="by-year", title=_("Deaths by year"), classic="Fatalities by Year", rows=(YEAR,)),
    Report(name="by-mission", title=_("Deaths by mission"), classic="Fatalities by Mission", rows=(MISSION,)),
    Report(
        name="by-year-and-cause",
        title=_("Deaths by year and cause"),
        classic="Fatalities by Year and Incident Type",
        rows=(YEAR,),
        columns=CAUSE,
    ),
    Report(
        name="by-mission-and-cause",
        title=_("Deaths by mission and cause"),
        classic="Fatalities by Mission and Incident Type",
        rows=(MISSION,),
        columns=CAUSE,
    ),
    Report(
        name="by-mission-and-year",
        title=_("Deaths by mission and year"),
        classic="Fatalities by Mission and Year",
        rows=(MISSION,),
        columns=YEAR,
    ),
    Report(
        name="by-mission-and-personnel",
        title=_("Deaths by mission and type of personnel"),
        classic="Fatalities by Mission and Appointment Type",
        rows=(MISSION,),
        columns=PERSONNEL,
    ),
    Report(
        name="by-nationality-and-mission",
        title=_("Deaths by nationality and mission"),
        classic="Fatalities by Nationality and Mission",
        rows=(NATIONALITY, MISSION),
    ),
    Report(
        name="by-nationality-and-cause",
        title=_("Deaths by nationality and cause"),
        classic="Fatalities by Nationality and Incident Type",
        rows=(NATIONALITY,),
        columns=CAUSE,
    ),
    Report(
        name="by-month-and-cause",
        title=_("Deaths by month of a year and cause"),
        classic="Fatalities by Month",
        rows=(MONTH,),
        columns=CAUSE,
        one_year=True,
    ),
    Report(
        name="injuries-by-mission-cause-and-severity",
        title=_("Injuries by mission, cause and severity"),
        classic="Injuries by Mission, Incident Type and Severity",
        rows=(MISSION, CAUSE),
        columns=SEVERITY,
        outcome=Outcome.INJURY,
    ),
)
REPORTS: Mapping[str, Report] = {report.name: report for report in _ALL}
