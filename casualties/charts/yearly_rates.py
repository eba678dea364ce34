"""Yearly rates as dots with whiskers: one selection, and all other missions beside it; grey where there is no rate."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Embed, KeyEntry
from casualties.charts.rate_tables import rate_words
from casualties.charts.yearly_rate_notes import notes, runs
from casualties.charts.yearly_rate_tables import (
    Pooled,
    Year,
    of_years,
    pooled,
    rated,
    rows_of,
    star,
    yearly_table,
)
from casualties.choices import Outcome
from casualties.frames import (
    MONTHS_COVERED,
    RATE,
    RATE_HIGH,
    RATE_LOW,
    YEAR,
)
from casualties.trends.yearly_rates import MONTHS_IN_YEAR

FEWEST_PERSON_YEARS = 1_000  # below them one death more moves a rate per 1,000 by more than 1
APART = 0.13  # how far from its year a dot stands where two stand side by side
LABELLED = 12


def yearly_rates_chart(
    own: pd.DataFrame,
    others: pd.DataFrame | None,
    *,
    id: str,  # noqa: A002 - the HTML attribute has this name
    cause: str,
    name: str,
    scope: str,
    outcome: str = Outcome.FATALITY,
    counted: str = "",
    csv_url: str = "",
    source: str = "",
) -> Embed | None:
    """Rates by year with exact 95% intervals; None where no year has a rate.

    `own` and `others` are rows of one cause of trends.yearly_rates.YEARLY_COLUMNS, in the same years; `name` is whose
    rates `own` are ("MINUSMA"). The plot begins with the first year that has a rate; later years without one are a grey
    field. `counted` says what is counted where it is not one cause ("deaths from malicious acts or accidents").
    """
    rows, others_rows = rows_of(own), None if others is None else rows_of(others)
    with_rate = rated(rows)
    if not with_rate:
        return None
    counted = counted or wording.persons_of(cause, outcome)
    first = min(row[YEAR] for row in with_rate)
    drawn = [row for row in rows if row[YEAR] >= first]
    beside = None if others_rows is None else of_years(others_rows, drawn)
    title = _title(rows, others_rows, name=name, counted=counted)
    others_name = _("All other missions")
    return Embed(
        id=id,
        title=title,
        subtitle=_(
            "Uniformed %(counted)s per 1,000 uniformed person-years by year, with the exact 95%% interval. %(s)s."
        )
        % {"counted": counted, "s": wording.capitalised(scope)},
        figure=_figure(drawn, beside, cause, name=name, others_name=others_name),
        narrow=_narrow(drawn),
        key=()
        if beside is None
        else (
            KeyEntry(sign=_dot(cause), label=_("%(name)s, with 95%% interval") % {"name": name}),
            KeyEntry(sign="other", label=_("All other missions, with 95% interval")),
        ),
        key_label=_("Signs"),
        description=_("Dots with whiskers, one for each year that has a rate. %(title)s.") % {"title": title},
        caveat=notes(rows, outcome),
        table=yearly_table(rows, others_rows, outcome=outcome),
        csv_url=csv_url,
        source=source,
        height=300,
    )


def _dot(cause: str) -> str:
    """The sign of the chart's own dots in its key."""
    return f"dot-{cause}" if cause else "subject"


def _title(own: Sequence[Year], others: Sequence[Year] | None, *, name: str, counted: str) -> str:
    """ "1.75 uniformed deaths by malicious acts per 1,000 person-years in MINUSMA in 2013–18, 0.19 in all other
    missions"; of few person-years, that they are too few to compare; without others, the highest year and the last."""
    of_own = pooled(own)
    if others is not None:
        theirs = pooled(of_years(others, rated(own)))
        facts = {
            "rate": rate_words(of_own.rate),
            "counted": counted,
            "name": name,
            "years": of_own.name,
            "theirs": rate_words(theirs.rate),
        }
        if of_own.person_years < FEWEST_PERSON_YEARS:
            facts |= {"n": wording.person_years(of_own.person_years)}
            facts |= {"low": rate_words(of_own.low), "high": rate_words(of_own.high)}
            return (
                _(
                    "%(n)s person-years in %(name)s in %(years)s are too few to compare: %(rate)s uniformed "
                    "%(counted)s per 1,000 (95%% interval %(low)s to %(high)s)"
                )
                % facts
            )
        said = _("%(rate)s uniformed %(counted)s per 1,000 person-years in %(name)s in %(years)s")
        return (said + _(", %(theirs)s in all other missions")) % facts if theirs.person_years else said % facts
    return _highest_and_last(own, of_own, counted)


def _highest_and_last(own: Sequence[Year], whole: Pooled, counted: str) -> str:
    with_rate = rated(own)
    chosen = [row for row in with_rate if row[MONTHS_COVERED] == MONTHS_IN_YEAR] or with_rate
    if not whole.persons:
        return _("No uniformed %(counted)s in %(years)s, the years with a rate") % {
            "counted": counted,
            "years": whole.name,
        }
    highest, last = max(chosen, key=lambda row: row[RATE]), chosen[-1]
    facts = {
        "counted": counted,
        "year": int(highest[YEAR]),
        "rate": rate_words(highest[RATE]),
        "last": int(last[YEAR]),
        "last_rate": rate_words(last[RATE]),
    }
    if facts["year"] == facts["last"]:
        return _("Uniformed %(counted)s per 1,000 person-years were highest in %(year)s, at %(rate)s") % facts
    said = _("Uniformed %(counted)s per 1,000 person-years were highest in %(year)s, at %(rate)s, and %(last_rate)s in")
    return f"{said % facts} {facts['last']}"


def _figure(
    drawn: Sequence[Year], beside: Sequence[Year] | None, cause: str, *, name: str, others_name: str
) -> go.Figure:
    colour = theme.cause_colour(cause)
    apart = 0.0 if beside is None else APART
    traces = [_dots(drawn, -apart, name, {"size": 8, "color": colour}, colour)]
    if beside is not None:
        hollow = {
            "size": 8,
            "symbol": "diamond",
            "color": theme.token("paper"),
            "line": {"color": theme.token("all"), "width": 1.6},
        }
        traces.append(_dots(beside, apart, others_name, hollow, theme.token("ink-3")))
    ends = [row[RATE_HIGH] for row in rated([*drawn, *(beside or ())])]
    fields = _fields(drawn)
    layout = {
        "hovermode": "closest",
        "xaxis": _axis(drawn, step=1 if len(drawn) <= LABELLED else 5),
        "yaxis": {"range": [0, max(ends) * 1.08], "tickformat": ".3~g"},
        "shapes": [_field(first, last) for first, last in fields],
        "annotations": [_field_words(first, last) for first, last in fields if last - first >= 2],
    }
    return theme.figure(traces, layout)


def _dots(rows: Sequence[Year], shift: float, name: str, marker: dict[str, Any], whisker: str) -> dict[str, Any]:
    chosen = rated(rows)
    said = [
        _("%(name)s, %(year)s: %(rate)s (%(low)s to %(high)s)")
        % {
            "name": name,
            "year": f"{int(row[YEAR])}{star(row)}",
            "rate": rate_words(row[RATE]),
            "low": rate_words(row[RATE_LOW]),
            "high": rate_words(row[RATE_HIGH]),
        }
        for row in chosen
    ]
    return theme.scatter(
        mode="markers",
        name=name,
        x=[float(row[YEAR]) + shift for row in chosen],
        y=[row[RATE] for row in chosen],
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [row[RATE_HIGH] - row[RATE] for row in chosen],
            "arrayminus": [row[RATE] - row[RATE_LOW] for row in chosen],
            "color": whisker,
            "thickness": 1.2,
            "width": 3,
        },
        marker=marker,
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _axis(drawn: Sequence[Year], *, step: int) -> dict[str, Any]:
    names = {int(row[YEAR]): f"{int(row[YEAR])}{star(row)}" for row in drawn}
    years = list(names)
    at = [year for year in years if step == 1 or year % step == 0] or [years[0]]
    return {
        "range": [years[0] - 0.6, years[-1] + 0.6],
        "tickvals": at,
        "ticktext": [names[year] for year in at],
    }


def _narrow(drawn: Sequence[Year]) -> dict[str, Any]:
    axis = _axis(drawn, step=1 if len(drawn) <= 6 else 5 if len(drawn) <= 25 else 10)
    return {"xaxis": {"tickvals": axis["tickvals"], "ticktext": axis["ticktext"]}}


def _fields(drawn: Sequence[Year]) -> list[tuple[int, int]]:
    """Runs of years without a rate."""
    return runs([int(row[YEAR]) for row in drawn if wording.is_missing(row[RATE])])


def _field(first: int, last: int) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": first - 0.5,
        "x1": last + 0.5,
        "y0": 0,
        "y1": 1,
        "fillcolor": theme.token("wash"),
        "line": {"width": 0},
        "layer": "below",
    }


def _field_words(first: int, last: int) -> dict[str, Any]:
    return {
        "x": (first + last) / 2,
        "xref": "x",
        "y": 0.5,
        "yref": "paper",
        "text": _("no strength<br>recorded"),
        "showarrow": False,
        "align": "center",
        "bgcolor": theme.CLEAR,
        "font": {"color": theme.token("ink-2")},
    }
