"""Two to six series beside each other on one scale: years, shares of causes, rates with intervals, windows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Cell, Embed, Heading, KeyEntry, Panel, Row, Table, cell, sentences, words
from casualties.charts.rate_tables import rate_words
from casualties.charts.window_lines import small_figure
from casualties.charts.window_titles import Line, noun, panel_note
from casualties.frames import (
    CAUSE,
    FIRST_YEAR,
    LAST_YEAR,
    LEFT_OUT,
    MONTHS_COVERED,
    MONTHS_FILLED,
    NO_RATE,
    PERSON_YEARS,
    PERSONS,
    RATE,
    RATE_HIGH,
    RATE_HIGH_CLUSTERED,
    RATE_LOW,
    RATE_LOW_CLUSTERED,
    RATE_PERSONS,
    YEAR,
)
from casualties.trends.rates import REASONS, NoRate

ROW = 46  # pixels of one row of shares or rates
HEIGHTS = (240, 300, 340, 380)  # those that app.css has


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A series: `counts` is year, cause, persons; `years` those of the series, zero where no row is; `line` its
    windows, None where it has none of its own."""

    key: str
    name: str
    counts: pd.DataFrame
    years: range
    line: Line | None = None

    @property
    def total(self) -> int:
        return int(self.counts[PERSONS].sum())

    def of(self, cause: str) -> int:
        return int(self.counts.loc[self.counts[CAUSE] == cause, PERSONS].sum())

    def in_year(self, year: int, cause: str = "") -> int:
        rows = self.counts[self.counts[YEAR] == year]
        return int((rows[rows[CAUSE] == cause] if cause else rows)[PERSONS].sum())


def years_side_by_side(
    series: Sequence[Counted],
    causes: Sequence[str],
    *,
    cause: str,
    scope: str,
    outcome: str,
    open_year: int | None,
    csv_url: str,
    source: str,
) -> Embed:
    """A small chart of years by cause for each series, all on one vertical scale and, where they are not periods of
    their own, with one time axis."""
    highest = max((one.in_year(year) for one in series for year in one.years), default=0)
    common = any(one.line is not None for one in series)
    years = sorted({year for one in series for year in one.years})
    return Embed(
        id="years",
        title=_most_and_fewest(series, cause, outcome),
        subtitle=_("%(counted)s per calendar year by cause, one vertical scale for all. %(scope)s.")
        % {"counted": noun(outcome), "scope": wording.capitalised(scope)},
        panels=tuple(
            _years_panel(one, causes, highest, years if common else list(one.years), open_year)
            for one in series
            if one.years
        ),
        key=tuple(KeyEntry(sign=cause, label=wording.cause_label(cause)) for cause in causes),
        key_label=_("Causes, in stacking order from the base"),
        table=_years_table(series, years, open_year, outcome),
        caveat=_("A place without a bar is a counted zero within the years of a series, and nothing outside them."),
        csv_url=csv_url,
        source=source,
    )


def _most_and_fewest(series: Sequence[Counted], cause: str, outcome: str) -> str:
    """ "Most deaths: MINUSMA, 311. Fewest: UNDOF, 57" in words that hold for equal ones too."""
    totals = {one.name: one.total for one in series}
    high, low = max(totals.values()), min(totals.values())
    counted = wording.persons_of(cause, outcome)
    if high == low:
        return _("%(n)s %(counted)s in each") % {"n": wording.count(high), "counted": counted}
    facts = {
        "counted": wording.capitalised(counted),
        "most": wording.listed([name for name, n in totals.items() if n == high]),
        "high": wording.count(high),
        "fewest": wording.listed([name for name, n in totals.items() if n == low]),
        "low": wording.count(low),
    }
    return _("%(counted)s: most in %(most)s, with %(high)s; fewest in %(fewest)s, with %(low)s") % facts


def _years_panel(
    one: Counted, causes: Sequence[str], highest: int, years: Sequence[int], open_year: int | None
) -> Panel:
    bars = [
        go.Bar(
            name=wording.cause_label(cause),
            x=list(one.years),
            y=[one.in_year(year, cause) for year in one.years],
            marker=theme.bar_marker(cause),
            hovertemplate="%{y}",
        )
        for cause in causes
    ]
    span = wording.years(one.years[0], one.years[-1])
    mark = " (p)" if one.years[-1] == open_year else ""
    note = f"{span}{mark}: {wording.count(one.total)}."
    ticks = [years[0], years[len(years) // 2], years[-1]] if len(years) > 2 else list(years)
    layout = {
        "barmode": "stack",
        "margin": {"t": 12, "b": 22, "l": 30, "r": 14},
        "yaxis": theme.count_axis(highest),
        "xaxis": {"range": [years[0] - 0.6, years[-1] + 0.6], "tickvals": ticks, "ticktext": [str(y) for y in ticks]},
    }
    return Panel(
        id=f"years-{one.key}",
        sign="all",
        heading=one.name,
        note=note,
        description=_("Bars per year by cause, %(name)s. %(note)s") % {"name": one.name, "note": note},
        figure=theme.figure(bars, layout),
    )


def _years_table(series: Sequence[Counted], years: Sequence[int], open_year: int | None, outcome: str) -> Table:
    """A row per year; a series has a figure in the years that are its own."""
    rows = []
    for year in years:
        cells = [cell(one.in_year(year) if year in one.years else None) for one in series]
        rows.append(Row(cells=(Cell(text=str(year), mark="p" if year == open_year else ""), *cells)))
    sums = (Cell(text=noun(outcome)), *(cell(one.total) for one in series))
    rows.append(Row(cells=sums, total=True))
    return Table(headings=(Heading(text=_("Year")), *(Heading(text=one.name) for one in series)), rows=tuple(rows))


def shares_side_by_side(
    series: Sequence[Counted], causes: Sequence[str], *, scope: str, outcome: str, csv_url: str, source: str
) -> Embed:
    """The shares of the causes as bars of one length; a series of fewer than 20 people has counts and no shares."""
    large = [one for one in series if one.total >= wording.SMALLEST_BASE]
    small = [one.name for one in series if one not in large]
    caveat = ""
    if small:
        facts = {"names": wording.listed(small), "least": wording.SMALLEST_BASE}
        caveat = _("No share is given for fewer than %(least)s people: %(names)s.") % facts
    base: dict[str, Any] = {
        "id": "shares",
        "subtitle": _("Share of %(counted)s by cause, per cent. %(scope)s.")
        % {"counted": wording.persons_of(wording.ALL_CAUSES, outcome), "scope": wording.capitalised(scope)},
        "table": _shares_table(series, causes, outcome),
        "caveat": caveat,
        "csv_url": csv_url,
        "source": source,
    }
    if not large:
        return Embed(title=_("Too few people for shares"), **base)
    title = _widest(large, causes, outcome)
    return Embed(
        title=title,
        figure=_shares_figure(large, causes),
        narrow={"margin": {"l": 8}},
        key=tuple(KeyEntry(sign=cause, label=wording.cause_label(cause)) for cause in causes),
        key_label=_("Causes, from the left"),
        description=_("Bars of shares by cause, one for each. %(title)s.") % {"title": title},
        height=_height(len(large)),
        **base,
    )


def _height(rows: int) -> int:
    return next((height for height in HEIGHTS if height >= rows * ROW + 50), HEIGHTS[-1])


def _widest(series: Sequence[Counted], causes: Sequence[str], outcome: str) -> str:
    """The cause whose share differs most: "Malicious act: 56% of deaths in MINUSMA, 9% in UNIFIL"."""

    def part(one: Counted, cause: str) -> float:
        return one.of(cause) / one.total

    def spread(cause: str) -> float:
        return max(part(one, cause) for one in series) - min(part(one, cause) for one in series)

    cause = max(causes, key=spread)
    ordered = sorted(series, key=lambda one: -part(one, cause))
    high, low = ordered[0], ordered[-1]
    facts = {
        "cause": wording.cause_label(cause),
        "high": wording.share(high.of(cause), high.total),
        "counted": wording.persons_of(wording.ALL_CAUSES, outcome),
        "most": high.name,
        "low": wording.share(low.of(cause), low.total),
        "least": low.name,
    }
    if len(series) == 1 or facts["high"] == facts["low"]:
        return _("%(cause)s: %(high)s of %(counted)s in %(most)s") % facts
    return _("%(cause)s: %(high)s of %(counted)s in %(most)s, %(low)s in %(least)s") % facts


def _shares_figure(series: Sequence[Counted], causes: Sequence[str]) -> go.Figure:
    names = [one.name for one in series]
    bars = [
        go.Bar(
            name=wording.cause_label(cause),
            orientation="h",
            y=names,
            x=[100 * one.of(cause) / one.total for one in series],
            customdata=[wording.share(one.of(cause), one.total) for one in series],
            marker=theme.bar_marker(cause),
            hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
        )
        for cause in causes
    ]
    layout = {
        "barmode": "stack",
        "hovermode": "closest",
        "bargap": 0.35,
        "margin": {"t": 4},
        "xaxis": {"range": [0, 100], "ticksuffix": "%", "nticks": 6},
        "yaxis": {**_names_axis(names), "gridcolor": theme.CLEAR},
    }
    return theme.figure(bars, layout)


def _names_axis(names: Sequence[str]) -> dict[str, Any]:
    """The first of the names on top."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(reversed(names)),
        "range": [-0.6, len(names) - 0.4],
        "tickmode": "linear",
        "dtick": 1,
        "ticksuffix": "  ",
        "showgrid": False,
        "zeroline": False,
    }


def _shares_table(series: Sequence[Counted], causes: Sequence[str], outcome: str) -> Table:
    headings = [Heading(text=_("Cause"), number=False)]
    for one in series:
        headings += [Heading(text=f"{one.name}, {noun(outcome).lower()}"), Heading(text=f"{one.name}, %")]
    rows = []
    for cause in causes:
        cells = [words(wording.cause_label(cause))]
        for one in series:
            cells += [cell(one.of(cause)), _share(one.of(cause), one.total)]
        rows.append(Row(cells=tuple(cells)))
    cells = [words(wording.cause_label(wording.ALL_CAUSES) if len(causes) > 1 else _("Together"))]
    for one in series:
        cells += [cell(one.total), _share(one.total, one.total)]
    return Table(headings=tuple(headings), rows=(*rows, Row(cells=tuple(cells), total=True)))


def _share(part: int, base: int) -> Cell:
    text = wording.share(part, base)
    return Cell(text=text.rstrip("%"), missing=text == wording.NOT_AVAILABLE)


def rates_beside(
    names: Mapping[str, str], rates: pd.DataFrame, *, cause: str, scope: str, outcome: str, csv_url: str, source: str
) -> Embed:
    """Rates as dots with exact intervals on one scale; `rates` is an answer of trends.side_by_side, `names` the names
    of its items in their order."""
    rows = rates.to_dict("records")
    with_rate = [row for row in rows if not wording.is_missing(row[RATE])]
    base: dict[str, Any] = {
        "id": "rates",
        "subtitle": _(
            "Uniformed %(counted)s per 1,000 uniformed person-years with the exact 95%% interval, over the years that "
            "the person-years cover. %(scope)s."
        )
        % {"counted": wording.persons_of(cause, outcome), "scope": wording.capitalised(scope)},
        "table": _rates_table(names, rows),
        "caveat": _rate_caveat(names, rows),
        "csv_url": csv_url,
        "source": source,
    }
    if not with_rate:
        return Embed(title=_("No rate can be given"), **base)
    title = _rates_title(names, with_rate)
    return Embed(
        title=title,
        figure=_rates_figure(names, with_rate, cause),
        description=_("Dots with whiskers, one for each. %(title)s.") % {"title": title},
        height=_height(len(with_rate)),
        **base,
    )


def _rates_title(names: Mapping[str, str], rows: Sequence[dict[Any, Any]]) -> str:
    """The highest and the lowest rate, and whether their intervals meet: a difference is not read from two dots."""
    ordered = sorted(rows, key=lambda row: -row[RATE])
    high, low = ordered[0], ordered[-1]
    facts = {
        "most": names[high["item"]],
        "high": rate_words(high[RATE]),
        "least": names[low["item"]],
        "low": rate_words(low[RATE]),
    }
    if len(rows) == 1:
        return _("%(high)s per 1,000 person-years in %(most)s, the only one with a rate") % facts
    if high[RATE_LOW] <= low[RATE_HIGH]:
        return _(
            "%(high)s per 1,000 person-years in %(most)s and %(low)s in %(least)s, with intervals that overlap"
        ) % (facts)
    return _(
        "%(high)s per 1,000 person-years in %(most)s and %(low)s in %(least)s, with intervals that do not overlap"
    ) % (facts)


def _rates_figure(names: Mapping[str, str], rows: Sequence[dict[Any, Any]], cause: str) -> go.Figure:
    at = [names[row["item"]] for row in rows]
    colour = theme.cause_colour(cause)
    dots = go.Scatter(
        mode="markers",
        x=[float(row[RATE]) for row in rows],
        y=at,
        marker={"size": 11, "color": colour},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [float(row[RATE_HIGH] - row[RATE]) for row in rows],
            "arrayminus": [float(row[RATE] - row[RATE_LOW]) for row in rows],
            "color": colour,
            "thickness": 1.6,
            "width": 5,
        },
        customdata=[
            _("%(rate)s (%(interval)s)") % {"rate": rate_words(row[RATE]), "interval": _interval(row)} for row in rows
        ],
        hovertemplate="%{y}: %{customdata}<extra></extra>",
    )
    layout = {
        "hovermode": "closest",
        "margin": {"t": 4},
        "xaxis": {
            "range": [0, max(float(row[RATE_HIGH]) for row in rows) * 1.06 or 1],
            "tickformat": ".2~f",
            "showgrid": True,
            "gridcolor": theme.token("grid"),
            "nticks": 6,
        },
        "yaxis": _names_axis(at),
    }
    return theme.figure([dots], layout)


def _interval(row: Mapping[Any, Any], low: str = RATE_LOW, high: str = RATE_HIGH) -> str:
    if wording.is_missing(row[low]) or wording.is_missing(row[high]):
        return wording.NOT_AVAILABLE
    return _("%(low)s to %(high)s") % {"low": rate_words(row[low]), "high": rate_words(row[high])}


def _rates_table(names: Mapping[str, str], rows: Sequence[dict[Any, Any]]) -> Table:
    headings = (
        Heading(text=_("Compared"), number=False),
        Heading(text=_("Uniformed, in rate")),
        Heading(text=_("Left out")),
        Heading(text=_("Person-years")),
        Heading(text=_("Years covered")),
        Heading(text=_("Months covered")),
        Heading(text=_("Rate per 1,000")),
        Heading(text=_("95% interval, exact")),
        Heading(text=_("95% interval, incidents as the unit")),
    )
    return Table(headings=headings, rows=tuple(_rates_row(names, row) for row in rows))


def _rates_row(names: Mapping[str, str], row: Mapping[Any, Any]) -> Row:
    name = words(names[row["item"]])
    if wording.is_missing(row[RATE]):
        blanks = [cell(None) for _column in range(5)]
        no_rate = Cell(text=_("no rate"), missing=True)
        return Row(cells=(name, *blanks, no_rate, cell(None), cell(None)))
    clustered = _interval(row, RATE_LOW_CLUSTERED, RATE_HIGH_CLUSTERED)
    filled = "*" if row[MONTHS_FILLED] else ""
    return Row(
        cells=(
            name,
            cell(row[RATE_PERSONS]),
            cell(row[LEFT_OUT]),
            cell(round(row[PERSON_YEARS])),
            Cell(text=wording.years(int(row[FIRST_YEAR]), int(row[LAST_YEAR]))),
            Cell(text=f"{wording.count(row[MONTHS_COVERED])}{filled}"),
            Cell(text=rate_words(row[RATE])),
            Cell(text=_interval(row)),
            Cell(text=clustered, missing=clustered == wording.NOT_AVAILABLE),
        )
    )


def _rate_caveat(names: Mapping[str, str], rows: Sequence[dict[Any, Any]]) -> str:
    """Why some have no rate, what filled months are, and that the exact interval is too narrow."""
    notes = []
    for reason in NoRate:
        without = [names[row["item"]] for row in rows if row[NO_RATE] == reason.value]
        if reason is not NoRate.NONE and without:
            notes.append(f"{wording.listed(without)}: {_(REASONS[reason])}.")
    if any(not wording.is_missing(row[RATE]) for row in rows):
        notes.append(
            _(
                "The exact interval takes every person as an event of its own, which is too narrow where several are "
                "struck at once; the table has the interval with incidents as the unit. Each rate speaks for the years "
                "in its row alone."
            )
        )
        if any(row[MONTHS_FILLED] for row in rows):
            notes.append(_("* With mission-months that are filled in, not reported."))
    return sentences(*notes)


def windows_side_by_side(
    series: Sequence[Counted], *, cause: str, scope: str, outcome: str, csv_url: str, source: str
) -> Embed | None:
    """Five-year windows as small lines on one scale; None where no series has windows of its own."""
    lines = [(one, one.line) for one in series if one.line is not None and one.line.points]
    if not lines:
        return None
    drawn = [(one, line) for one, line in lines if line.drawn]
    highest = max((point.persons for _one, line in drawn for point in line.drawn), default=0)
    return Embed(
        id="windows",
        title=_highest_window(lines, cause, outcome),
        subtitle=_("%(counted)s in each complete window of five calendar years. One vertical scale for all. %(scope)s.")
        % {
            "counted": wording.capitalised(wording.persons_of(cause, outcome)),
            "scope": wording.capitalised(scope),
        },
        panels=tuple(
            Panel(
                id=f"windows-{one.key}",
                sign=cause or "all",
                heading=one.name,
                note=panel_note(line),
                description=_("%(name)s, five-year windows. %(note)s") % {"name": one.name, "note": panel_note(line)},
                figure=small_figure(Line(cause=cause, points=line.points, peaks=line.peaks), highest),
            )
            for one, line in drawn
        ),
        table=_windows_table(lines),
        caveat=_("Rank among the complete, closed windows of the same series; in parentheses the one it would have."),
        csv_url=csv_url,
        source=source,
    )


def _highest_window(lines: Sequence[tuple[Counted, Line]], cause: str, outcome: str) -> str:
    """The highest closed window of all series."""
    records = [(one.name, point) for one, line in lines for point in line.records]
    if not records:
        return _("No complete, closed five-year window with anybody in it")
    name, point = max(records, key=lambda pair: pair[1].persons)
    facts = {
        "counted": wording.capitalised(wording.persons_of(cause, outcome)),
        "name": name,
        "window": point.name,
        "n": wording.count(point.persons),
    }
    return _("%(counted)s over five years were highest in %(name)s, %(window)s, with %(n)s") % facts


def _windows_table(lines: Sequence[tuple[Counted, Line]]) -> Table:
    """A row per series: the last closed window and its rank, the record, the open one."""
    rows = []
    for one, line in lines:
        last = line.closed[-1] if line.closed else None
        record = line.records[0] if line.records else None
        now = line.open_window
        cells = (
            words(one.name),
            words(last.name if last else wording.NOT_AVAILABLE),
            cell(last.persons if last else None),
            cell(last.rank if last else None),
            words(record.name if record else wording.NOT_AVAILABLE),
            cell(record.persons if record else None),
            cell(now.persons if now else None, mark="p" if now else ""),
            Cell(text=f"({wording.count(now.would_be_rank)})", mark="p") if now and now.would_be_rank else cell(None),
        )
        rows.append(Row(cells=cells))
    headings = (
        Heading(text=_("Compared"), number=False),
        Heading(text=_("Last closed window"), number=False),
        Heading(text=_("People")),
        Heading(text=_("Rank")),
        Heading(text=_("Record window"), number=False),
        Heading(text=_("People")),
        Heading(text=_("Open window, people")),
        Heading(text=_("Rank")),
    )
    return Table(headings=headings, rows=tuple(rows))
