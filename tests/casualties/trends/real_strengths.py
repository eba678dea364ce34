"""The real release as uniformed persons by month and incident, and the project's own table of person-years."""

from functools import cache
from pathlib import Path

import pandas as pd

from casualties.trends.coverage import mark_covered, mission_strengths
from missions.reference.agreement import ReferenceTables, read_reference
from tests.casualties.trends.release_file import people

TABLES = Path(__file__).parents[3] / "missions" / "reference"
UNIFORMED = ("military", "military-observer", "police")
GROUPED = ("malicious-act", "accident")


@cache
def reference() -> ReferenceTables:
    return read_reference(TABLES)


@cache
def strengths() -> pd.DataFrame:
    """Person-years by mission and year, as mission_strengths() gives them."""
    rows = [
        (row.mission, row.year, row.category, float(row.person_years), row.months, row.months_filled)
        for row in reference().person_years
    ]
    columns = ["mission", "year", "category", "person_years", "months", "months_filled"]
    return mission_strengths(pd.DataFrame(rows, columns=columns))


@cache
def persons() -> pd.DataFrame:
    """All people of the release: mission (by the acronym of the project), year, month, cause, incident, persons 1."""
    acronym = {alias: row.acronym for row in reference().missions for alias in row.aliases}
    frame = people().assign(persons=1)
    frame["mission"] = frame["mission"].replace(acronym)
    frame["month"] = frame["day"].dt.month
    together = frame["mission"] + " " + frame["day"].dt.strftime("%Y-%m-%d") + " " + frame["cause"]
    alone = pd.Series([f"person {n}" for n in range(len(frame))], index=frame.index)
    return frame.assign(incident=together.where(frame["cause"].isin(GROUPED), alone))


@cache
def uniformed() -> pd.DataFrame:
    """Uniformed persons, marked as covered by the person-years or not."""
    frame = persons()
    return mark_covered(frame[frame["personnel"].isin(UNIFORMED)], strengths())
