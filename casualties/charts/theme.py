"""How charts look, once: names of colours, the template, and the way a figure becomes JSON.

Figures never hold colours. In Python a colour is written `token("malicious")`, which is "var(--malicious)": the CSS
spelling, which plotly's validators let through, so that figures are still checked. In the page's JSON the same reads
"@malicious"; static/charts.js replaces it by the value that app.css gives it at that moment (light, dark, print).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from plotly import graph_objects as go

from casualties.charts.margins import left_margin
from casualties.charts.wording import separators
from casualties.choices import Cause

CAUSE_TOKENS = {
    "": "all",
    Cause.MALICIOUS_ACT.value: "malicious",
    Cause.ACCIDENT.value: "accident",
    Cause.ILLNESS.value: "illness",
    Cause.SELF_INFLICTED.value: "self",
    Cause.TO_BE_DETERMINED.value: "tbd",
    Cause.UNKNOWN.value: "unknown",
}
CLEAR = "rgba(0,0,0,0)"
BOLD = {"weight": 600}  # never <b> in a text: plotly.js would write an inline style, which the page's policy forbids
_TOKEN = re.compile(rb'"var\(--([a-z0-9-]+)\)"')

_AXIS_FONT = {"color": "@ink-2"}
# Nothing at an axis is measured by the browser (margins.py says why): labels lie flat, and may reach over the edge of
# the plot, for which its margins leave room.
TEMPLATE: Mapping[str, Any] = {
    "layout": {
        "font": {"family": "@font", "size": 12.5, "color": "@ink-2"},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "margin": {"l": 38, "r": 14, "t": 14, "b": 30, "pad": 0},
        "showlegend": False,
        "autosize": True,
        "dragmode": False,
        "bargap": 0.16,
        "barcornerradius": 0,
        "hovermode": "x unified",
        "hoverdistance": 40,
        "hoverlabel": {
            "bgcolor": "@paper",
            "bordercolor": "@rule-strong",
            "font": {"family": "@font", "size": 12.5, "color": "@ink"},
        },
        "separators": ".,",
        "xaxis": {
            "showgrid": False,
            "zeroline": False,
            "showline": True,
            "linecolor": "@rule-strong",
            "linewidth": 1,
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": "@rule-strong",
            "fixedrange": True,
            "tickangle": 0,
            "ticklabeloverflow": "allow",
            "tickfont": _AXIS_FONT,
            "layer": "below traces",
        },
        "yaxis": {
            "gridcolor": "@grid",
            "gridwidth": 1,
            "zeroline": True,
            "zerolinecolor": "@rule-strong",
            "zerolinewidth": 1,
            "showline": False,
            "ticks": "",
            "fixedrange": True,
            "rangemode": "tozero",
            "nticks": 6,
            "tickformat": ",d",
            "tickangle": 0,
            "ticklabeloverflow": "allow",
            "tickfont": _AXIS_FONT,
        },
        "annotationdefaults": {
            "font": {"size": 12.5, "color": "@ink"},
            "arrowcolor": "@ink-3",
            "arrowwidth": 1,
            "arrowhead": 0,
            "align": "left",
            "bgcolor": "@paper",
            "borderpad": 1,
        },
        "shapedefaults": {"line": {"color": "@rule-strong", "width": 1}},
    },
    "data": {
        "bar": [{"marker": {"line": {"color": "@paper", "width": 0.6}}, "textfont": {"color": "@ink"}}],
        # A point at zero is drawn whole, and above the axis.
        "scatter": [{"line": {"width": 2}, "marker": {"size": 7}, "connectgaps": False, "cliponaxis": False}],
    },
}


def token(name: str) -> str:
    """The name of a colour of app.css, as a figure holds it."""
    return f"var(--{name})"


def cause_colour(cause: str) -> str:
    """The colour of a cause, or of all causes together ("")."""
    return token(CAUSE_TOKENS[cause])


def bar_marker(cause: str) -> dict[str, Any]:
    """The fill of a bar: a colour, and for the two open causes a pattern on paper, so that they differ in grey too."""
    shapes = {Cause.TO_BE_DETERMINED.value: ("/", 0.45), Cause.UNKNOWN.value: (".", 0.5)}
    if cause not in shapes:
        return {"color": cause_colour(cause)}
    shape, solidity = shapes[cause]
    pattern = {
        "shape": shape,
        "fgcolor": cause_colour(cause),
        "bgcolor": token("paper"),
        "size": 5,
        "solidity": solidity,
    }
    return {"color": token("paper"), "pattern": pattern, "line": {"color": cause_colour(cause), "width": 0.8}}


def bar(**properties: Any) -> dict[str, Any]:
    """A trace of bars. Plain: plotly checks it with the figure, and would check a trace of its own twice."""
    return {"type": "bar", **properties}


def scatter(**properties: Any) -> dict[str, Any]:
    """A trace of points or lines, as bar()."""
    return {"type": "scatter", **properties}


def figure(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> go.Figure:
    """A figure without plotly's own template; ours is given to the browser once (TEMPLATE).

    Its left margin is as wide as the labels of its vertical axis need, or as `layout` or TEMPLATE says.
    """
    margin = {"l": TEMPLATE["layout"]["margin"]["l"], **layout.get("margin", {})}
    margin["l"] = left_margin(layout.get("yaxis", {}), margin["l"])
    return go.Figure(data=list(traces), layout={**layout, "margin": margin, "template": "none"})


def count_axis(highest: int, *, headroom: float = 1.12) -> dict[str, Any]:
    """A vertical axis of counts from 0, with whole numbers only."""
    axis: dict[str, Any] = {"range": [0, max(highest, 1) * headroom + 0.2]}
    if highest < 6:
        axis |= {"dtick": 1, "tick0": 0}
    return axis


def from_zero(top: float) -> list[float]:
    """The range of a small chart's vertical axis, which begins a little below zero so that a line at zero is seen."""
    return [-0.025 * top, top]


def figure_json(figure: go.Figure, narrow: Mapping[str, Any]) -> str:
    """The figure as the JSON that charts.js reads: {"data", "layout", "narrow"}.

    Plain lists (no base64 arrays), token names for colours, and no character that could end a script element.
    """
    plain = figure.to_dict()
    plain["layout"].pop("template", None)
    written = orjson.dumps({"data": plain["data"], "layout": plain["layout"], "narrow": narrow})
    return script_safe(_TOKEN.sub(rb'"@\1"', written))


def template_json() -> str:
    """TEMPLATE for the page, with the separators of its language."""
    layout = {**TEMPLATE["layout"], "separators": separators()}
    return script_safe(orjson.dumps({**TEMPLATE, "layout": layout}))


def script_safe(written: bytes) -> str:
    """JSON that can stand inside a script element: what could end the element or open a comment is escaped."""
    return written.decode().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
