"""Rolling five-year windows as lines: one series, or all causes as small charts on one scale."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Embed, KeyEntry, Panel, sentences
from casualties.charts.window_tables import by_cause_table, series_table
from casualties.charts.window_titles import Line, Point, largest_cause_title, line_of, panel_note, window_title
from casualties.choices import Cause, Outcome
from casualties.trends.windows import YEARS_IN_WINDOW

FEW = 16  # up to this many windows each has its point and its name on the axis
NOTED = 4


def rolling_windows(
    frame: pd.DataFrame,
    *,
    id: str,  # noqa: A002 - the HTML attribute has this name
    scope: str,
    causes: Sequence[str] = (Cause.MALICIOUS_ACT.value,),
    outcome: str = Outcome.FATALITY,
    caveat: str = "",
    csv_url: str = "",
    source: str = "",
    height: int = 340,
) -> Embed:
    """Lines of persons in each complete window of five years, plotted at its last year.

    `frame` has the columns of casualties.trends.frames.WINDOW_COLUMNS and cause ("" is all causes; without the column
    the frame is one series of the first of `causes`). The first of `causes` is what the chart is about: title, record,
    notes. Windows that are not complete are gaps. The open window is a hollow point after a dotted step.
    """
    lines = [line_of(frame, cause) for cause in causes]
    main = lines[0]
    title = window_title(main, outcome)
    table = series_table(lines, outcome)
    subtitle = _("%(counted)s in each complete window of five calendar years, plotted at its last year. %(scope)s.") % {
        "counted": wording.capitalised(wording.persons_of(main.cause if len(lines) == 1 else "", outcome)),
        "scope": wording.capitalised(scope),
    }
    base = {"id": id, "title": title, "subtitle": subtitle, "table": table, "csv_url": csv_url, "source": source}
    if not any(line.drawn for line in lines):
        return Embed(
            **base,
            caveat=sentences(_("A window is complete when the mission was open in each of its five years."), caveat),
        )
    few = _span(lines)[1] - _span(lines)[0] < FEW
    return Embed(
        **base,
        figure=_lines_figure(lines, few=few),
        narrow=_narrow(lines, few=few),
        description=_description(main, outcome),
        caveat=sentences(_band_words(main, few=few), _open_words(main), caveat),
        key=tuple(KeyEntry(sign=line.cause, label=wording.cause_label(line.cause)) for line in lines)
        if len(lines) > 2
        else (),
        key_label=_("Series"),
        height=height,
    )


def windows_by_cause(
    frame: pd.DataFrame,
    *,
    id: str,  # noqa: A002
    scope: str,
    outcome: str = Outcome.FATALITY,
    caveat: str = "",
    csv_url: str = "",
    source: str = "",
) -> Embed:
    """Six small charts, one for each cause, on one vertical scale; `frame` as for `rolling_windows`, by cause."""
    lines = [line_of(frame, cause) for cause in Cause.values]
    counted = wording.capitalised(wording.persons_of(wording.ALL_CAUSES, outcome))
    drawn = [line for line in lines if line.drawn]
    if drawn:
        first, last = drawn[0].drawn[0], drawn[0].drawn[-1]
        span = _("%(first)s to %(last)s") % {
            "first": first.name,
            "last": last.name + (" (p)" if last.provisional else ""),
        }
        subtitle = _(
            "%(counted)s in each five-year window by cause, %(span)s. One vertical scale for all six. %(scope)s. "
            "Solid point: highest. Hollow point: still open."
        ) % {"counted": counted, "span": span, "scope": wording.capitalised(scope)}
    else:
        subtitle = f"{wording.capitalised(scope)}."
    highest = max((point.persons for line in drawn for point in line.drawn), default=0)
    return Embed(
        id=id,
        title=largest_cause_title(lines, outcome),
        subtitle=subtitle,
        panels=tuple(_panel(line, id, highest) for line in drawn),
        table=by_cause_table(lines),
        caveat=sentences(_("Cases still to be determined move to other causes as they are settled."), caveat),
        csv_url=csv_url,
        source=source,
    )


def _span(lines: Sequence[Line]) -> tuple[int, int]:
    ends = [point.last_year for line in lines for point in line.drawn]
    return min(ends), max(ends)


def _series(line: Line, first: int, last: int) -> tuple[list[int], list[int | None], list[str]]:
    """Last years, persons and names of the closed windows; a year without a complete window is a gap."""
    by_year = {point.last_year: point for point in line.drawn if not point.provisional}
    at = list(range(first, last + 1))
    persons = [by_year[year].persons if year in by_year else None for year in at]
    names = [wording.years(year - YEARS_IN_WINDOW + 1, year) for year in at]
    return at, persons, names


def _traces(line: Line, span: tuple[int, int], *, few: bool, main: bool, size: int = 10) -> list[Any]:
    """The closed windows, the dotted step to the open one, its hollow point, and the record's solid one."""
    colour = theme.cause_colour(line.cause)
    at, persons, names = _series(line, *span)
    label = wording.cause_label(line.cause)
    alone = any(
        value is not None and (i == 0 or persons[i - 1] is None) and (i + 1 == len(persons) or persons[i + 1] is None)
        for i, value in enumerate(persons)
    )
    traces = [
        go.Scatter(
            mode="lines+markers" if few or alone else "lines",
            name=label,
            x=at,
            y=persons,
            customdata=names,
            line={"color": colour, "width": 2.4 if main else 1.6, **({} if main else {"dash": "dash"})},
            marker={"size": 7, "color": colour},
            hovertemplate="%{customdata}: %{y}<extra></extra>"
            if main and not few
            else f"{label} %{{y}}<extra></extra>",
        )
    ]
    traces += [
        go.Scatter(
            mode="markers",
            x=[point.last_year],
            y=[point.persons],
            marker={"size": size, "color": colour},
            hoverinfo="skip",
        )
        for point in line.records
        if main
    ]
    if line.open_window is None:
        return traces
    now = line.open_window
    before = persons[at.index(now.last_year - 1)] if now.last_year - 1 in at else None
    if before is not None:
        step = {"color": colour, "width": 2 if main else 1.4, "dash": "dot"}
        pair = {"x": [now.last_year - 1, now.last_year], "y": [before, now.persons]}
        traces.append(go.Scatter(mode="lines", **pair, line=step, hoverinfo="skip"))
    hollow = {"size": size if main else 8, "color": theme.token("paper"), "line": {"color": colour, "width": 2}}
    said = f"{label}, {now.name} (p): %{{y}}<extra></extra>"
    traces.append(go.Scatter(mode="markers", x=[now.last_year], y=[now.persons], marker=hollow, hovertemplate=said))
    return traces


def _axis(first: int, last: int, *, wanted: int) -> dict[str, Any]:
    """Windows are named at their last year; the first and the last always are."""
    step = max(1, -(-(last - first) // (wanted - 1)))
    at = list(range(first, last + 1, step))
    if at[-1] != last:
        if last - at[-1] < 0.75 * step and len(at) > 1:
            at.pop()
        at.append(last)
    names = [wording.years(year - YEARS_IN_WINDOW + 1, year) for year in at]
    return {"range": [first - 0.7, last + max(0.7, (last - first) / 30)], "tickvals": at, "ticktext": names}


def _lines_figure(lines: Sequence[Line], *, few: bool) -> go.Figure:
    span = _span(lines)
    main = lines[0]
    traces = [trace for line in reversed(lines) for trace in _traces(line, span, few=few, main=line is main)]
    highest = max(point.persons for line in lines for point in line.drawn)
    annotations = _notes(main, span, few=few, highest=highest)
    annotations += [_name_of(line, main.records) for line in lines if len(lines) > 1 and line.drawn]
    layout = {
        "xaxis": _axis(*span, wanted=8 if few else 10),
        "yaxis": theme.count_axis(highest, headroom=1.18),
        "shapes": [_band(point, few=few) for point in main.records[:2]],
        "annotations": annotations,
        "margin": {"r": 24},
    }
    return theme.figure(traces, layout)


def _band(point: Point, *, few: bool) -> dict[str, Any]:
    """The record's band: the five years of the window, or in a chart of few windows the place of its point."""
    x0 = point.last_year - 0.4 if few else point.first_year
    x1 = point.last_year + 0.4 if few else point.last_year
    place = {"xref": "x", "yref": "paper", "x0": x0, "x1": x1, "y0": 0, "y1": 1}
    return {"type": "rect", **place, "fillcolor": theme.token("mark"), "line": {"width": 0}, "layer": "below"}


def _notes(main: Line, span: tuple[int, int], *, few: bool, highest: int) -> list[dict[str, Any]]:
    """At most four points in words: the record, the open window, and the next peaks that share no year with it."""
    notes = []
    for point in main.records[:1]:
        left = point.last_year > (span[0] + span[1]) / 2 or few
        text = _("Record: %(n)s<br>%(window)s") % {"n": wording.count(point.persons), "window": point.name}
        notes.append(
            {
                "x": point.last_year,
                "y": point.persons,
                "text": text,
                "ax": -56 if left else 56,
                "ay": -6,
                "font": theme.BOLD,
            }
        )
        if few:
            notes[-1] |= {"ax": 0, "ay": -30}
    if main.open_window:
        now = main.open_window
        text = f"{wording.count(now.persons)} (p)<br>{now.name}"
        low = now.persons > 0.3 * highest
        notes.append(
            {
                "x": now.last_year,
                "y": now.persons,
                "text": text,
                "ax": -12,
                "ay": 36 if low else -36,
                "font": theme.BOLD,
            }
        )
    if not few:
        taken = [point.last_year for point in [*main.records, *([main.open_window] if main.open_window else [])]]
        for point in main.peaks:
            if (
                len(notes) < NOTED
                and point.persons >= 0.25 * highest
                and all(abs(point.last_year - t) >= 6 for t in taken)
            ):
                taken.append(point.last_year)
                text = f"{wording.count(point.persons)}<br>{point.name}"
                notes.append({"x": point.last_year, "y": point.persons, "text": text, "ax": 0, "ay": -28})
    return notes


def _name_of(line: Line, records: Sequence[Point]) -> dict[str, Any]:
    """The name of a series at its line, in the half where the record is not noted."""
    points = line.closed or line.drawn
    early = bool(records) and records[0].last_year > points[len(points) // 2].last_year
    point = points[0] if early else points[-min(3, len(points))]
    text = wording.cause_label(line.cause)
    place = {"showarrow": False, "xanchor": "left", "yshift": 14, "bgcolor": theme.CLEAR, "font": theme.BOLD}
    return {"x": point.last_year, "y": point.persons, "text": text, **place}


def _narrow(lines: Sequence[Line], *, few: bool) -> dict[str, Any]:
    first, last = _span(lines)
    axis = _axis(first, last, wanted=3 if few else 4)
    notes = _notes(lines[0], (first, last), few=few, highest=max(p.persons for line in lines for p in line.drawn))[:3]
    for note in notes[:1]:
        if not few:
            note |= {"ax": -50 if lines[0].records and note["x"] > first + (last - first) / 4 else 50, "ay": 0}
    names = [_name_of(line, lines[0].records) for line in lines if len(lines) > 1 and line.drawn]
    ticks = {"tickvals": axis["tickvals"], "ticktext": axis["ticktext"], "ticklabeloverflow": "allow"}
    return {"margin": {"r": 28}, "xaxis": ticks, "annotations": notes + names}


def _panel(line: Line, chart_id: str, highest: int) -> Panel:
    """One of the small charts: the line, its highest point and the open one, on the common scale."""
    first, last = _span([line])
    step = _round_step(highest)
    annotations = []
    if line.records:
        point = line.records[0]
        annotations.append(_small_label(point.last_year, point.persons, wording.count(point.persons), above=True))
    if line.open_window:
        now = line.open_window
        annotations.append(_small_label(now.last_year, now.persons, f"{wording.count(now.persons)} p", above=False))
    middle = (first + last) // 2
    at = [first, middle, last] if last - first > 12 else [first, last] if last > first else [first]
    layout: Mapping[str, Any] = {
        "margin": {"t": 12, "b": 22, "l": 30, "r": 44},
        "yaxis": {**theme.count_axis(highest, headroom=1.1), "tickvals": list(range(0, highest + 1, step))},
        "xaxis": {
            "range": [first - 1, last + max(0.8, (last - first) / 48)],
            "tickvals": at,
            "ticktext": [wording.years(year - YEARS_IN_WINDOW + 1, year) for year in at],
        },
        "annotations": annotations,
    }
    note = panel_note(line)
    heading = wording.cause_label(line.cause)
    return Panel(
        id=f"{chart_id}-{line.cause}",
        sign=line.cause,
        heading=heading,
        note=note,
        description=_("%(cause)s, five-year windows. %(note)s") % {"cause": heading, "note": note},
        figure=theme.figure(_traces(line, (first, last), few=False, main=True, size=8), layout),
    )


def _small_label(x: int, y: int, text: str, *, above: bool) -> dict[str, Any]:
    place = {"yshift": 11} if above else {"xanchor": "left", "xshift": 6}
    return {"x": x, "y": y, "text": text, "showarrow": False, "bgcolor": theme.CLEAR, **place}


def _round_step(highest: int) -> int:
    """A round step that puts three or four lines under the highest value."""
    for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000):
        if highest / step <= 4:
            return step
    return 10_000


def _band_words(main: Line, *, few: bool) -> str:
    return "" if few or not main.records else _("The shaded band covers the five years of the record window.")


def _open_words(main: Line) -> str:
    if main.open_window is None:
        return ""
    return _("The last window is provisional (hollow point): %(year)s is still open.") % {
        "year": main.open_window.last_year
    }


def _description(main: Line, outcome: str) -> str:
    """The line in a sentence: record, last closed and open window."""
    return _("Line of %(counted)s in rolling five-year windows. %(note)s") % {
        "counted": wording.persons_of(main.cause, outcome),
        "note": panel_note(main),
    }
