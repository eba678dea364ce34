"""Shares of deaths by cause in one selection beside all others: two dots joined."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Embed, Heading, KeyEntry, Row, Table, cell, sentences, share_cell, words
from casualties.choices import Cause, Outcome
from casualties.frames import CAUSE, PERSONS


def shares(
    subject: pd.DataFrame,
    others: pd.DataFrame,
    *,
    id: str,  # noqa: A002 - the HTML attribute has this name
    name: str,
    others_name: str,
    span: str,
    scope: str,
    outcome: str = Outcome.FATALITY,
    caveat: str = "",
    csv_url: str = "",
    source: str = "",
) -> Embed:
    """Shares of the causes in `subject` and in `others`, as whole per cent.

    Both frames are cause, persons (any further dimension is added up); a cause without a row is a counted zero. `name`
    and `others_name` stand in sentences ("MINUSMA", "all other missions"); `span` is the period of both ("2013 to 2023
    (p)"). With fewer than 20 people on either side there are no shares and no figure, only the counts.
    """
    left, right = _counts(subject), _counts(others)
    sums = sum(left.values()), sum(right.values())
    counted = wording.noun(outcome)
    base: dict[str, Any] = {
        "id": id,
        "subtitle": _("Share of %(counted)s by cause, per cent, %(span)s. %(scope)s.")
        % {"counted": counted.lower(), "span": span, "scope": wording.capitalised(scope)},
        "table": _table(left, right, sums, name=name, others_name=others_name, counted=counted),
        "csv_url": csv_url,
        "source": source,
    }
    if min(sums) < wording.SMALLEST_BASE:
        who, n = (name, sums[0]) if sums[0] < wording.SMALLEST_BASE else (others_name, sums[1])
        reason = _("No share is given for fewer than %(least)s people.") % {"least": wording.SMALLEST_BASE}
        return Embed(title=_too_few(who, n, counted), caveat=sentences(reason, caveat), **base)
    names = {"name": name, "others": others_name}
    title = _title(left, right, sums, {**names, "counted": counted.lower()})
    return Embed(
        title=title,
        figure=_figure(left, right, sums, name, others_name),
        key=(KeyEntry(sign="subject", label=name), KeyEntry(sign="other", label=wording.capitalised(others_name))),
        key_label=_("Signs"),
        description=_("Dots joined by a line for each cause, %(name)s beside %(others)s. %(title)s.")
        % {**names, "title": title},
        caveat=caveat,
        height=300,
        **base,
    )


def _too_few(name: str, n: int, counted: str) -> str:
    return _("Too few %(counted)s in %(name)s for shares: %(n)s") % {
        "counted": counted.lower(),
        "name": name,
        "n": wording.count(n) if n else _("none"),
    }


def _title(left: Mapping[str, int], right: Mapping[str, int], sums: tuple[int, int], named: Mapping[str, str]) -> str:
    """The cause whose share differs most."""
    widest = max(Cause.values, key=lambda cause: abs(left[cause] / sums[0] - right[cause] / sums[1]))
    said = {
        **named,
        "cause": wording.capitalised(_as_cause(widest)),
        "a": wording.share(left[widest], sums[0]),
        "b": wording.share(right[widest], sums[1]),
    }
    if said["a"] == said["b"]:
        return _("Shares by cause in %(name)s and %(others)s are the same to a whole per cent") % said
    return _("%(cause)s: %(a)s of %(counted)s in %(name)s, %(b)s in %(others)s") % said


def _as_cause(cause: str) -> str:
    return {Cause.MALICIOUS_ACT: _("malicious acts"), Cause.ACCIDENT: _("accidents")}.get(
        Cause(cause), wording.cause_label(cause)
    )


def _counts(frame: pd.DataFrame) -> dict[str, int]:
    missing = {CAUSE, PERSONS} - set(frame.columns)
    if missing:
        raise ValueError(f"a frame of causes needs cause and persons; missing: {sorted(missing)}")
    counts = dict.fromkeys(Cause.values, 0)
    for cause, persons in zip(frame[CAUSE], frame[PERSONS], strict=True):
        number = wording.whole(persons)
        if cause not in counts or number is None:
            raise ValueError(f"shares need a count for a known cause, not {persons!r} for {cause!r}")
        counts[cause] += number
    return counts


def _figure(
    left: Mapping[str, int], right: Mapping[str, int], sums: tuple[int, int], name: str, others_name: str
) -> go.Figure:
    order = list(Cause.values)
    labels = {cause: wording.cause_label(cause) for cause in order}
    a = {cause: 100 * left[cause] / sums[0] for cause in order}
    b = {cause: 100 * right[cause] / sums[1] for cause in order}
    joins = [
        theme.scatter(
            mode="lines",
            x=[a[cause], b[cause]],
            y=[labels[cause]] * 2,
            line={"color": theme.token("rule-strong"), "width": 1.5},
            hoverinfo="skip",
        )
        for cause in order
    ]
    hollow = {
        "size": 11,
        "symbol": "diamond",
        "color": theme.token("paper"),
        "line": {"color": theme.token("all"), "width": 1.8},
    }
    dots = [
        _dots(others_name, b, labels, {cause: wording.share(right[cause], sums[1]) for cause in order}, hollow),
        _dots(
            name,
            a,
            labels,
            {cause: wording.share(left[cause], sums[0]) for cause in order},
            {"size": 11, "color": [theme.cause_colour(cause) for cause in order]},
        ),
    ]
    layout = {
        "hovermode": "closest",
        "xaxis": {
            "range": [-2, max(*a.values(), *b.values()) + 8],
            "ticksuffix": wording.percent_sign(),
            "showgrid": True,
            "gridcolor": theme.token("grid"),
            "nticks": 5,
        },
        "yaxis": _causes_axis([labels[cause] for cause in order]),
        "margin": {"t": 4},
    }
    return theme.figure([*joins, *dots], layout)


def _causes_axis(names: Sequence[str]) -> dict[str, Any]:
    """One row for each cause, the first on top."""
    return {
        "showgrid": False,
        "zeroline": False,
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(reversed(names)),
        "range": [-0.6, 5.6],
        "tickmode": "linear",
        "dtick": 1,
        "ticksuffix": "\u00a0\u00a0",
    }


def _dots(
    name: str, at: Mapping[str, float], labels: Mapping[str, str], said: Mapping[str, str], marker: Mapping[str, object]
) -> dict[str, Any]:
    return theme.scatter(
        mode="markers",
        name=name,
        x=list(at.values()),
        y=list(labels.values()),
        customdata=list(said.values()),
        marker=marker,
        hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
    )


def _table(
    left: Mapping[str, int],
    right: Mapping[str, int],
    sums: tuple[int, int],
    *,
    name: str,
    others_name: str,
    counted: str,
) -> Table:
    others_name = wording.capitalised(others_name)
    rows = []
    for cause in Cause.values:
        cells = (
            words(wording.cause_label(cause)),
            cell(left[cause]),
            share_cell(left[cause], sums[0]),
            cell(right[cause]),
            share_cell(right[cause], sums[1]),
        )
        rows.append(Row(cells=cells))
    whole = (
        words(wording.cause_label("")),
        cell(sums[0]),
        share_cell(*[sums[0]] * 2),
        cell(sums[1]),
        share_cell(*[sums[1]] * 2),
    )
    rows.append(Row(cells=whole, total=True))
    headings = (
        Heading(text=_("Cause"), number=False),
        Heading(text=f"{name}, {counted.lower()}"),
        Heading(text=f"{name}, %"),
        Heading(text=f"{others_name}, {counted.lower()}"),
        Heading(text=f"{others_name}, %"),
    )
    return Table(headings=headings, rows=tuple(rows))
