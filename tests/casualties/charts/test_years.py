"""Stacked bars of the years: what is drawn, what stands in the table, and what is marked."""

import json
from typing import Any

import pandas as pd
import pytest

from casualties.charts import theme
from casualties.charts.embed import Embed
from casualties.charts.years import years_by_cause
from casualties.choices import Cause
from tests.casualties.charts.frames_of import ILL, A, M, by_cause, drawn

FRAME = by_cause({2019: {M: 2, A: 1}, 2021: {ILL: 3}, 2022: {M: 1}})


def chart(frame: pd.DataFrame = FRAME, **more: Any) -> Embed:
    options: dict[str, Any] = {
        "id": "years",
        "last_year": 2022,
        "provisional": False,
        "scope": "all peace operations",
    }
    return years_by_cause(frame, **options | more)


def test_it_works() -> None:
    found = chart(first_year=2018)
    bars = {trace.name: list(trace.y) for trace in drawn(found).data}
    assert list(bars) == [cause.label for cause in Cause]
    assert list(drawn(found).data[0].x) == [2018, 2019, 2020, 2021, 2022]
    assert bars["Malicious act"] == [0, 2, 0, 0, 1]
    assert bars["Illness"] == [0, 0, 0, 3, 0]


def test_the_stack_begins_with_malicious_acts_and_keeps_its_order() -> None:
    assert [entry.sign for entry in chart().key] == list(Cause.values)


def test_years_without_a_row_are_zeros_that_are_named() -> None:
    found = chart(first_year=2018)
    assert found.caveat == "2018 and 2020 are counted zeros."
    assert [label.text for label in drawn(found).layout.annotations] == ["0", "3", "0", "3", "1"]


def test_closed_years_are_no_counted_zeros() -> None:
    found = chart(by_cause({2015: {M: 2}, 2022: {M: 1}}), closed=(2017, 2018))
    assert found.caveat == "2016, 2019, 2020 and 2021 are counted zeros. The mission was not open in 2017 and 2018."
    assert chart(by_cause({2017: {M: 2}, 2019: {M: 1}}), last_year=2019, closed=(2018,)).caveat == (
        "The mission was not open in 2018."
    )


def test_a_number_that_is_not_available_is_a_gap_and_no_zero() -> None:
    found = chart(by_cause({2020: {M: None, A: 1}, 2021: {M: 2}, 2022: {M: 1}}))
    assert list(drawn(found).data[0].y) == [None, 2, 1]
    row = found.table.rows[0].cells
    assert (row[1].text, row[1].missing) == ("–", True)
    assert (row[-1].text, row[-1].missing) == ("–", True)  # no total without all its parts
    assert found.table.rows[-1].cells[-1].text == "–"
    assert drawn(found).layout.annotations[0].text == "–"


def test_parts_and_totals_of_the_table_add_up() -> None:
    table = chart(first_year=2018).table
    numbers = [[int(cell.text) for cell in row.cells[1:]] for row in table.rows]
    assert all(sum(row[:-1]) == row[-1] for row in numbers)
    assert numbers[-1] == [sum(column) for column in zip(*numbers[:-1], strict=True)]
    assert table.rows[-1].total
    assert table.rows[-1].cells[0].text == "2018–22"


def test_the_open_year_carries_its_mark_and_no_other_does() -> None:
    found = chart(provisional=True)
    assert [row.cells[0].mark for row in found.table.rows] == ["", "", "", "p", "p"]  # the last is the sum with it
    assert [label.text for label in drawn(found).layout.annotations] == ["3", "0", "3", "1 p"]
    assert "2019 to 2022 (p)" in found.subtitle
    closed = chart()
    assert not [row for row in closed.table.rows if row.cells[0].mark]
    assert "(p" not in closed.subtitle


def test_the_axis_ends_with_the_last_year() -> None:
    axis = drawn(chart(by_cause({2022: {M: 1}}))).layout.xaxis
    assert list(axis.tickvals) == [2022]


def test_a_long_series_names_its_peaks_that_lie_apart_and_the_open_year() -> None:
    years = {year: {A: 10} for year in range(1948, 2024)}
    years[1961] = {M: 155}
    years[1993] = {M: 252}
    years[1994] = {M: 200}
    years[2010] = {A: 173}
    years[2023] = {A: 260}
    found = chart(by_cause(years), last_year=2023, provisional=True, notes={2010: "of them 96 in an earthquake"})
    said = [label.text for label in drawn(found).layout.annotations]
    assert said == ["2010: 173<br>of them 96 in an earthquake", "1993: 252", "1961: 155", "260 p"]
    assert [label["text"] for label in found.narrow["annotations"]] == ["1993: 252", "2010: 173", "1961: 155"]


def test_the_figure_travels_as_json_without_a_colour() -> None:
    found = chart()
    written = theme.figure_json(found.figure, found.narrow)
    assert json.loads(written)["data"][0]["marker"]["color"] == "@malicious"
    assert "#" not in written


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (by_cause({2023: {M: 1}}), "2023, outside"),
        (by_cause({2020: {"hostile": 1}}), "not a cause"),
        (pd.concat([FRAME, FRAME]), "two rows"),
        (FRAME.drop(columns="cause"), "missing"),
        (by_cause({}), "first_year is needed"),
        (by_cause({2020: {M: 1.5}}), "whole number"),  # type: ignore[dict-item]
    ],
)
def test_a_frame_that_is_not_one_is_refused(frame: pd.DataFrame, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        chart(frame)


def test_the_frame_is_left_as_it_was() -> None:
    before = FRAME.copy()
    chart()
    pd.testing.assert_frame_equal(FRAME, before)
