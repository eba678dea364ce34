"""The table of a comparison: measures down, items across, every figure with its people behind it."""

from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Cell, Heading, Row, Table, cell, share_cell, words
from casualties.views.addresses import incidents_url
from casualties.views.compare.counting import Compared, Comparison
from casualties.views.headlines import counted


def counts_table(found: Comparison) -> Table:
    """People by cause with their share, all of them, incidents, and the people of the last five years."""
    headings = [Heading(text=_("Cause"), number=False)]
    for one in found.compared:
        headings += [Heading(text=one.item.name), Heading(text="%")]
    rows = [
        Row(
            cells=(
                words(wording.cause_label(cause)),
                *(part for one in found.compared for part in _of_cause(found, one, cause)),
            )
        )
        for cause in found.causes
    ]
    rows.append(
        Row(
            cells=(
                words(_("All") if len(found.causes) > 1 else counted(found.selection)),
                *(part for one in found.compared for part in _all(found, one)),
            ),
            total=True,
        )
    )
    incidents = [words(_("Incidents"))]
    for one in found.compared:
        incidents += [
            _linked(cell(one.incidents, mark=_mark(found, one)), incidents_url(one.item.selection)),
            words(""),
        ]
    rows.append(Row(cells=tuple(incidents)))
    return Table(headings=tuple(headings), rows=tuple(rows))


def _of_cause(found: Comparison, one: Compared, cause: str) -> tuple[Cell, Cell]:
    n = one.of_cause(cause)
    figure = cell(n, mark=_mark(found, one))
    if n:
        figure = _linked(figure, incidents_url(one.item.selection, cause=cause))
    return figure, share_cell(n, one.total)


def _all(found: Comparison, one: Compared) -> tuple[Cell, Cell]:
    figure = _linked(cell(one.total, mark=_mark(found, one)), incidents_url(one.item.selection))
    return figure, share_cell(one.total, one.total)


def _mark(found: Comparison, one: Compared) -> str:
    return "p" if one.years and one.years[-1] == found.selection.basis.last_covered_year else ""


def _linked(figure: Cell, url: str) -> Cell:
    return figure if figure.missing else Cell(text=figure.text, mark=figure.mark, url=url)
