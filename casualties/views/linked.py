"""Tables of charts whose figures lead to the incidents behind them. Charts know no addresses; pages do."""

from dataclasses import replace

from casualties.charts.embed import Cell, Row, Table
from casualties.charts.window_titles import Line, Point
from casualties.filters import Selection
from casualties.views.addresses import incidents_url
from casualties.views.headlines import ANY_TIME


def windows_linked(table: Table, line: Line, selection: Selection) -> Table:
    """A table of windows (name first, count second) whose counts lead to the incidents of the five years."""
    points = {point.name: point for point in line.points}
    return replace(table, rows=tuple(_linked(row, points, selection) for row in table.rows))


def _linked(row: Row, points: dict[str, Point], selection: Selection) -> Row:
    point = points.get(row.cells[0].text)
    if point is None:
        return row
    url = incidents_url(selection, **{**ANY_TIME, "from": point.first_year, "to": point.last_year})
    first, figure, *rest = row.cells
    linked: tuple[Cell, ...] = (first, replace(figure, url=url), *rest)
    return replace(row, cells=linked)
