"""The real release as a frame, read without any code of the project, to hold the project's figures against."""

import csv
from functools import cache

import pandas as pd

from tests.conftest import REAL_DATA

RELEASE = REAL_DATA / "fatalities-2023-11-28.csv"

PERSONNEL = {
    "Military": "military",
    "Military Observer": "military-observer",
    "Police": "police",
    "International Civilian": "international-civilian",
    "Local": "local-civilian",
    "Other": "other",
}


@cache
def people() -> pd.DataFrame:
    """One row per person, the first of a repeated casualty_id. The nationality is the ISO code or blank."""
    with RELEASE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    frame = pd.DataFrame(rows).drop_duplicates("casualty_id")
    return pd.DataFrame(
        {
            "day": pd.to_datetime(frame["incident_date"]),
            "year": frame["incident_date"].str[:4].astype("int64"),
            "mission": frame["mission_acronym"].str.strip(),
            "cause": frame["type_of_incident"].str.strip().str.lower().str.replace(" ", "-"),
            "personnel": frame["casualty_personnel_type"].str.strip().map(PERSONNEL),
            "nationality": frame["isocode3"],
        }
    )


def by_year(frame: pd.DataFrame, *more: str) -> pd.DataFrame:
    """Persons by year and the further columns, as a GROUP BY gives them."""
    return frame.groupby([*more, "year"]).size().rename("persons").reset_index()
