"""What is added to five-year windows: intervals, rates and comparisons, on small made-up series."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from casualties.frames import STATISTIC_COLUMNS, STATISTIC_KINDS, WINDOW_COLUMNS
from casualties.trends.comparing import Side, compare
from casualties.trends.dispersion import clustered_interval
from casualties.trends.rates import count_interval, rates
from casualties.trends.window_statistics import add_statistics
from casualties.trends.windows import windows_of_series

YEARS = range(2001, 2013)


def span(key: str = "a", **more: object) -> dict[str, object]:
    open_always = {"first_year": 2001, "last_year": 2012, "first_open": None, "last_open": None, "closed_years": ()}
    return {"key": key} | open_always | more


def yearly(key: str = "a", **columns: Sequence[float] | float) -> pd.DataFrame:
    return pd.DataFrame({"key": key, "year": list(YEARS), **columns})


def denominators(key: str = "a", person_years: float = 1000.0, months: Sequence[int] | int = 12) -> pd.DataFrame:
    frame = yearly(key, person_years=person_years, months_covered=months, mission_months=months, months_filled=0)
    return frame[frame["months_covered"] > 0]


def numerators(persons: Sequence[int], left_out: int = 0, undated: int = 0) -> pd.DataFrame:
    return yearly(rate_persons=persons, left_out=left_out, undated=undated)


def statistics(
    persons: Sequence[int], spans: Sequence[dict[str, object]] = (span(),), *, provisional: bool = False, **more: object
) -> pd.DataFrame:
    """Statistics of one series with these persons in 2001-12, all of them covered unless `more` says otherwise."""
    frame = pd.DataFrame(spans).astype({"first_open": "Int64", "last_open": "Int64"})
    windows = windows_of_series(
        yearly(persons=persons), frame, last_covered_year=2012, last_year_provisional=provisional
    )
    given = {"numerators": numerators(persons), "denominators": denominators(), **more}
    found = add_statistics(windows, frame, **given)  # type: ignore[arg-type]
    return found.set_index("last_year", drop=False).rename_axis(None)


def test_it_works() -> None:
    found = statistics([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    assert list(found.columns) == ["key", *WINDOW_COLUMNS, *STATISTIC_COLUMNS]
    assert {name: str(found[name].dtype) for name in STATISTIC_COLUMNS} == STATISTIC_KINDS
    window = found.loc[2010]
    assert (window["persons"], window["rate_persons"], window["person_years"]) == (40, 40, 5000)
    assert (window["months_covered"], window["partial"], window["no_rate"]) == (60, False, "")
    assert [window[name] for name in ("rate", "rate_low", "rate_high")] == pytest.approx(
        [float(figure) for figure in rates(40, 5000)]
    )
    assert [window["count_low"], window["count_high"]] == pytest.approx([float(end) for end in count_interval(40)])
    against = compare(Side(40, 5000), Side(15, 5000))
    assert [window[name] for name in ("ratio", "ratio_low", "ratio_high", "p_value")] == pytest.approx(
        [float(figure) for figure in (against.ratio, against.low, against.high, against.p_value)]
    )
    assert window["ratio_basis"] == "rate"


def test_the_first_windows_have_nothing_to_be_compared_with() -> None:
    found = statistics([1] * 12)
    assert found["ratio_basis"].tolist() == [""] * 5 + ["rate"] * 3
    assert found["ratio"].notna().tolist() == [False] * 5 + [True] * 3


def test_without_incidents_the_clustered_columns_are_empty() -> None:
    found = statistics([3] * 12)
    clustered = [name for name in STATISTIC_COLUMNS if name.endswith("clustered")]
    assert len(clustered) == 7
    assert found[[*clustered, "dispersion"]].isna().all(axis=None)


def test_incidents_are_added_up_over_the_window_and_the_largest_is_kept() -> None:
    persons = [4, 1, 1, 1, 1, 6, 1, 1, 1, 1, 1, 1]
    sizes = yearly(squares=[10, 1, 1, 1, 1, 36, 1, 1, 1, 1, 1, 1], largest=[3, 1, 1, 1, 1, 6, 1, 1, 1, 1, 1, 1])
    found = statistics(persons, sizes=sizes, rate_sizes=sizes)
    window = found.loc[2005]
    low, high = clustered_interval(8, 14, 3)
    assert window["dispersion"] == 14 / 8
    assert [window["count_low_clustered"], window["count_high_clustered"]] == pytest.approx([float(low), float(high)])
    assert [window["rate_low_clustered"], window["rate_high_clustered"]] == pytest.approx([low / 5, high / 5])
    against = compare(Side(10, 5000, 40, 6), Side(8, 5000, 14, 3))
    assert [found.loc[2010, name] for name in ("ratio_low_clustered", "ratio_high_clustered")] == pytest.approx(
        [float(against.low), float(against.high)]
    )
    assert found.loc[2010, "p_value_clustered"] == pytest.approx(float(against.p_value))


def test_a_year_without_person_years_takes_the_rate_from_every_window_that_holds_it() -> None:
    found = statistics([2] * 12, denominators=denominators(months=[12] * 9 + [0] * 3))
    assert found["no_rate"].tolist() == [""] * 5 + ["months-not-covered"] * 3
    assert found["rate"].notna().tolist() == [True] * 5 + [False] * 3
    assert found.loc[2012, "months_covered"] == 24
    # The counts can still be compared, and it says so.
    assert found.loc[2010, "ratio_basis"] == "count"
    assert found.loc[2010, "ratio"] == 1


def test_a_window_without_any_person_years_says_so() -> None:
    found = statistics([2] * 12, denominators=denominators(months=[0] * 8 + [12] * 4))
    assert found.loc[2005, "no_rate"] == "no-person-years"
    assert found.loc[2009, "no_rate"] == "months-not-covered"
    assert found.loc[[2005], ["rate_persons", "person_years"]].isna().all(axis=None)
    assert found.loc[2005, "months_covered"] == 0


def test_months_without_person_years_make_it_partial() -> None:
    found = statistics([2] * 12, denominators=denominators(months=[12] * 9 + [10] * 3))
    assert found["partial"].tolist() == [False] * 5 + [True] * 3
    assert found.loc[2012, "months_covered"] == 54
    assert found["rate"].notna().all()


def test_people_left_out_make_it_partial() -> None:
    found = statistics([3] * 12, numerators=numerators([2] * 12, left_out=1))
    assert found["partial"].all()
    assert found.loc[[2005], ["persons", "rate_persons", "left_out"]].to_numpy().tolist() == [[15, 10, 5]]


def test_people_of_whom_the_month_is_not_known_take_the_rate_away() -> None:
    found = statistics([3] * 12, numerators=numerators([2] * 12, undated=1))
    assert set(found["no_rate"]) == {"months-not-known"}
    assert found["rate"].isna().all()


def test_reported_zeros_of_strength_give_no_rate() -> None:
    found = statistics([3] * 12, denominators=denominators(person_years=0.0))
    assert set(found["no_rate"]) == {"no-person-years"}


def test_a_series_that_can_have_no_rate_keeps_its_reason_and_shows_no_half_of_a_fraction() -> None:
    found = statistics([3] * 12, reasons=["civilians"] * 8)
    assert set(found["no_rate"]) == {"civilians"}
    fraction = ["rate_persons", "left_out", "undated", "person_years", "months_covered", "mission_months", "rate"]
    assert found[fraction].isna().all(axis=None)
    assert not found["partial"].any()
    assert found.loc[2010, "ratio_basis"] == "count"


def test_a_mission_needs_person_years_only_for_the_years_in_which_it_was_open() -> None:
    opened = span(first_year=2004, first_open=2004, last_open=2008)
    persons = [0, 0, 0, 2, 2, 2, 2, 2, 0, 0, 0, 1]  # one was recorded after it closed
    covered = denominators(months=[0, 0, 0, 6, 12, 12, 12, 3, 0, 0, 0, 0])
    found = statistics(persons, [opened | {"last_year": 2012}], denominators=covered)
    assert found["complete"].sum() == 1
    assert found["no_rate"].tolist() == [""] * 9
    assert found.loc[2008, "rate"] == 10 / 5
    assert found.loc[2004, "months_covered"] == 6
    assert found["ratio_basis"].tolist() == [""] * 9


def test_a_provisional_window_is_not_compared() -> None:
    found = statistics([2] * 12, provisional=True)
    assert found.loc[2011, "ratio"] == 1
    assert found["ratio"].notna().tolist() == [False] * 5 + [True] * 2 + [False]
    assert found.loc[2012, "ratio_basis"] == ""
    assert found.loc[2012, "rate"] == 2


def test_nobody_in_both_windows_compares_nothing() -> None:
    found = statistics([0] * 12)
    assert found["ratio"].isna().all()
    assert found["p_value"].isna().all()
    assert set(found["ratio_basis"]) == {""}
    assert found.loc[[2010], ["rate", "rate_low"]].to_numpy().tolist() == [[0, 0]]
    assert found.loc[2010, "rate_high"] == pytest.approx(3.69 / 5, abs=0.001)


def test_denominators_by_fewer_dimensions_stand_for_every_cause() -> None:
    spans = pd.DataFrame([span() | {"cause": cause} for cause in ("accident", "illness")])
    spans = spans.astype({"first_open": "Int64", "last_open": "Int64"})
    counts = yearly(persons=2).assign(cause="illness")
    windows = windows_of_series(counts, spans, last_covered_year=2012, last_year_provisional=False)
    above = yearly(rate_persons=2, left_out=0, undated=0).assign(cause="illness")
    found = add_statistics(windows, spans, numerators=above, denominators=denominators())
    assert found.groupby("cause")["rate"].first().to_dict() == {"accident": 0, "illness": 2}


def test_a_series_without_dimensions() -> None:
    spans = pd.DataFrame([span()]).drop(columns="key").astype({"first_open": "Int64", "last_open": "Int64"})
    counts = yearly(persons=2).drop(columns="key")
    windows = windows_of_series(counts, spans, last_covered_year=2012, last_year_provisional=False)
    above = numerators([2] * 12).drop(columns="key")
    found = add_statistics(windows, spans, numerators=above, denominators=denominators().drop(columns="key"))
    assert found["rate"].tolist() == [2] * 8


def test_no_windows() -> None:
    found = statistics([1] * 12)
    empty = add_statistics(
        found.loc[[], ["key", *WINDOW_COLUMNS]],
        pd.DataFrame([span()]).iloc[:0],
        numerators=numerators([1] * 12),
        denominators=denominators(),
    )
    assert empty.empty
    assert list(empty.columns) == ["key", *WINDOW_COLUMNS, *STATISTIC_COLUMNS]


def test_windows_of_an_unknown_series_and_doubled_years_are_refused() -> None:
    windows = statistics([1] * 12)[["key", *WINDOW_COLUMNS]]
    spans = pd.DataFrame([span()])
    given = {"numerators": numerators([1] * 12), "denominators": denominators()}
    with pytest.raises(ValueError, match="series without years"):
        add_statistics(windows.assign(key="b"), spans, **given)
    with pytest.raises(ValueError, match="two rows of years"):
        add_statistics(windows, pd.concat([spans, spans]), **given)
    doubled = pd.concat([denominators(), denominators()])
    with pytest.raises(ValueError, match="two rows of one series and year"):
        add_statistics(windows, spans, numerators=given["numerators"], denominators=doubled)


def test_sizes_that_do_not_belong_to_the_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="no incidents have"):
        statistics([3] * 12, sizes=yearly(squares=1, largest=1))


def test_open_years_are_those_that_make_a_window_complete() -> None:
    """The rule of which years need person-years and the rule of complete windows are one."""
    from casualties.trends.window_years import WindowYears

    chance = np.random.default_rng(7)
    rows = []
    for number in range(200):
        first, last = sorted(chance.integers(2001, 2013, 2))
        opens = None if chance.random() < 0.3 else int(chance.integers(first, last + 1))
        closes = None if opens is None or chance.random() < 0.3 else int(chance.integers(opens, 2013))
        closed = tuple(int(year) for year in chance.integers(2001, 2013, 2)) if opens and chance.random() < 0.3 else ()
        rows.append(span(str(number), first_year=first, last_year=last, first_open=opens, last_open=closes)
                    | {"closed_years": closed})  # fmt: skip
    spans = pd.DataFrame(rows).astype({"first_open": "Int64", "last_open": "Int64"})
    counts = pd.DataFrame({"key": [], "year": [], "persons": []}).astype({"year": int, "persons": int, "key": str})
    windows = windows_of_series(counts, spans, last_covered_year=2012, last_year_provisional=False)
    years = WindowYears(windows, spans, ["key"])
    assert ((years.sums(years.open()) == 5) == windows["complete"].to_numpy()).all()
    assert windows["complete"].sum() > 50
