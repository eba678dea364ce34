"""Tables of five-year windows: beside a chart, window by window, and the highest that share no year."""

from collections.abc import Sequence

import pandas as pd
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Cell, Heading, Row, Table, cell, words
from casualties.charts.window_titles import Line, Point, line_of


def series_table(lines: Sequence[Line], outcome: str) -> Table:
    """The windows of one or several causes, a row per window, in order of time, with what marks it."""
    headings = [Heading(text=_("Window"), number=False)]
    for line in lines:
        text = wording.capitalised(wording.persons_of(line.cause, outcome))
        if line.cause == wording.ALL_CAUSES:
            text = _("%(counted)s, all causes") % {"counted": text}
        headings.append(Heading(text=text))
    headings.append(Heading(text=_("Mark"), number=False))
    return Table(headings=tuple(headings), rows=tuple(_rows(lines)))


def by_cause_table(lines: Sequence[Line]) -> Table:
    """The windows of the six causes, a row per window."""
    headings = [Heading(text=_("Window"), number=False)]
    headings += [Heading(text=wording.cause_label(line.cause)) for line in lines]
    headings.append(Heading(text=_("Mark"), number=False))
    return Table(headings=tuple(headings), rows=tuple(_rows(lines, with_record=False)))


def _rows(lines: Sequence[Line], *, with_record: bool = True) -> list[Row]:
    by_year: dict[int, dict[str, Point]] = {}
    for line in lines:
        for point in line.points:
            by_year.setdefault(point.last_year, {})[line.cause] = point
    rows = []
    for year in sorted(by_year):
        points = by_year[year]
        one = next(iter(points.values()))
        lead = points.get(lines[0].cause, one)
        cells = [_window_cell(one)]
        for line in lines:
            at = points.get(line.cause)
            cells.append(cell(at.persons if at else None, mark="p" if at and at.provisional else ""))
        record = with_record and lead.record
        cells.append(_mark_cell(lead, record=record))
        rows.append(Row(cells=tuple(cells), record=record))
    return rows


def window_by_window(frame: pd.DataFrame, cause: str, *, outcome: str) -> Table:
    """One cause, the latest window first: count, changes, rank, mark.

    A rank in parentheses is the one that the open window would have. Windows of a mission's first years are marked as
    not complete: they have neither rank nor change.
    """
    rows = []
    for point in reversed(line_of(frame, cause).points):
        mark = "p" if point.provisional else ""
        rank = cell(point.rank)
        if point.would_be_rank is not None:
            rank = Cell(text=f"({wording.count(point.would_be_rank)})", mark=mark)
        cells = (
            _window_cell(point),
            cell(point.persons, mark=mark),
            _change(point.change_on_one_year, mark),
            _change(point.change_from_previous_window, mark),
            rank,
            _mark_cell(point, record=point.record),
        )
        rows.append(Row(cells=cells, record=point.record))
    headings = (
        Heading(text=_("Window"), number=False),
        Heading(text=wording.noun(outcome)),
        Heading(text=_("Change on one year earlier")),
        Heading(text=_("Change on the five years before")),
        Heading(text=_("Rank")),
        Heading(text=_("Mark"), number=False),
    )
    return Table(headings=headings, rows=tuple(rows))


def highest_windows(frame: pd.DataFrame, cause: str, *, outcome: str) -> Table:
    """The highest windows that share no year, and the open one (or, where none is open, the last closed one) below."""
    line = line_of(frame, cause)
    rows = [
        Row(cells=(words(point.name), cell(point.persons), cell(point.rank)), record=point.record)
        for point in line.peaks
    ]
    now = line.open_window or (line.closed[-1] if line.closed else None)
    if now:
        label = _("Now: %(window)s") if now.provisional else _("Last: %(window)s")
        mark = "p" if now.provisional else ""
        rank = Cell(text=f"({wording.count(now.would_be_rank)})", mark=mark) if now.provisional else cell(now.rank)
        cells = (words(label % {"window": now.name}), cell(now.persons, mark=mark), rank)
        rows.append(Row(cells=cells, total=True))
    headings = (Heading(text=_("Window"), number=False), Heading(text=wording.noun(outcome)), Heading(text=_("Rank")))
    return Table(headings=headings, rows=tuple(rows))


def _window_cell(point: Point) -> Cell:
    return words(point.name)


def _change(value: int | None, mark: str) -> Cell:
    missing = value is None
    return Cell(text=wording.signed(value), missing=missing, mark="" if missing else mark)


def _mark_cell(point: Point, *, record: bool) -> Cell:
    if not point.complete:
        return words(_("not complete"), tag="plain")
    if point.provisional:
        return words(_("provisional"), tag="plain")
    return words(_("record"), tag="rec") if record else words("")
