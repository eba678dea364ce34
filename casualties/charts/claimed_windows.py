"""A five-year window of which something was said, among all windows of its series."""

from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Embed
from casualties.charts.window_axis import Axis
from casualties.charts.window_lines import lines_figure, narrow_layout
from casualties.charts.window_tables import series_table
from casualties.charts.window_titles import Line, Point, line_of

HEIGHT = 340  # pixels


def claimed_window(
    frame: pd.DataFrame,
    *,
    id: str,  # noqa: A002 - the HTML attribute has this name
    cause: str,
    last_year: int,
    said: int | None,
    scope: str,
    outcome: str,
    csv_url: str = "",
    source: str = "",
) -> Embed | None:
    """The line of all windows with the claimed one, those before it that are as high or higher, and the number said.

    `frame` as for casualties.charts.windows.rolling_windows, of one series; `last_year` names the claimed window. None
    where the series has no such complete window.
    """
    line = line_of(frame, cause)
    own = next((point for point in line.closed if point.last_year == last_year), None)
    if own is None:
        return None
    above = [point for point in line.closed if point.last_year < last_year and point.persons >= own.persons]
    axis = Axis.over([line])
    levels = [said] if said is not None and said != own.persons else []
    figure = lines_figure([line], axis, height=HEIGHT, also=[own], levels=levels)
    _mark(figure, line, own, above)
    narrow = narrow_layout([line], axis, height=HEIGHT, also=[own], levels=levels)
    for level in levels:
        _say(figure, narrow, axis, level)
    subtitle = _("%(counted)s in each complete window of five calendar years, plotted at its last year. %(scope)s.")
    counted = wording.persons_of(cause, outcome)
    return Embed(
        id=id,
        title=_title(own, above, counted),
        subtitle=subtitle % {"counted": wording.capitalised(counted), "scope": wording.capitalised(scope)},
        table=series_table([line], outcome),
        figure=figure,
        narrow=narrow,
        description=_("Line of %(counted)s in rolling five-year windows. %(title)s.")
        % {"counted": counted, "title": _title(own, above, counted)},
        csv_url=csv_url,
        source=source,
        height=HEIGHT,
    )


def _title(own: Point, above: list[Point], counted: str) -> str:
    """ "Four earlier windows had as many deaths by malicious acts as 2013–17 or more"."""
    facts = {"n": wording.capitalised(wording.number_word(len(above))), "counted": counted, "own": own.name}
    if not above:
        return _("No earlier window had as many %(counted)s as %(own)s") % facts
    if all(point.persons > own.persons for point in above):
        if len(above) == 1:
            return _("One earlier window had more %(counted)s than %(own)s") % facts
        return _("%(n)s earlier windows had more %(counted)s than %(own)s") % facts
    if len(above) == 1:
        return _("One earlier window had as many %(counted)s as %(own)s") % facts
    return _("%(n)s earlier windows had as many %(counted)s as %(own)s, or more") % facts


def _mark(figure: go.Figure, line: Line, own: Point, above: list[Point]) -> None:
    """Solid points for the windows above, the claimed one in the colour of links."""
    colour = theme.cause_colour(line.cause)
    points = {"x": [point.name for point in above], "y": [point.persons for point in above]}
    figure.add_trace(go.Scatter(mode="markers", **points, marker={"size": 8, "color": colour}, hoverinfo="skip"))
    marker = {"size": 11, "color": theme.token("link"), "symbol": "diamond"}
    figure.add_trace(go.Scatter(mode="markers", x=[own.name], y=[own.persons], marker=marker, hoverinfo="skip"))


def _say(figure: go.Figure, narrow: dict[str, Any], axis: Axis, said: int) -> None:
    """A dashed line at the number that was said, named at its left end."""
    figure.add_shape(
        type="line", xref="paper", yref="y", x0=0, x1=1, y0=said, y1=said,
        line={"color": theme.token("ink-3"), "width": 1, "dash": "dash"},
    )  # fmt: skip
    note = {
        "x": axis.names[0], "y": said, "text": _("%(n)s, as published") % {"n": wording.count(said)},
        "showarrow": False, "xanchor": "left", "yshift": 10, "bgcolor": theme.CLEAR,
    }  # fmt: skip
    figure.add_annotation(**note)
    narrow["annotations"] = [*narrow["annotations"], note]
