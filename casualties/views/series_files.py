"""The files of one series, early on its page, its latest incidents, and the days with the most people."""

from typing import Any

from casualties.frames import CAUSE, NATIONALITY, YEAR
from casualties.views import headlines
from casualties.views.addresses import (
    casualties_csv_url,
    counts_csv_url,
    incidents_url,
    revisions_url,
    trends_csv_url,
    trends_url,
)
from casualties.views.incident_rows import days_with_most, incident_people, latest_incidents
from casualties.views.one_series import SeriesCounts, days_linked

SHOWN_INCIDENTS = 8
SHOWN_DAYS = 8


def files(known: SeriesCounts) -> dict[str, Any]:
    """Downloads, early on the page: briefers come for them."""
    selection = known.selection
    return {
        "casualties_csv_url": casualties_csv_url(selection),
        "counts_csv_url": counts_csv_url(selection, [YEAR, CAUSE]),
        "windows_csv_url": trends_csv_url(selection, by_cause="cause" not in selection.fixed),
        "windows_url": trends_url(selection, **headlines.ANY_TIME),
        "incidents_url": incidents_url(selection),
        "revisions_url": revisions_url(selection),
        "total": known.total,
    }


def latest(known: SeriesCounts) -> dict[str, Any]:
    """The latest incidents; None where only annual counts are loaded."""
    if known.selection.basis.annual_counts_only:
        return {"incidents": None}
    people = incident_people(known.selection)
    return {
        "incidents": latest_incidents(known.selection, people, SHOWN_INCIDENTS),
        "incidents_count": len({row.key for row in people}),
    }


def days_and_latest(known: SeriesCounts) -> dict[str, Any]:
    """Days with the most people, latest incidents, and how many there are, from one reading of the incidents."""
    if known.selection.basis.annual_counts_only:
        return {"incidents": None, "days": None}
    people = incident_people(known.selection)
    days, more_days = days_with_most(known.selection, people, SHOWN_DAYS)
    return {
        "incidents": latest_incidents(known.selection, people, SHOWN_INCIDENTS),
        "incidents_count": len({row.key for row in people}),
        **days_linked(known, days, more_days, [CAUSE, NATIONALITY]),
    }
