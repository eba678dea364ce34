"""What part of all deaths each cause is, window by window: six small lines on one scale."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Cell, Embed, Heading, Panel, Row, Table, cell, sentences, words
from casualties.charts.window_axis import Axis
from casualties.charts.window_lines import stands_alone
from casualties.choices import Cause, Outcome
from casualties.frames import CAUSE, COMPLETE, FIRST_YEAR, LAST_YEAR, OF_ALL, PERSONS, PROVISIONAL, SHARE
from casualties.trends.shares import SMALLEST_BASE

OF_A_SHARE = [CAUSE, FIRST_YEAR, LAST_YEAR, PERSONS, OF_ALL, SHARE, PROVISIONAL, COMPLETE]


def shares_by_window(
    frame: pd.DataFrame,
    *,
    id: str,  # noqa: A002 - the HTML attribute has this name
    scope: str,
    outcome: str = Outcome.FATALITY,
    csv_url: str = "",
    source: str = "",
) -> Embed | None:
    """Shares of the six causes in each complete five-year window; None without a window of 20 people or more.

    `frame` is add_shares() of windows by cause (casualties.frames.WINDOW_COLUMNS, cause, of_all, share; no row of all
    causes). Windows with fewer people have no share and are gaps.
    """
    complete = frame.loc[frame[COMPLETE].astype(bool), OF_A_SHARE].sort_values(LAST_YEAR)
    closed = complete[~complete[PROVISIONAL].astype(bool) & complete[SHARE].notna()]
    if closed.empty:
        return None
    counted = wording.persons_of(wording.ALL_CAUSES, outcome)
    of_cause: dict[str, list[dict[Any, Any]]] = {cause: [] for cause in Cause.values}
    for row in complete.to_dict("records"):
        of_cause[row[CAUSE]].append(row)
    axis = Axis(first=int(complete[LAST_YEAR].min()), last=int(complete[LAST_YEAR].max()))
    highest = 100 * float(complete[SHARE].max())
    title = _title(closed, counted)
    return Embed(
        id=id,
        title=title,
        subtitle=_(
            "Share of %(counted)s by cause in each five-year window, per cent. One vertical scale for all. %(scope)s."
        )
        % {"counted": counted, "scope": wording.capitalised(scope)},
        panels=tuple(_panel(of_cause[cause], cause, axis, f"{id}-{cause}", highest) for cause in Cause.values),
        table=_table(complete, counted),
        caveat=sentences(
            _("No share is given for fewer than %(least)s people.") % {"least": SMALLEST_BASE}
            if complete[SHARE].isna().any()
            else "",
            _("Cases still to be determined move to other causes as they are settled."),
        ),
        csv_url=csv_url,
        source=source,
    )


def _title(closed: pd.DataFrame, counted: str) -> str:
    """The cause whose share differs most between the first and the last closed window with shares."""
    windows = _windows(closed)
    first, last = windows[min(windows)], windows[max(windows)]
    widest = max(Cause.values, key=lambda cause: abs(last[cause][SHARE] - first[cause][SHARE]))
    before, now = first[widest], last[widest]
    facts = {
        "cause": wording.cause_label(widest),
        "a": _share(before),
        "first": _name(before),
        "b": _share(now),
        "last": _name(now),
        "counted": counted,
    }
    if facts["first"] == facts["last"]:
        largest = max(Cause.values, key=lambda cause: last[cause][SHARE])
        facts |= {"cause": wording.cause_label(largest), "b": _share(last[largest])}
        return _("%(cause)s: %(b)s of %(counted)s in %(last)s") % facts
    return _("%(cause)s: %(a)s of %(counted)s in %(first)s, %(b)s in %(last)s") % facts


def _windows(frame: pd.DataFrame) -> dict[int, dict[str, dict[Any, Any]]]:
    """By last year and cause."""
    found: dict[int, dict[str, dict[Any, Any]]] = {}
    for row in frame.to_dict("records"):
        found.setdefault(int(row[LAST_YEAR]), {})[row[CAUSE]] = row
    return found


def _name(row: dict[Any, Any]) -> str:
    return wording.years(int(row[FIRST_YEAR]), int(row[LAST_YEAR]))


def _share(row: dict[Any, Any]) -> str:
    return wording.share(row[PERSONS], row[OF_ALL])


def _panel(rows: list[dict[Any, Any]], cause: str, axis: Axis, id: str, highest: float) -> Panel:  # noqa: A002
    heading = wording.cause_label(cause)
    note = _note([row for row in rows if not wording.is_missing(row[SHARE])])
    return Panel(
        id=id,
        sign=cause,
        heading=heading,
        note=note,
        description=_("%(cause)s, share in five-year windows. %(note)s") % {"cause": heading, "note": note},
        figure=_figure(rows, cause, axis, highest),
    )


def _note(known: Sequence[dict[Any, Any]]) -> str:
    """The highest closed window and the latest one. A window that is still open is never the highest."""
    if not known:
        return ""
    now = known[-1]
    facts = {"now": _share(now), "last": _name(now)}
    closed = [row for row in known if not row[PROVISIONAL]]
    top = max(closed, key=lambda row: row[SHARE]) if closed else now
    if not closed or not top[SHARE]:
        return (_("%(now)s in %(last)s (p).") if now[PROVISIONAL] else _("%(now)s in %(last)s.")) % facts
    facts |= {"top": _share(top), "when": _name(top)}
    if top is now:
        return _("Highest %(top)s in %(when)s.") % facts
    if now[PROVISIONAL]:
        return _("Highest %(top)s in %(when)s; %(now)s in %(last)s (p).") % facts
    return _("Highest %(top)s in %(when)s; %(now)s in %(last)s.") % facts


def _figure(rows: Sequence[dict[Any, Any]], cause: str, axis: Axis, highest: float) -> go.Figure:
    ticks = [axis.names[0], axis.names[-1]] if len(axis.names) > 1 else axis.names
    layout = {
        "margin": {"t": 10, "b": 22, "l": 34, "r": 14},
        "yaxis": {
            "range": theme.from_zero(highest * 1.08),
            "ticksuffix": wording.percent_sign(),
            "nticks": 4,
            "tickformat": ".0f",
        },
        "xaxis": {**axis.layout(wanted=2), "tickvals": ticks, "ticktext": ticks, "showline": False},
    }
    return theme.figure(_traces(rows, cause, axis), layout)


def _traces(rows: Sequence[dict[Any, Any]], cause: str, axis: Axis) -> list[dict[str, Any]]:
    """The closed windows, with a gap where there is none or no share, and after a dotted step the open one."""
    colour = theme.cause_colour(cause)
    of_year = {int(row[LAST_YEAR]): row for row in rows if not wording.is_missing(row[SHARE])}
    closed = {year: 100 * row[SHARE] for year, row in of_year.items() if not row[PROVISIONAL]}
    shares = [closed.get(year) for year in axis.years]
    traces = [
        theme.scatter(
            mode="lines+markers" if len(of_year) < 6 or stands_alone(shares) else "lines",
            x=axis.names,
            y=shares,
            line={"color": colour, "width": 2},
            marker={"size": 5, "color": colour},
            customdata=[_share(of_year[year]) if year in of_year else wording.NOT_AVAILABLE for year in axis.years],
            hovertemplate="%{customdata}<extra></extra>",
        )
    ]
    now = next((row for row in of_year.values() if row[PROVISIONAL]), None)
    if now is None:
        return traces
    name, share, before = _name(now), 100 * now[SHARE], closed.get(int(now[LAST_YEAR]) - 1)
    if before is not None:
        step = {"color": colour, "width": 2, "dash": "dot"}
        names = axis.names[-2:]
        traces.append(theme.scatter(mode="lines", x=names, y=[before, share], line=step, hoverinfo="skip"))
    hollow = {"size": 8, "color": theme.token("paper"), "line": {"color": colour, "width": 2}}
    said = {"customdata": [f"{_share(now)} p"], "hovertemplate": "%{customdata}<extra></extra>"}
    return [*traces, theme.scatter(mode="markers", x=[name], y=[share], marker=hollow, **said)]


def _table(complete: pd.DataFrame, counted: str) -> Table:
    """The latest window first: the base, then the share of each cause in per cent."""
    headings = [Heading(text=_("Window"), number=False), Heading(text=wording.capitalised(counted))]
    headings += [Heading(text=f"{wording.cause_label(cause)}, %") for cause in Cause.values]
    rows = []
    for _year, window in sorted(_windows(complete).items(), reverse=True):
        any_row = window[Cause.values[0]]
        mark = "p" if any_row[PROVISIONAL] else ""
        cells: list[Cell] = [words(_name(any_row)), cell(any_row[OF_ALL], mark=mark)]
        for cause in Cause.values:
            text = _share(window[cause])
            missing = text == wording.NOT_AVAILABLE
            cells.append(Cell(text=text.rstrip("%"), missing=missing, mark="" if missing else mark))
        rows.append(Row(cells=tuple(cells)))
    return Table(headings=tuple(headings), rows=tuple(rows))
