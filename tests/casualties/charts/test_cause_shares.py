"""Shares of causes window by window: gaps, the open window, and which window is called the highest."""

from collections.abc import Mapping

import pandas as pd

from casualties.charts.cause_shares import shares_by_window
from casualties.charts.embed import Embed, Panel
from casualties.choices import Cause
from casualties.frames import CAUSE, COMPLETE, FIRST_YEAR, LAST_YEAR, OF_ALL, PERSONS, PROVISIONAL, SHARE
from tests.casualties.charts.frames_of import ILL, UNKNOWN, M


def chart(of_100: Mapping[int, Mapping[str, int]], *, open_year: int | None = None) -> Embed:
    """Windows of 100 people by last year; what is no illness and not unknown is malicious acts."""
    rows = []
    for year, persons in of_100.items():
        counted = {**persons, M: 100 - sum(persons.values())}
        rows += [(cause, year - 4, year, counted.get(cause, 0), year == open_year) for cause in Cause.values]
    frame = pd.DataFrame(rows, columns=[CAUSE, FIRST_YEAR, LAST_YEAR, PERSONS, PROVISIONAL])
    frame[OF_ALL], frame[SHARE], frame[COMPLETE] = 100, frame[PERSONS] / 100, True
    found = shares_by_window(frame, id="shares", scope="all")
    assert found is not None
    return found


def panel(found: Embed, cause: str) -> Panel:
    return next(one for one in found.panels if one.sign == cause)


def test_years_without_a_complete_window_are_a_gap() -> None:
    found = panel(chart({1966: {ILL: 30}, 1967: {ILL: 20}, 1977: {ILL: 10}, 1978: {ILL: 40}}), ILL)
    line = found.figure.data[0]
    assert list(line.x[:3]) == ["1962–66", "1963–67", "1964–68"]
    assert list(line.y) == [30, 20, *[None] * 9, 10, 40]


def test_the_open_window_is_a_hollow_point_after_a_dotted_step() -> None:
    found = panel(chart({2021: {ILL: 30}, 2022: {ILL: 20}, 2023: {ILL: 60}}, open_year=2023), ILL)
    line, step, hollow = found.figure.data
    assert list(line.y) == [30, 20, None]
    assert (step.line.dash, list(step.x), list(step.y)) == ("dot", ["2018–22", "2019–23"], [20, 60])
    assert (list(hollow.y), hollow.marker.color) == ([60], "var(--paper)")


def test_an_open_window_is_never_the_highest() -> None:
    found = chart({2021: {ILL: 30}, 2022: {ILL: 20}, 2023: {ILL: 60}}, open_year=2023)
    assert panel(found, ILL).note == "Highest 30% in 2017–21; 60% in 2019–23 (p)."
    assert panel(found, M).note == "Highest 80% in 2018–22; 40% in 2019–23 (p)."


def test_nothing_is_called_the_highest_and_the_last_one_is_said_once() -> None:
    found = chart({2021: {ILL: 30}, 2022: {ILL: 40}})
    assert panel(found, ILL).note == "Highest 40% in 2018–22."
    assert panel(found, UNKNOWN).note == "0% in 2018–22."


def test_a_line_at_zero_does_not_lie_under_the_edge() -> None:
    found = panel(chart({2021: {ILL: 30}, 2022: {ILL: 40}}), UNKNOWN).figure
    assert found.layout.yaxis.range[0] < 0
    assert found.layout.xaxis.showline is False
