"""Rates of windows in a table: both sides of the fraction, intervals, comparison, and why there is none."""

import pandas as pd
import pytest

from casualties.charts.rate_tables import rate_notes, rate_sentence, rate_words, rates_by_window
from casualties.trends.coverage import denominators, mission_strengths
from casualties.trends.fractions import fractions, mark_uniformed, why_no_rate
from casualties.trends.window_statistics import add_statistics
from casualties.trends.windows import SPAN_COLUMNS, windows_of_series
from tests.casualties.charts.frames_of import M

SPANS = pd.DataFrame([(M, 2004, 2018, None, None, ())], columns=["cause", *SPAN_COLUMNS])
EVERY_MONTH = tuple(range(1, 13))


def people(*, personnel: str = "military") -> pd.DataFrame:
    """Two soldiers of one incident in May of each year, in 2004-13 alone."""
    years = range(2004, 2014)
    return pd.DataFrame(
        {"mission": "A", "year": years, "month": 5, "personnel": personnel, "cause": M, "incident": years, "persons": 2}
    )


def frame(*, until: int = 2018, personnel: str = "military", reason: str = "") -> pd.DataFrame:
    """Windows of 2004-18 with 1,000 person-years in each year to `until`; January of 2006 is not covered."""
    strengths = mission_strengths(
        pd.DataFrame(
            {
                "mission": "A",
                "year": range(2004, until + 1),
                "category": "troops",
                "person_years": 1000,
                "months": [EVERY_MONTH[1:] if year == 2006 else EVERY_MONTH for year in range(2004, until + 1)],
                "months_filled": 0,
            }
        )
    )
    marked = mark_uniformed(people(personnel=personnel), strengths)
    counts = marked.groupby(["cause", "year"], as_index=False)[["persons"]].sum()
    windows = windows_of_series(counts, SPANS, last_covered_year=2018, last_year_provisional=False)
    parts = fractions(marked, denominators(strengths), ["cause", "year"])
    return add_statistics(
        windows,
        SPANS,
        numerators=parts.numerators,
        denominators=parts.denominators,
        sizes=parts.sizes,
        rate_sizes=parts.rate_sizes,
        reasons=[reason] * len(windows),
    )


def texts(windows: pd.DataFrame, name: str) -> list[str]:
    rows = rates_by_window(windows, M, outcome="fatality").rows
    return next([cell.text for cell in row.cells] for row in rows if row.cells[0].text == name)


def test_it_works() -> None:
    found = frame()
    assert texts(found, "2009–13") == [
        "2009–13", "10", "10", "5,000", "60/60", "2.00", "0.96 to 3.68", "0.65 to 4.67",
        "1.00 (0.37 to 2.68)", "rates",
    ]  # fmt: skip
    assert texts(found, "2004–08")[4:6] == ["59/60", "2.00"]
    assert texts(found, "2014–18")[5:] == ["0.00", "0.00 to 0.74", "0.00 to 0.74", "0.00 (0.00 to 0.45)", "rates"]
    assert rate_sentence(found, M, outcome="fatality").startswith("In 2014–18, the last complete window with a rate")


def test_windows_without_a_rate_say_why() -> None:
    found = frame(until=2013)
    assert texts(found, "2010–14")[2:8] == ["–", "–", "–", "no rate", "–", "–"]
    assert texts(found, "2014–18")[-1] == "counts"
    notes = rate_notes(found, M, outcome="fatality")
    assert "2010–14 to 2013–17: no rate: there are years without person-years among them." in notes
    assert "2014–18: no rate: no uniformed person-years are recorded for these years." in notes
    assert "In 2009–13" in rate_sentence(found, M, outcome="fatality")


def test_a_series_without_a_denominator_says_it_once() -> None:
    found = frame(reason="civilians", personnel="local-civilian")
    notes = rate_notes(found, M, outcome="fatality")
    assert notes == "No rate: the strength of civilian personnel is not published."
    assert rate_sentence(found, M, outcome="fatality") == ""


def test_a_rate_that_is_not_zero_is_not_written_as_zero() -> None:
    assert [rate_words(value) for value in (0.0, 0.004, 0.005, 1.766, None)] == ["0.00", "<0.01", "0.01", "1.77", "–"]


@pytest.mark.parametrize(
    ("personnel", "of_a_group", "reason"),
    [
        ((), False, ""),
        (("military", "police", "military-observer"), False, ""),
        (("military", "police", "military-observer", "local-civilian"), False, ""),
        (("police",), False, "no-strength-of-the-group"),
        (("local-civilian", "other"), False, "civilians"),
        ((), True, "no-strength-of-the-group"),
    ],
)
def test_why_there_is_no_rate(personnel: tuple[str, ...], *, of_a_group: bool, reason: str) -> None:
    assert why_no_rate(personnel, of_a_group=of_a_group).value == reason


def test_people_without_an_incident_have_no_clusters() -> None:
    marked = people().assign(coverage="rate_persons", incident=None)
    parts = fractions(marked, pd.DataFrame(), ["year"])
    assert parts.sizes["squares"].isna().all()
    assert len(parts.sizes) == 10
