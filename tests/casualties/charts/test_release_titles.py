"""The sentences over the real release of 28 November 2023, each checked by hand against the file."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from casualties.charts.same_days import same_days
from casualties.charts.shares import shares
from casualties.charts.spark import spark
from casualties.charts.window_tables import highest_windows
from casualties.charts.windows import rolling_windows, windows_by_cause
from casualties.charts.years import years_by_cause
from casualties.choices import Cause
from tests.casualties.charts.frames_of import drawn
from tests.casualties.trends.release_file import by_year, people
from tests.casualties.trends.windows_of import five_year_windows

pytestmark = pytest.mark.realdata
SCOPE = "all peace operations, all personnel"


def all_windows(frame: pd.DataFrame, *, first: int, last: int, first_open: int | None = None) -> pd.DataFrame:
    options: dict[str, Any] = {
        "first_year": first,
        "last_covered_year": 2023,
        "last_year_provisional": True,
        "first_open": first_open,
    }
    by_cause = by_year(frame, "cause")
    whole = by_year(frame).assign(cause="")
    return pd.concat([five_year_windows(counts, **options, last_year=last) for counts in (by_cause, whole)])


def test_the_world_by_year() -> None:
    found = years_by_cause(
        by_year(people(), "cause"), id="w", last_year=2023, provisional=True, scope=SCOPE, through=date(2023, 11, 21)
    )
    assert found.title == (
        "From 2003 to 2022 between 90 and 173 people died each year; "
        "illness was the largest single cause in 18 of those 20 years"
    )
    assert found.subtitle == (
        "Deaths per calendar year by cause, 1948 to 2023 (p, to 21 November). All peace operations, all personnel."
    )
    assert found.caveat == "1951, 1954 and 1955 are counted zeros."
    assert [cell.text for cell in found.table.rows[-1].cells] == [
        "1948–2023", "1,118", "1,393", "1,513", "137", "144", "39", "4,344",
    ]  # fmt: skip
    assert [label.text for label in drawn(found).layout.annotations] == ["1993: 252", "2010: 173", "1961: 155", "63 p"]


def test_minusma_by_year() -> None:
    frame = people()[people()["mission"] == "MINUSMA"]
    found = years_by_cause(by_year(frame, "cause"), id="m", last_year=2023, provisional=True, scope="MINUSMA")
    assert found.title == "Malicious acts were the largest single cause in nine of the ten years 2013 to 2022"
    assert [cell.text for cell in found.table.rows[-1].cells][1:] == ["174", "38", "83", "0", "14", "2", "311"]


def test_the_worlds_windows() -> None:
    frame = all_windows(people(), first=1948, last=2023)
    found = rolling_windows(frame, id="w", scope=SCOPE)
    assert found.title == "Deaths by malicious acts over five years were highest in 1992–96, with 259; 2018–22 had 127"
    said = [label.text for label in drawn(found).layout.annotations]
    assert said == ["Record: 259<br>1992–96", "107 (p)", "203<br>2013–17", "141<br>1960–64"]
    assert len(found.table.rows) == 72
    rows = highest_windows(frame, Cause.MALICIOUS_ACT, outcome="fatality").rows
    assert [[cell.text for cell in row.cells] for row in rows][:2] == [["1992–96", "259", "1"], ["2013–17", "203", "5"]]
    assert [cell.text for cell in rows[-1].cells] == ["Now: 2019–23", "107", "(21)"]


def test_the_worlds_causes() -> None:
    found = windows_by_cause(all_windows(people(), first=1948, last=2023), id="w", scope=SCOPE)
    assert found.title == "In 2018–22 the largest cause was illness, with 306 of 575 deaths"
    notes = {panel.sign: panel.note for panel in found.panels}
    assert notes["malicious-act"] == "Highest 1992–96: 259. Now 2019–23 (p): 107."
    assert notes["self-inflicted"] == "Highest 1992–96 and 1993–97: 28. Now 2019–23 (p): 6."
    assert notes["unknown"] == "Highest 2018–22: 16. Now 2019–23 (p): 17."  # the open window is not ranked


def test_minusmas_windows() -> None:
    frame = people()[people()["mission"] == "MINUSMA"]
    found = rolling_windows(
        all_windows(frame, first=2013, last=2023, first_open=2013),
        id="m",
        scope="MINUSMA",
        causes=("malicious-act", ""),
    )
    assert found.title == "Deaths by malicious acts over five years were highest in 2014–18, with 102; 2018–22 had 74"
    drawn = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in found.table.rows}
    assert drawn["2013–17"] == ["95", "155", ""]
    assert drawn["2019–23"] == ["68", "134", "provisional"]
    assert drawn["2012–16"] == ["71", "113", "not complete"]


def test_minusma_beside_all_others() -> None:
    frame = people()[people()["year"].between(2013, 2023)].assign(persons=1)
    mine = frame["mission"] == "MINUSMA"
    found = shares(
        frame[mine],
        frame[~mine],
        id="s",
        name="MINUSMA",
        others_name="all other missions",
        span="2013 to 2023 (p)",
        scope="all",
    )
    assert found.title == "Malicious acts: 56% of deaths in MINUSMA, 17% in all other missions"


def test_this_year_beside_the_same_days() -> None:
    through = date(2023, 11, 21)
    until = people()[people()["day"].dt.strftime("%m-%d") <= "11-21"]
    found = same_days(by_year(until[until["year"] >= 2018]), id="d", through=through, scope=SCOPE)
    assert found.title == (
        "63 people died in 2023 up to 21 November, against 91 to 122 in the same days of the five years before"
    )


def test_the_peak_of_a_mission() -> None:
    counts = by_year(people()[people()["mission"] == "UNIFIL"], "cause").set_index("year")
    malicious: dict[Any, int] = counts[counts["cause"] == "malicious-act"]["persons"].to_dict()
    rest: dict[Any, int] = counts[counts["cause"] != "malicious-act"].groupby(level="year")["persons"].sum().to_dict()
    assert spark(malicious, rest, first_year=1948, last_year=2023).peak == "1986: 24"
