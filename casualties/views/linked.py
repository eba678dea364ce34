"""Tables of charts whose figures lead to the incidents behind them, and whose revised ones to what changed.

Charts know no addresses; pages do. A figure of nobody leads nowhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Cell, Embed, Row, Table, sentences
from casualties.charts.window_titles import Line, Point
from casualties.choices import Cause
from casualties.counts import same_day
from casualties.filters import Selection
from casualties.trends.revised import Revised
from casualties.views.addresses import path_of, with_query
from casualties.views.headlines import ANY_TIME
from casualties.views.leads import addresses, days_of_year

NOBODY = {"0", wording.NOT_AVAILABLE}


def years_linked(chart: Embed, selection: Selection, revised: Revised) -> Embed:
    """A chart of years by cause (years_by_cause), its sums among them."""
    address, label_of = addresses(selection), {wording.cause_label(cause): cause for cause in Cause.values}
    causes = [label_of.get(heading.text, "") for heading in chart.table.headings]
    years = [int(row.cells[0].text) for row in chart.table.rows if not row.total]

    def linked(row: Row) -> Row:
        first, *figures = row.cells
        year = None if row.total else int(first.text)
        begin, end = (min(years), max(years)) if year is None else (year, year)
        days = _period(selection, year)
        cells = []
        for cause, figure in zip(causes[1:], figures, strict=True):
            cell = _leading(figure, address(**days, **({"cause": cause} if cause else {})))
            if revised.differs(begin, end, cause):
                cell = _revised(cell, address, revised, end, cause, **days)
            cells.append(cell)
        return replace(row, cells=(first, *cells))

    table = replace(chart.table, rows=tuple(linked(row) for row in chart.table.rows))
    said = _(
        "r in the table: another number than when that year, or the last of all these years, was first published as "
        "closed; the mark leads to what changed."
    )
    return _explained(replace(chart, table=table), said)


def windows_linked(
    table: Table, lines: Line | Sequence[Line], selection: Selection, revised: Revised | None = None
) -> Table:
    """A table of windows: its name first, then the count of each line."""
    lines = [lines] if isinstance(lines, Line) else lines
    address, known = addresses(selection.change(**ANY_TIME)), revised or Revised()
    points: dict[str, Point] = {}
    # The open window, or the last one, stands under the highest with a word before its name.
    names = ("%(window)s", _("Now: %(window)s"), _("Last: %(window)s"))
    for point in (point for line in lines for point in line.points):
        for name in names:
            points[name % {"window": point.name}] = point

    def linked(row: Row) -> Row:
        point = points.get(row.cells[0].text)
        if point is None:
            return row
        first, *cells = row.cells
        days = {"from": str(point.first_year), "to": str(point.last_year)}
        for place, line in enumerate(lines):
            own = {"cause": line.cause} if line.cause else {}
            cells[place] = _leading(cells[place], address(**days, **own))
            if not cells[place].mark and known.differs(point.first_year, point.last_year, line.cause):
                cells[place] = _revised(cells[place], address, known, point.last_year, line.cause, **days)
        return replace(row, cells=(first, *cells))

    return replace(table, rows=tuple(linked(row) for row in table.rows))


def window_chart_linked(chart: Embed, lines: Sequence[Line], selection: Selection, revised: Revised) -> Embed:
    """A chart of windows, a column of counts for each line."""
    said = _(
        "r in the table: another number than when the last year of the window was first published as closed; "
        "the mark leads to what changed."
    )
    return _explained(replace(chart, table=windows_linked(chart.table, lines, selection, revised)), said)


def same_days_linked(chart: Embed, selection: Selection, through: date) -> Embed:
    """The open year beside the same days of the years before."""
    address = addresses(selection.change(**ANY_TIME))

    def linked(row: Row) -> Row:
        first, figure = row.cells
        year = int(first.text)
        last = same_day(through, year)
        return replace(
            row, cells=(first, _leading(figure, address(date_from=f"{year}-01-01", date_to=last.isoformat())))
        )

    return replace(chart, table=replace(chart.table, rows=tuple(linked(row) for row in chart.table.rows)))


def shares_linked(chart: Embed, own: Selection, others: Selection) -> Embed:
    """A chart of shares by cause: the people of a series and those of all others, a row for each cause and for all."""
    of_own, of_others = addresses(own), addresses(others)

    def linked(row: Row, cause: str) -> Row:
        label, mine, my_share, theirs, their_share = row.cells
        narrow = {"cause": cause} if cause else {}
        return replace(
            row,
            cells=(
                label,
                _leading(mine, of_own(**narrow)),
                my_share,
                _leading(theirs, of_others(**narrow)),
                their_share,
            ),
        )

    rows = zip(chart.table.rows, (*Cause.values, ""), strict=True)
    return replace(chart, table=replace(chart.table, rows=tuple(linked(row, cause) for row, cause in rows)))


def _period(selection: Selection, year: int | None) -> dict[str, str]:
    """The parameters of one year within the selection's period; none for all of it."""
    if year is None:
        return {}
    if not selection.by_day:
        return {"from": str(year), "to": str(year)}
    return days_of_year(selection, year)


def _leading(cell: Cell, url: str) -> Cell:
    return cell if cell.text in NOBODY or cell.missing else replace(cell, url=url)


def _revised(
    cell: Cell, address: Callable[..., str], revised: Revised, last_year: int, cause: str, **days: str
) -> Cell:
    """The cell with its r, which leads to what changed since the figure was first published as closed."""
    since = revised.since(last_year)
    if since is None:
        return cell
    asked = parse_qsl(address(path="", **days, **({"cause": cause} if cause else {})).partition("?")[2])
    until = [("until", value) for name, value in asked if name == "known_at"]  # the revisions call that day so
    rest = [(name, value) for name, value in asked if name != "known_at"]
    query = urlencode([("since", since.isoformat()), *until, *rest])
    return replace(cell, mark="r", mark_url=with_query(path_of("revisions"), query))


def _explained(chart: Embed, said: str) -> Embed:
    """The chart with what r means below it, where a figure of its table carries one."""
    if not any(cell.mark == "r" for row in chart.table.rows for cell in row.cells):
        return chart
    return replace(chart, caveat=sentences(chart.caveat, said))
