"""Rates with intervals of several series."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Cell, Embed, Heading, Row, Table, cell, sentences, words
from casualties.charts.rate_tables import interval_cell, interval_words, rate_words
from casualties.charts.side_by_side.series import height_of, names_axis
from casualties.frames import (
    FIRST_YEAR,
    LAST_YEAR,
    LEFT_OUT,
    MONTHS_COVERED,
    MONTHS_FILLED,
    NO_RATE,
    PERSON_YEARS,
    RATE,
    RATE_HIGH,
    RATE_HIGH_CLUSTERED,
    RATE_LOW,
    RATE_LOW_CLUSTERED,
    RATE_PERSONS,
)
from casualties.trends.rates import REASONS, NoRate


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
        height=height_of(len(with_rate)),
        **base,
    )


def _rates_title(names: Mapping[str, str], rows: Sequence[dict[Any, Any]]) -> str:
    """The highest and the lowest rate, and whether their intervals meet: a difference is not read from two dots.

    Those with incidents as the unit where both are known: the exact ones are too narrow where several die at once.
    """
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
    ends = high[RATE_LOW_CLUSTERED], low[RATE_HIGH_CLUSTERED]
    if any(map(wording.is_missing, ends)):
        overlap = _(
            "%(high)s per 1,000 person-years in %(most)s and %(low)s in %(least)s, with exact intervals that overlap"
        )
        apart = _(
            "%(high)s per 1,000 person-years in %(most)s and %(low)s in %(least)s, with exact intervals that do not "
            "overlap"
        )
        return (overlap if high[RATE_LOW] <= low[RATE_HIGH] else apart) % facts
    overlap = _(
        "%(high)s per 1,000 person-years in %(most)s and %(low)s in %(least)s; with incidents as the unit the "
        "intervals overlap"
    )
    apart = _(
        "%(high)s per 1,000 person-years in %(most)s and %(low)s in %(least)s; with incidents as the unit too the "
        "intervals do not overlap"
    )
    return (overlap if ends[0] <= ends[1] else apart) % facts


def _rates_figure(names: Mapping[str, str], rows: Sequence[dict[Any, Any]], cause: str) -> go.Figure:
    at = [names[row["item"]] for row in rows]
    colour = theme.cause_colour(cause)
    dots = theme.scatter(
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
        customdata=[_hover(row) for row in rows],
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
        "yaxis": names_axis(at),
    }
    return theme.figure([dots], layout)


def _hover(row: Mapping[Any, Any]) -> str:
    interval = interval_words(row[RATE_LOW], row[RATE_HIGH])
    return _("%(rate)s (%(interval)s)") % {"rate": rate_words(row[RATE]), "interval": interval}


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
    filled = "*" if row[MONTHS_FILLED] else ""
    return Row(
        cells=(
            name,
            cell(row[RATE_PERSONS]),
            cell(row[LEFT_OUT]),
            Cell(text=wording.person_years(row[PERSON_YEARS])),
            Cell(text=wording.years(int(row[FIRST_YEAR]), int(row[LAST_YEAR]))),
            Cell(text=f"{wording.count(row[MONTHS_COVERED])}{filled}"),
            Cell(text=rate_words(row[RATE])),
            interval_cell(row[RATE_LOW], row[RATE_HIGH]),
            interval_cell(row[RATE_LOW_CLUSTERED], row[RATE_HIGH_CLUSTERED]),
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
                "struck at once; the table has the interval with incidents as the unit, and the title says of that "
                "one whether two overlap. Each rate speaks for the years in its row alone."
            )
        )
        if any(row[MONTHS_FILLED] for row in rows):
            notes.append(_("* With mission-months that are filled in, not reported."))
    return sentences(*notes)
