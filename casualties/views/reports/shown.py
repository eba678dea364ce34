"""The table of a report as a page shows it: figures that lead to their people, the check, what is hidden, the files."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from casualties.charts import embed, wording
from casualties.charts.filling import joined
from casualties.filters import Selection
from casualties.frames import FAMILY, GENDER, INCIDENTS, MISSION, MONTH, YEAR
from casualties.reports.asked import Asked, table_of
from casualties.reports.files import suppression_words
from casualties.reports.months import covered_until, cuts_years
from casualties.reports.suppression import THRESHOLDS
from casualties.reports.tables import Cell, Line, ReportTable, narrowed
from casualties.reports.words import dimension_word, value_word
from casualties.views import states
from casualties.views.addresses import incidents_url
from casualties.views.reports.asking import HEADER, address
from casualties.views.scope_bar import source_of

HIDDEN = "c"


def figures_of(asked: Asked) -> dict[str, Any]:
    """Context of _report_table.html. Raises what table_of() raises."""
    states.loaded(asked.counted)
    table = table_of(asked)
    return {
        "title": asked.title,
        "table": shown_table(table),
        "adds_up": table.adds_up,
        "check": check_sentence(table),
        "unlinked": _unlinked(table),
        "empty": empty_cells(table),
        "rule": suppression_words(asked.suppress) if asked.suppress else "",
        "toggles": [
            {
                "label": _("below %(n)s") % {"n": below} if below else pgettext("small numbers hidden", "none"),
                "url": address(asked, suppress=below),
                "current": below == asked.suppress,
            }
            for below in (0, *THRESHOLDS)
        ],
        "csv_url": address(asked, "csv", more=HEADER),
        "xlsx_url": address(asked, "xlsx"),
        "source": source_of(asked.counted),
    }


def as_known(release: date, known_at: date | None) -> str:
    """The day of the figures, beside the release in the scope bar; blank where it is that of the release."""
    if known_at is None or known_at == release:
        return ""
    return _("as known on %(day)s") % {"day": wording.dated(known_at, "j F Y")}


def empty_cells(table: ReportTable) -> str:
    """What the cells without a figure are; blank where there are none."""
    day = covered_until(table.selection) if table.has_empty_cells else None
    dimensions = table.report.dimensions
    return empty_sentence(dimensions, day, cut=cuts_years(dimensions, table.selection)) if day else ""


def empty_sentence(dimensions: Collection[str], released_on: date, *, cut: bool) -> str:
    """What – stands for in a table of months or years; `cut`: some of the months may lie outside the period."""
    words = {"day": wording.dated(released_on, "j F Y")}
    said = []
    if MONTH in dimensions and cut:
        said.append(
            _(
                "– stands for a month that begins after %(day)s, the day of the release, or lies outside the chosen "
                "days: nobody was counted there."
            )
            % words
        )
    elif MONTH in dimensions:
        said.append(
            _("– stands for a month that begins after %(day)s, the day of the release: nothing is known of it.") % words
        )
    if YEAR in dimensions and not {MISSION, FAMILY}.isdisjoint(dimensions):
        said.append(_("– stands for a year outside those of the mission or family: there was nobody to count."))
    if {YEAR, GENDER} <= set(dimensions):
        said.append(_("– stands for a year before the first in which the gender is recorded of anybody."))
    return joined(*said)


def check_sentence(table: ReportTable) -> str:
    """Whether the parts add up."""
    incidents = table.report.measure == INCIDENTS
    if not table.adds_up:
        facts = {
            "cells": wording.count(table.sum_of_cells),
            "lines": wording.count(table.sum_of_lines),
            "total": wording.count(table.total),
            "again": wording.count(table.recounted),
        }
        return (
            _(
                "The parts do not add up: cells %(cells)s, lines %(lines)s, total %(total)s, incidents counted again "
                "%(again)s. Do not use this table."
            )
            if incidents
            else _(
                "The parts do not add up: cells %(cells)s, lines %(lines)s, total %(total)s, people counted again "
                "%(again)s. Do not use this table."
            )
        ) % facts
    if table.suppress:
        return _before_hiding(table, incidents=incidents)
    return (
        _(
            "Checked: the cells add up to %(total)s, so do the totals of the lines, and the incidents counted again "
            "from the records are %(total)s."
        )
        if incidents
        else _(
            "Checked: the cells add up to %(total)s, so do the totals of the lines, and the people counted again from "
            "the records are %(total)s."
        )
    ) % {"total": wording.count(table.total)}


def _before_hiding(table: ReportTable, *, incidents: bool) -> str:
    checked = (
        _(
            "Checked before numbers were hidden: cells, totals of lines, the total, and the incidents counted again "
            "from the records are one number."
        )
        if incidents
        else _(
            "Checked before numbers were hidden: cells, totals of lines, the total, and the people counted again from "
            "the records are one number."
        )
    )
    hidden = ngettext("%(hidden)s number is hidden.", "%(hidden)s numbers are hidden.", table.hidden)
    return f"{checked} {hidden % {'hidden': wording.count(table.hidden)}}"


def shown_table(table: ReportTable) -> embed.Table:
    """The report as a table whose figures lead to their people; hidden ones are a letter and lead nowhere."""
    report, selection = table.report, table.selection
    open_year = selection.basis.last_covered_year
    headings = [embed.Heading(text=dimension_word(name), number=False) for name in report.rows]
    headings += [
        embed.Heading(
            text=value_word(report.columns, value, selection),
            mark="p" if report.columns == YEAR and value == open_year else "",
        )
        for value in table.columns
    ]
    headings.append(embed.Heading(text=total_word(report.columns, report.measure, report.outcome)))
    return embed.Table(headings=tuple(headings), rows=tuple(_row(line, table) for line in table.lines))


def total_word(columns: str, measure: str, outcome: str) -> str:
    """The heading of the last column."""
    if columns:
        return _("All")
    if measure == INCIDENTS:
        return _("Incidents")
    return wording.noun(outcome)


def _row(line: Line, table: ReportTable) -> embed.Row:
    report, selection = table.report, table.selection
    open_year = selection.basis.last_covered_year
    names = [
        embed.words(value_word(name, key, selection), mark="p" if name == YEAR and key == open_year else "")
        for name, key in zip(report.rows, line.keys, strict=False)
    ]
    names += [embed.words(_("All"))] * (len(report.rows) - len(names))
    figures = [_cell(cell, selection) for cell in (*line.cells, line.total)]
    return embed.Row(cells=(*names, *figures), total=line.level != "part")


def _cell(cell: Cell, selection: Selection) -> embed.Cell:
    if cell.hidden:
        return embed.Cell(text=HIDDEN, missing=True)
    return embed.Cell(text=wording.count(cell.figure), missing=cell.figure is None, url=cell_url(cell, selection))


def cell_url(cell: Cell, selection: Selection) -> str:
    """The people of a cell; a 0 has none, and a month that is not recorded, or of no one year, has no address."""
    own = narrowed(selection, cell.where) if cell.figure else None
    return incidents_url(own) if own else ""


def _unlinked(table: ReportTable) -> bool:
    """Whether a figure has people and no address."""
    cells = (cell for line in table.lines for cell in (*line.cells, line.total) if MONTH in cell.where)
    return any(cell.figure and not cell.hidden and not cell_url(cell, table.selection) for cell in cells)
