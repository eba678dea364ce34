"""Shares of the causes in several series."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Embed, Heading, KeyEntry, Row, Table, cell, share_cell, words
from casualties.charts.side_by_side.series import Counted, height_of, names_axis, narrow_names


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
        narrow=narrow_names([one.name for one in large]),
        key=tuple(KeyEntry(sign=cause, label=wording.cause_label(cause)) for cause in causes),
        key_label=_("Causes, from the left"),
        description=_("Bars of shares by cause, one for each. %(title)s.") % {"title": title},
        height=height_of(len(large)),
        **base,
    )


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
        theme.bar(
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
        "margin": {"t": 4, "r": 22},  # for the half of "100%" that reaches over the end
        "xaxis": {"range": [0, 100], "ticksuffix": wording.percent_sign(), "nticks": 6},
        "yaxis": {**names_axis(names), "gridcolor": theme.CLEAR},
    }
    return theme.figure(bars, layout)


def _shares_table(series: Sequence[Counted], causes: Sequence[str], outcome: str) -> Table:
    headings = [Heading(text=_("Cause"), number=False)]
    for one in series:
        headings += [Heading(text=f"{one.name}, {wording.noun(outcome).lower()}"), Heading(text=f"{one.name}, %")]
    rows = []
    for cause in causes:
        cells = [words(wording.cause_label(cause))]
        for one in series:
            cells += [cell(one.of(cause)), share_cell(one.of(cause), one.total)]
        rows.append(Row(cells=tuple(cells)))
    cells = [words(wording.cause_label(wording.ALL_CAUSES) if len(causes) > 1 else _("Together"))]
    for one in series:
        cells += [cell(one.total), share_cell(one.total, one.total)]
    return Table(headings=tuple(headings), rows=(*rows, Row(cells=tuple(cells), total=True)))
