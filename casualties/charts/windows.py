"""Rolling five-year windows as lines: one series or a few together, or all causes as small charts on one scale."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Embed, KeyEntry, Panel, sentences
from casualties.charts.leading import Lead, plain
from casualties.charts.window_axis import FEW, Axis
from casualties.charts.window_lines import banded, lines_figure, named_at_line, narrow_layout, small_figure
from casualties.charts.window_tables import by_cause_table, series_table
from casualties.charts.window_titles import Line, largest_cause_title, line_of, panel_note, window_title
from casualties.choices import Cause, Outcome


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
    lead: Lead = plain,
) -> Embed:
    """Lines of persons in each complete window of five years, plotted at its last year.

    `frame` has the columns of casualties.frames.WINDOW_COLUMNS and cause ("" is all causes; without the column
    the frame is one series of the first of `causes`). The first of `causes` is what the chart is about: title, record,
    notes. Windows that are not complete are gaps. The open window is a hollow point after a dotted step.
    """
    lines = [line_of(frame, cause) for cause in causes]
    main, drawn = lines[0], [line for line in lines if line.drawn]
    title = window_title(main, outcome)
    counted = wording.persons_of(main.cause if len(lines) == 1 else wording.ALL_CAUSES, outcome)
    base: dict[str, Any] = {
        "id": id,
        "title": title,
        "linked_title": window_title(main, outcome, lead),
        "subtitle": _(
            "%(counted)s in each complete window of five calendar years, plotted at its last year. %(scope)s."
        )
        % {"counted": wording.capitalised(counted), "scope": wording.capitalised(scope)},
        "table": series_table(lines, outcome),
        "csv_url": csv_url,
        "source": source,
    }
    if not drawn:
        reason = _("A window is complete when the mission was open in each of its five years.")
        return Embed(**base, caveat=sentences(reason, caveat))
    axis = Axis.over(drawn)
    in_key = len(drawn) > 1 and not named_at_line(drawn, axis)
    return Embed(
        **base,
        figure=lines_figure(drawn, axis, height=height),
        narrow=narrow_layout(drawn, axis, height=height),
        description=_description(main, outcome),
        caveat=sentences(_band_words(main, few=len(axis.names) <= FEW), _open_words(main), caveat),
        key=tuple(KeyEntry(sign=line.cause, label=wording.cause_label(line.cause)) for line in drawn) if in_key else (),
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
    lead: Lead = plain,
) -> Embed:
    """Six small charts, one for each cause, on one vertical scale; `frame` as for `rolling_windows`, by cause."""
    lines = [line_of(frame, cause) for cause in Cause.values]
    drawn = [line for line in lines if line.drawn]
    subtitle = f"{wording.capitalised(scope)}."
    if drawn:
        first, last = drawn[0].drawn[0], drawn[0].drawn[-1]
        subtitle = _(
            "%(counted)s in each five-year window by cause, %(first)s to %(last)s%(mark)s. One vertical scale for all. "
            "%(scope)s. Solid point: highest. Hollow point: still open."
        ) % {
            "counted": wording.capitalised(wording.persons_of(wording.ALL_CAUSES, outcome)),
            "first": first.name,
            "last": last.name,
            "mark": " (p)" if last.provisional else "",
            "scope": wording.capitalised(scope),
        }
    highest = max((point.persons for line in drawn for point in line.drawn), default=0)
    return Embed(
        id=id,
        title=largest_cause_title(lines, outcome),
        linked_title=largest_cause_title(lines, outcome, lead),
        subtitle=subtitle,
        panels=tuple(_panel(line, id, highest, lead) for line in drawn),
        table=by_cause_table(lines),
        caveat=sentences(_("Cases still to be determined move to other causes as they are settled."), caveat),
        csv_url=csv_url,
        source=source,
    )


def _panel(line: Line, chart_id: str, highest: int, lead: Lead) -> Panel:
    """One of the small charts: the line, its highest point and the open one, on the common scale."""
    note, heading = panel_note(line), wording.cause_label(line.cause)
    return Panel(
        id=f"{chart_id}-{line.cause}",
        sign=line.cause,
        heading=heading,
        note=note,
        linked_note=panel_note(line, lead),
        description=_("%(cause)s, five-year windows. %(note)s") % {"cause": heading, "note": note},
        figure=small_figure(line, highest),
    )


def _band_words(main: Line, *, few: bool) -> str:
    if few or not banded(main):
        return ""
    if len(main.records) > 1:
        return _("The shaded bands cover the five years of each record window.")
    return _("The shaded band covers the five years of the record window.")


def _open_words(main: Line) -> str:
    if main.open_window is None:
        return ""
    year = main.open_window.last_year
    return _("The last window is provisional (hollow point): %(year)s is still open.") % {"year": year}


def _description(main: Line, outcome: str) -> str:
    """The line in a sentence: record and latest window."""
    return _("Line of %(counted)s in rolling five-year windows. %(note)s") % {
        "counted": wording.persons_of(main.cause, outcome),
        "note": panel_note(main),
    }
