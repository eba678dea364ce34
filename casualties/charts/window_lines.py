"""The drawing of five-year windows: lines, record band, open point, and the names of series at their lines."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.window_axis import FEW, Axis
from casualties.charts.window_notes import Sheet, placed_notes
from casualties.charts.window_titles import NAMED_TIES, Line, Point
from casualties.trends.windows import YEARS_IN_WINDOW

RIGHT = 44  # pixels of margin: the number of the open window stands there


def banded(main: Line) -> tuple[Point, ...]:
    """The records to shade: one or two; more would shade most of the chart and say nothing."""
    return main.records if len(main.records) <= NAMED_TIES else ()


def lines_figure(
    lines: Sequence[Line], axis: Axis, *, height: int, also: Sequence[Point] = (), levels: Sequence[int] = ()
) -> go.Figure:
    """The first line in full, the others dashed; record, open windows, `also` and further peaks in words.

    `height` is that of the drawing in pixels; `levels` are numbers at which the caller draws a line across.
    """
    main, names = lines[0], _names(lines, axis)
    sheet = Sheet(lines=lines, axis=axis, height=height, right=RIGHT, levels=levels, names=names)
    traces = [trace for line in reversed(lines) for trace in _traces(line, axis, main=line is main)]
    layout = {
        "xaxis": axis.layout(wanted=8),
        "yaxis": sheet.vertical(),
        "shapes": [_band(point, axis) for point in banded(main)],
        "annotations": placed_notes(sheet, also=also) + names,
        "margin": {"r": RIGHT},
    }
    return theme.figure(traces, layout)


def narrow_layout(
    lines: Sequence[Line], axis: Axis, *, height: int, also: Sequence[Point] = (), levels: Sequence[int] = ()
) -> dict[str, Any]:
    """Small screens: fewer names on the axis, at most three notes; otherwise as lines_figure()."""
    names = _names(lines, axis)
    sheet = Sheet(lines=lines, axis=axis, height=height, right=RIGHT, levels=levels, names=names)
    ticks = axis.layout(wanted=3 if len(axis.names) <= FEW else 4)
    xaxis = {"tickvals": ticks["tickvals"], "ticktext": ticks["ticktext"]}
    notes = placed_notes(sheet, narrow=True, also=also)
    return {"xaxis": xaxis, "annotations": notes + names}


def small_figure(line: Line, highest: int) -> go.Figure:
    """A line of the small multiples, on a vertical scale that ends at `highest` for all of them."""
    axis = Axis.over([line])
    n = len(axis.names)
    at = sorted({0, n // 2, n - 1} if n > 12 else {0, n - 1})
    step = _round_step(highest)
    labels = []
    if line.records:
        labels.append(_small_label(line.records[0], wording.count(line.records[0].persons), {"yshift": 11}))
    if line.open_window:
        text = f"{wording.count(line.open_window.persons)} p"
        labels.append(_small_label(line.open_window, text, {"xanchor": "left", "xshift": 6}))
    ticks = [axis.names[i] for i in at]
    layout = {
        "margin": {"t": 12, "b": 22, "l": 30, "r": 44},
        "yaxis": {
            **theme.count_axis(highest, headroom=1.1),
            "range": theme.from_zero(theme.count_axis(highest, headroom=1.1)["range"][1]),
            "tickvals": list(range(0, highest + 1, step)),
        },
        "xaxis": {
            **axis.layout(wanted=2),
            "tickvals": ticks,
            "ticktext": ticks,
            "range": [-1, n - 1 + max(0.8, n / 48)],
            "showline": False,
        },
        "annotations": labels,
    }
    return theme.figure(_traces(line, axis, main=True, size=8), layout)


def named_at_line(lines: Sequence[Line], axis: Axis) -> bool:
    """Names stand at the lines where there are few windows and the lines lie apart; else a key names them."""
    if len(axis.names) > FEW or not 1 < len(lines) < 4:
        return False
    heights = sorted(_name_of(line, lines[0].records)["y"] for line in lines)
    return all(upper - lower > 0.15 * _highest(lines) for lower, upper in pairwise(heights))


def _highest(lines: Sequence[Line]) -> int:
    return max(point.persons for line in lines for point in line.drawn)


def _traces(line: Line, axis: Axis, *, main: bool, size: int = 10) -> list[Any]:
    """The closed windows, the record's solid point, the dotted step to the open window and its hollow point."""
    colour, label = theme.cause_colour(line.cause), wording.cause_label(line.cause)
    by_year = {point.last_year: point.persons for point in line.closed}
    persons = [by_year.get(year) for year in axis.years]
    traces = [
        theme.scatter(
            mode="lines+markers" if len(persons) <= FEW or stands_alone(persons) else "lines",
            x=axis.names,
            y=persons,
            line={"color": colour, "width": 2.4 if main else 1.6, **({} if main else {"dash": "dash"})},
            marker={"size": 7, "color": colour},
            hovertemplate=f"{label}: %{{y}}<extra></extra>",
        )
    ]
    if main and line.records:
        at = {"x": [point.name for point in line.records], "y": [point.persons for point in line.records]}
        traces.append(theme.scatter(mode="markers", **at, marker={"size": size, "color": colour}, hoverinfo="skip"))
    now = line.open_window
    if now is None:
        return traces
    before = by_year.get(now.last_year - 1)
    if before is not None:
        step = {"color": colour, "width": 2 if main else 1.4, "dash": "dot"}
        pair = {"x": axis.names[axis.place(now) - 1 : axis.place(now) + 1], "y": [before, now.persons]}
        traces.append(theme.scatter(mode="lines", **pair, line=step, hoverinfo="skip"))
    hollow = {"size": size if main else 8, "color": theme.token("paper"), "line": {"color": colour, "width": 2}}
    said = f"{label}: %{{y}} (p)<extra></extra>"
    traces.append(theme.scatter(mode="markers", x=[now.name], y=[now.persons], marker=hollow, hovertemplate=said))
    return traces


def stands_alone(persons: Sequence[float | None]) -> bool:
    """Whether a window has no neighbour on either side: a line alone would not show it."""
    padded = [None, *persons, None]
    return any(here is not None and padded[i] is None and padded[i + 2] is None for i, here in enumerate(persons))


def _band(point: Point, axis: Axis) -> dict[str, Any]:
    """The record's band: the five years of the window, or in a chart of few windows the place of its point."""
    at = axis.place(point)
    x0, x1 = (at - 0.4, at + 0.4) if len(axis.names) <= FEW else (at - YEARS_IN_WINDOW + 1, at)
    place = {"xref": "x", "yref": "paper", "x0": x0, "x1": x1, "y0": 0, "y1": 1}
    return {"type": "rect", **place, "fillcolor": theme.token("mark"), "line": {"width": 0}, "layer": "below"}


def _names(lines: Sequence[Line], axis: Axis) -> list[dict[str, Any]]:
    return [_name_of(line, lines[0].records) for line in lines] if named_at_line(lines, axis) else []


def _name_of(line: Line, records: Sequence[Point]) -> dict[str, Any]:
    """The name of a series at its line, in the half where the record is not noted."""
    points = line.closed or line.drawn
    early = bool(records) and records[0].last_year > points[len(points) // 2].last_year
    point = points[0] if early else points[-min(3, len(points))]
    place = {"showarrow": False, "xanchor": "left", "yshift": 14, "bgcolor": theme.CLEAR, "font": theme.BOLD}
    return {"x": point.name, "y": point.persons, "text": wording.cause_label(line.cause), **place}


def _small_label(point: Point, text: str, place: dict[str, Any]) -> dict[str, Any]:
    return {"x": point.name, "y": point.persons, "text": text, "showarrow": False, "bgcolor": theme.CLEAR, **place}


def _round_step(highest: int) -> int:
    """A round step that puts at most four lines above zero."""
    for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000):
        if highest / step <= 4:
            return step
    return 10_000
