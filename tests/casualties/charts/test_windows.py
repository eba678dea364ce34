"""Lines of five-year windows: gaps, the open window, the record, and the table from the same frame."""

from typing import Any

import pandas as pd
import pytest

from casualties.charts.window_axis import Axis
from casualties.charts.window_titles import line_of
from casualties.charts.windows import rolling_windows, windows_by_cause
from casualties.choices import Cause
from tests.casualties.charts.frames_of import A, M, drawn, windows

PEAK = windows({1993: 10, 2013: 6, 2023: 1}, first=1990, last=2023, provisional=True)


def lines_of(figure: Any) -> list[Any]:
    return [trace for trace in figure.data if trace.mode and trace.mode.startswith("lines")]


def test_it_works() -> None:
    found = rolling_windows(PEAK, id="rolling", scope="all peace operations")
    line = lines_of(drawn(found))[0]
    assert line.x[0] == "1990–94"
    assert line.x[-1] == "2019–23"
    assert list(line.y[:5]) == [10, 10, 10, 10, 0]
    assert len(found.table.rows) == len(PEAK)
    assert [row.cells[1].text for row in found.table.rows] == [str(n) for n in PEAK["persons"]]


def test_the_open_window_is_a_hollow_point_after_a_dotted_step() -> None:
    found = rolling_windows(PEAK, id="rolling", scope="all")
    line, step = lines_of(drawn(found))
    assert line.y[-1] is None  # the solid line ends before it
    assert (step.line.dash, list(step.x), list(step.y)) == ("dot", ["2018–22", "2019–23"], [0, 1])
    hollow = drawn(found).data[-1]
    assert (hollow.mode, list(hollow.x), hollow.marker.color) == ("markers", ["2019–23"], "var(--paper)")
    assert found.table.rows[-1].cells[1].mark == "p"
    assert found.table.rows[-1].cells[-1].text == "provisional"
    assert "2023 is still open" in found.caveat


def test_the_record_has_a_band_and_the_word() -> None:
    frame = windows({1993: 10, 1997: 3}, first=1990, last=2022)
    found = rolling_windows(frame, id="rolling", scope="all")
    record = line_of(frame, M).records[0]
    place = Axis.over([line_of(frame, M)]).place(record)
    assert (drawn(found).layout.shapes[0].x0, drawn(found).layout.shapes[0].x1) == (place - 4, place)
    assert drawn(found).layout.annotations[0].text == "Record: 13<br>1993–97"
    marked = [row.cells[0].text for row in found.table.rows if row.record]
    assert marked == ["1993–97"]


def test_many_equal_records_are_not_shaded() -> None:
    found = rolling_windows(PEAK, id="rolling", scope="all")
    assert drawn(found).layout.shapes == ()
    assert "in four windows" in drawn(found).layout.annotations[0].text
    assert "shaded" not in found.caveat


def test_windows_that_are_not_complete_are_gaps() -> None:
    frame = windows({2015: 7}, first=2013, last=2022, first_open=2013)
    found = rolling_windows(frame, id="rolling", scope="all")
    assert lines_of(drawn(found))[0].x[0] == "2013–17"
    marks = {row.cells[0].text: row.cells[-1].text for row in found.table.rows}
    assert marks["2009–13"] == "not complete"
    assert marks["2013–17"] == "record"


def test_a_closed_stretch_is_a_gap_in_the_line() -> None:
    frame = windows({1993: 10, 2013: 6}, first=1990, last=2022)
    frame.loc[frame["last_year"] == 2005, "complete"] = False
    found = rolling_windows(frame, id="rolling", scope="all")
    line = lines_of(drawn(found))[0]
    assert line.y[list(line.x).index("2001–05")] is None
    assert line.connectgaps is None  # the template says no, for every figure


def test_no_complete_window_shows_the_table_and_no_figure() -> None:
    frame = windows({2020: 3}, first=2020, last=2022, first_open=2020)
    found = rolling_windows(frame, id="rolling", scope="MINUJUSTH")
    assert found.figure is None
    assert found.title == "No complete five-year window"
    assert [row.cells[-1].text for row in found.table.rows] == ["not complete"] * 3


def test_a_second_series_is_dashed_and_named() -> None:
    frame = pd.concat(
        [windows({2015: 30}, first=2010, last=2020), windows({2015: 90}, first=2010, last=2020, cause="")]
    )
    found = rolling_windows(frame, id="rolling", scope="all", causes=(M, ""))
    whole, part = lines_of(drawn(found))
    assert (whole.line.dash, part.line.dash) == ("dash", None)
    said = [label.text for label in drawn(found).layout.annotations]
    assert {"All causes", "Malicious act"} <= set(said)
    assert found.key == ()
    assert [heading.text for heading in found.table.headings[1:3]] == ["Deaths by malicious acts", "Deaths, all causes"]


def test_lines_that_lie_close_are_named_by_a_key() -> None:
    frame = pd.concat(
        [windows({2015: 88}, first=2010, last=2020), windows({2015: 90}, first=2010, last=2020, cause="")]
    )
    found = rolling_windows(frame, id="rolling", scope="all", causes=(M, ""))
    assert [entry.label for entry in found.key] == ["Malicious act", "All causes"]
    assert "All causes" not in [label.text for label in drawn(found).layout.annotations]


def test_at_most_four_points_are_in_words() -> None:
    years = dict.fromkeys(range(1950, 2020, 8), 40) | {1993: 60, 2023: 30}
    found = rolling_windows(windows(years, first=1948, last=2023, provisional=True), id="r", scope="all")
    assert len(drawn(found).layout.annotations) <= 4


def test_six_small_charts_share_one_scale() -> None:
    frames = [windows({2013: 5 * i}, first=2005, last=2022, cause=cause) for i, cause in enumerate(Cause.values)]
    found = windows_by_cause(pd.concat(frames), id="windows", scope="all peace operations")
    assert [panel.sign for panel in found.panels] == list(Cause.values)
    assert len({panel.figure.layout.yaxis.range for panel in found.panels}) == 1
    assert len({panel.id for panel in found.panels}) == 6
    assert [heading.text for heading in found.table.headings][1:7] == [str(cause.label) for cause in Cause]


def test_a_frame_of_several_series_is_refused() -> None:
    with pytest.raises(ValueError, match="not one series"):
        rolling_windows(pd.concat([PEAK, PEAK]), id="rolling", scope="all")


def test_a_frame_without_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="would_be_rank"):
        rolling_windows(PEAK.drop(columns="would_be_rank"), id="rolling", scope="all")


def test_a_frame_without_causes_is_one_series() -> None:
    found = rolling_windows(PEAK.drop(columns="cause"), id="rolling", scope="all", causes=(A,))
    assert found.title.startswith("Deaths in accidents over five years")
