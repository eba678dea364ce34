"""The lists of the overview: missions, latest incidents, open cases."""

from typing import Any

from django.utils.translation import gettext as _

from casualties.charts.filling import filled
from casualties.charts.open_cases import full_years, open_cases
from casualties.choices import Cause
from casualties.frames import CAUSE, DAY, MISSION, PERSONS, YEAR
from casualties.views.addresses import counts_csv_url, incidents_url, open_cases_url
from casualties.views.incident_rows import incident_people, latest_incidents
from casualties.views.leads import leading
from casualties.views.open_cases.tables import ages_csv_url, ages_linked, longest_lead
from casualties.views.operations import added_up, current_window, operations
from casualties.views.overview.known import OPEN, Known
from casualties.views.scope_bar import scope_in_words

SHOWN_MISSIONS = 16
SHOWN_INCIDENTS = 10
SHOWN_CASES = 7


def missions(known: Known) -> dict[str, Any]:
    """The missions with the most deaths, what the others have together, and all of them."""
    rows = operations(known.selection, known.counts, known.axis)
    rows = sorted((row for row in rows if row.persons), key=lambda row: -row.persons)
    first, last = current_window(known.selection.basis)
    return {
        "operations": rows[:SHOWN_MISSIONS],
        "other_operations": added_up(
            rows[SHOWN_MISSIONS:], known.selection.change(mission=[row.acronym for row in rows[SHOWN_MISSIONS:]])
        ),
        "all_operations": added_up(rows, known.selection),
        "window_first": first,
        "window_last": last,
        "axis": (known.axis[0], known.axis[len(known.axis) // 2], known.axis[-1]),
        "operations_csv_url": counts_csv_url(known.selection, [MISSION, YEAR, CAUSE]),
    }


def latest(known: Known) -> dict[str, Any]:
    if known.until is None:
        return {"incidents": None}
    people = incident_people(known.selection, latest=SHOWN_INCIDENTS)
    return {
        "incidents": latest_incidents(known.selection, people, SHOWN_INCIDENTS),
        "incidents_url": incidents_url(known.selection),
    }


def cases(known: Known) -> dict[str, Any]:
    """Work to do, not news: open cases by age, and those that have waited longest."""
    if known.cases is None:
        return {"open_cases": None}
    selection, unknown = known.selection.change(cause=OPEN), known.of_cause(Cause.UNKNOWN.value)
    longest = known.cases.dropna(subset=[DAY]).sort_values([DAY, MISSION]).head(SHOWN_CASES)
    led = leading(known.selection)(unknown, cause=Cause.UNKNOWN.value)
    chart = open_cases(
        [age.total for age in known.ages],
        int(known.cases[PERSONS].sum()),
        id="open-cases",
        on=known.released_on,
        scope=scope_in_words(selection),
        caveat=filled(_("%(n)s deaths have an unknown cause."), {"n": led}),
        csv_url=ages_csv_url(selection),
        source=known.source,
        lead=leading(selection),
        lead_longest=longest_lead(known.ages),
    )
    return {
        "open_cases": ages_linked(chart, known.ages, incidents_url(selection)),
        "longest": [
            {
                "day": day,
                "mission": mission,
                "persons": persons,
                "years": full_years(day, known.released_on),
                "url": incidents_url(selection, mission=mission, date_from=day.isoformat(), date_to=day.isoformat()),
            }
            for day, mission, persons in longest[[DAY, MISSION, PERSONS]].itertuples(index=False, name=None)
        ],
        "cases_url": open_cases_url(known.selection),
        "cases_count": known.of_cause(OPEN),
    }
