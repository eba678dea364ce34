"""The published rates, and the statistics of the world's windows, from the release of 28 November 2023."""

import numpy as np
import pandas as pd
import pytest

from casualties.trends.coverage import denominators, mark_covered, numerators
from casualties.trends.dispersion import dispersion, incident_sizes
from casualties.trends.rates import rates
from casualties.trends.trend_tests import Method, trend
from casualties.trends.window_statistics import add_statistics
from casualties.trends.windows import SPAN_COLUMNS, windows_of_series
from tests.casualties.trends.real_strengths import persons, strengths, uniformed

pytestmark = pytest.mark.realdata

WORLD = pd.DataFrame([(1948, 2023, None, None, ())], columns=SPAN_COLUMNS)


def world(cause: str) -> pd.DataFrame:
    """Windows of the world with their statistics, by last year."""
    chosen, covered = (frame[frame["cause"] == cause] for frame in (persons(), uniformed()))
    counts = chosen.groupby("year", as_index=False)[["persons"]].sum()
    windows = windows_of_series(counts, WORLD, last_covered_year=2023, last_year_provisional=True)
    found = add_statistics(
        windows,
        WORLD,
        numerators=numerators(covered, ["year"]),
        denominators=denominators(strengths()),
        sizes=incident_sizes(chosen, ["year"]),
        rate_sizes=incident_sizes(covered[covered["coverage"] == "rate_persons"], ["year"]),
    )
    return found.set_index("last_year", drop=False).rename_axis(None)


def test_it_works() -> None:
    """Published, over all uniformed deaths: 3.31, 0.97, 1.04 and 0.92; of 2015 our numerator leaves two out."""
    above = numerators(uniformed(), ["year"]).set_index("year")
    below = denominators(strengths()).set_index("year")
    assert below.loc[[1993, 2006, 2014, 2015], "person_years"].round().tolist() == [67964, 75264, 100111, 106139]
    assert above.loc[[1993, 2006, 2014, 2015], "rate_persons"].tolist() == [225, 73, 104, 96]
    assert above.loc[[1993, 2006, 2014, 2015], "left_out"].tolist() == [0, 0, 0, 2]
    years = [1993, 2006, 2014, 2015]
    found = rates(above.loc[years, "rate_persons"], below.loc[years, "person_years"])
    assert found[0].round(2).tolist() == [3.31, 0.97, 1.04, 0.90]
    assert found[1].round(2).tolist() == [2.89, 0.76, 0.85, 0.73]
    assert found[2].round(2).tolist() == [3.77, 1.22, 1.26, 1.10]
    everybody = int(above.loc[[2015], ["rate_persons", "left_out"]].to_numpy().sum())
    assert everybody == 98
    assert rates([everybody], below.loc[[2015], "person_years"])[0].round(2).tolist() == [0.92]


def test_the_first_and_the_last_year_are_covered_in_part() -> None:
    below = denominators(strengths()).set_index("year")
    assert below.loc[[1990, 1991, 2017, 2018], "months_covered"].tolist() == [2, 12, 12, 10]
    above = numerators(uniformed(), ["year"]).set_index("year")
    assert above.loc[[1990, 2018, 2019], ["rate_persons", "left_out"]].to_numpy().tolist() == [
        [1, 22],
        [56, 10],
        [0, 65],
    ]


def test_malicious_deaths_come_in_clusters() -> None:
    since_2000 = persons()[(persons()["cause"] == "malicious-act") & (persons()["year"] >= 2000)]
    size = since_2000.groupby("incident")["persons"].sum()
    assert round(100 * size[size >= 2].sum() / size.sum()) == 66
    sizes = incident_sizes(since_2000, [])
    assert dispersion([size.sum()], sizes["squares"]).round(2).tolist() == [4.36]


def test_windows_of_malicious_acts() -> None:
    found = world("malicious-act")
    window = found.loc[2017]
    fraction = ("persons", "rate_persons", "left_out", "months_covered", "months_filled")
    assert [window[name] for name in fraction] == [203, 190, 0, 60, 41]
    assert not window["partial"]
    assert round(window["person_years"]) == 499_912
    assert [round(window[name], 2) for name in ("rate", "rate_low", "rate_high")] == [0.38, 0.33, 0.44]
    assert [round(window[name], 2) for name in ("rate_low_clustered", "rate_high_clustered")] == [0.27, 0.55]
    assert [round(window[name]) for name in ("count_low", "count_high")] == [176, 233]
    assert [round(window[name]) for name in ("count_low_clustered", "count_high_clustered")] == [149, 288]
    assert round(window["dispersion"], 2) == 4.42


def test_the_windows_that_are_covered_and_compared() -> None:
    found = world("malicious-act")
    with_rate = found.index[found["rate"].notna()]
    assert (with_rate.min(), with_rate.max()) == (1994, 2018)
    assert list(found.loc[with_rate, "partial"]) == [True] * 14 + [False] * 10 + [True]
    assert set(found.loc[:1989, "no_rate"]) == {"no-person-years"}
    assert set(found.loc[2019:2022, "no_rate"]) == {"months-not-covered"}
    assert found.loc[2023, "no_rate"] == "no-person-years"
    basis = found["ratio_basis"]
    assert set(basis.loc[1999:2018]) == {"rate"}
    assert set(basis.loc[1962:1998]) | set(basis.loc[2019:2022]) == {"count"}
    assert basis.loc[2023] == ""
    against = found.loc[2018]
    assert [round(against[name], 2) for name in ("ratio", "ratio_low", "ratio_high")] == [2.00, 1.54, 2.61]
    assert [round(against[name], 2) for name in ("ratio_low_clustered", "ratio_high_clustered")] == [1.14, 3.56]
    assert round(against["p_value_clustered"], 3) == 0.012


def test_one_earthquake_is_one_incident() -> None:
    """96 of the 233 who died by accident in 2009-13 died in Haiti on one day."""
    window = world("accident").loc[2013]
    assert (window["persons"], round(window["dispersion"], 1)) == (233, 41.3)
    assert [round(window[name]) for name in ("count_low", "count_high")] == [204, 265]
    assert window["count_low_clustered"] < 125
    assert window["count_high_clustered"] > 600


def test_the_rate_fell() -> None:
    above = numerators(uniformed(), ["year"]).rename(columns={"rate_persons": "persons"})
    frame = denominators(strengths()).merge(above, on="year")
    found = trend(frame[["year", "persons", "person_years"]], of="the rate of uniformed deaths")
    assert (found.method, found.years) == (Method.QUASI_POISSON, 29)
    assert found.estimate is not None
    assert round(found.estimate, 1) == -4.1
    assert found.significant


def test_160_000_windows_take_little_time() -> None:
    """As many series as the rebuild has, with the figures of the world's malicious acts."""
    series = 2100
    key = pd.DataFrame({"key": np.arange(series)})
    chosen = persons()[persons()["cause"] == "malicious-act"]
    counts = key.merge(chosen.groupby("year", as_index=False)["persons"].sum(), how="cross")
    spans = key.merge(WORLD, how="cross")
    windows = windows_of_series(counts, spans, last_covered_year=2023, last_year_provisional=True)
    assert len(windows) > 150_000
    covered = mark_covered(chosen[chosen["personnel"] == "military"], strengths())
    sizes = key.merge(incident_sizes(chosen, ["year"]), how="cross")
    above = key.merge(numerators(covered, ["year"]), how="cross")
    full = add_statistics(windows, spans, numerators=above, denominators=denominators(strengths()), sizes=sizes)
    assert len(full) == len(windows)
