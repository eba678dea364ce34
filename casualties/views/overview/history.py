"""The whole history first: years by cause, with words beside the highest."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Embed
from casualties.charts.years import years_by_cause
from casualties.frames import CAUSE, MISSION, YEAR
from casualties.views.adding import added, most_first
from casualties.views.addresses import counts_csv_url
from casualties.views.leads import leading
from casualties.views.linked import years_linked
from casualties.views.overview.known import Known
from casualties.views.revised_marks import revised_in
from casualties.views.scope_bar import scope_in_words

NOTED_YEARS = 3
APART = 12  # years between two named peaks, so that their words do not meet


def by_year(known: Known) -> Embed:
    """The whole history first."""
    chart = years_by_cause(
        added(known.counts, [YEAR, CAUSE]),
        id="deaths-by-year",
        first_year=known.axis[0],
        last_year=known.open_year,
        provisional=True,
        through=known.until,
        scope=scope_in_words(known.selection),
        notes=_notes(known),
        caveat=_("Years are calendar years of the incident. Civilian deaths were seldom recorded before 1990."),
        csv_url=counts_csv_url(known.selection, [YEAR, CAUSE]),
        source=known.source,
        height=380,
        lead=leading(known.selection),
    )
    return years_linked(chart, known.selection, revised_in(known.selection))


def _notes(known: Known) -> dict[int, str]:
    """Words beside the highest closed years: the missions in which at least half of the deaths were."""
    notes: dict[int, str] = {}
    for year, total in most_first(known.counts[known.counts[YEAR] < known.open_year], YEAR):
        if len(notes) == NOTED_YEARS:
            break
        if all(abs(year - other) >= APART for other in notes):
            notes[year] = _most_of(most_first(known.counts[known.counts[YEAR] == year], MISSION), total)
    return notes


def _most_of(missions: Sequence[tuple[str, int]], total: int) -> str:
    """ "ONUC 141", or the fewest missions that have half of the year's deaths; blank where that takes more than two."""
    named, sum_of_named = [], 0
    for acronym, persons in missions[:2]:
        named.append(f"{acronym} {wording.count(persons)}")
        sum_of_named += persons
        if 2 * sum_of_named >= total:
            return ", ".join(named)
    return ""
