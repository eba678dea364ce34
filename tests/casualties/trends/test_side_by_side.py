"""Rates side by side: each series over its own years, with exact and clustered intervals, or the reason for none."""

import pandas as pd
import pytest

from casualties.frames import (
    INCIDENT,
    LEFT_OUT,
    MISSION,
    MONTH,
    MONTHS_COVERED,
    NO_RATE,
    PERSONS,
    RATE,
    RATE_HIGH,
    RATE_HIGH_CLUSTERED,
    RATE_LOW,
    RATE_PERSONS,
    YEAR,
)
from casualties.trends.coverage import mission_strengths
from casualties.trends.fractions import mark_uniformed
from casualties.trends.rates import NoRate
from casualties.trends.side_by_side import Beside, rates_side_by_side

ALL_YEAR = list(range(1, 13))


def strengths(*rows: tuple[int, float, list[int]]) -> pd.DataFrame:
    columns = [MISSION, YEAR, "category", "person_years", "months", "months_filled"]
    return mission_strengths(pd.DataFrame([("M", y, "troops", n, months, 0) for y, n, months in rows], columns=columns))


def people(known: pd.DataFrame, *rows: tuple[int, float, int, int]) -> pd.DataFrame:
    """Rows of year, month, incident, persons."""
    frame = pd.DataFrame(
        [("M", year, month, "military", "illness", incident, n) for year, month, incident, n in rows],
        columns=[MISSION, YEAR, MONTH, "personnel", "cause", INCIDENT, PERSONS],
    )
    return mark_uniformed(frame, known)


def test_it_works() -> None:
    """7 of 1,000 person-years: Garwood 2.81 to 14.42; an eighth is outside the months that are covered."""
    known = strengths((2015, 600.0, ALL_YEAR), (2016, 400.0, [1, 2, 3]))
    series = Beside(people(known, (2015, 5, 1, 6), (2016, 2, 2, 1), (2016, 9, 3, 1)), known, range(2015, 2017))
    row = rates_side_by_side({"M": series}).iloc[0]
    assert (row[RATE_PERSONS], row[LEFT_OUT], row[MONTHS_COVERED]) == (7, 1, 15)
    assert row[RATE] == pytest.approx(7.0)
    assert (row[RATE_LOW], row[RATE_HIGH]) == pytest.approx((2.81, 14.42), abs=0.005)
    assert row[RATE_HIGH_CLUSTERED] > row[RATE_HIGH]  # six of the seven in one incident


def test_years_that_are_not_asked_for_count_on_neither_side() -> None:
    known = strengths((2015, 600.0, ALL_YEAR), (2016, 400.0, ALL_YEAR))
    everybody = people(known, (2015, 5, 1, 6), (2016, 2, 2, 2))
    row = rates_side_by_side({"M": Beside(everybody, known, range(2016, 2017))}).iloc[0]
    assert (row[RATE_PERSONS], row["person_years"], row[RATE]) == (2, 400.0, 5.0)


def test_no_rate_has_a_reason_and_no_numbers() -> None:
    known = strengths((2015, 600.0, ALL_YEAR))
    nobody = people(known)
    series = {
        "later": Beside(nobody, known, range(2018, 2020)),
        "civilians": Beside(nobody, known, range(2015, 2016), NoRate.CIVILIANS.value),
        "year only": Beside(
            people(strengths((2015, 600.0, [1, 2])), (2015, float("nan"), 1, 3)),
            strengths((2015, 600.0, [1, 2])),
            range(2015, 2016),
        ),
        "nobody died": Beside(nobody, known, range(2015, 2016)),
    }
    found = rates_side_by_side(series)
    assert list(found[NO_RATE]) == ["no-person-years", "civilians", "months-not-known", ""]
    assert list(found[RATE].isna()) == [True, True, True, False]
    assert found.iloc[3][RATE] == 0.0
    assert found.iloc[3][RATE_HIGH] == pytest.approx(3.69 / 0.6, abs=0.01)
