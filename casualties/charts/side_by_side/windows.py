"""Five-year windows of several series."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Cell, Embed, Heading, Panel, Row, Table, cell, words
from casualties.charts.side_by_side.series import Counted
from casualties.charts.window_lines import small_figure
from casualties.charts.window_titles import Line, panel_note


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
