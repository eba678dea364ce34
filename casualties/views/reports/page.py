"""One report as a page: the table with links to the people, whether it adds up, what is hidden, its files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import embed, wording
from casualties.counts import NotAvailable
from casualties.filters import Selection
from casualties.frames import MONTH, YEAR
from casualties.reports.files import suppression_words
from casualties.reports.statutory import REPORTS, Report
from casualties.reports.suppression import THRESHOLDS, suppressed
from casualties.reports.tables import Cell, Line, ReportTable, narrowed, report_table
from casualties.reports.words import dimension_word, value_word
from casualties.trends.live import series_years
from casualties.views import states
from casualties.views.access import readers
from casualties.views.addresses import incidents_url
from casualties.views.figures_cache import for_reader, kept
from casualties.views.page_filter import filter_form
from casualties.views.reports.asking import Asked, asked_of
from casualties.views.scope_bar import is_filtered, scope_bar, scope_with_causes

FIELDS = ("mission", "nationality", "cause", "from", "to", "personnel", "scope")
HIDDEN = "c"


@readers
@require_safe
def report(request: HttpRequest, name: str) -> HttpResponse:
    """The page of one report."""
    shown = known(name)
    asked = asked_of(request, shown)
    heading, back = str(shown.title), reverse("reports")
    if asked.problems:
        return states.refused(request, asked.problems, heading=heading, back=back)
    if asked.counted.release is None:
        return states.nothing_loaded(request)
    try:
        page = kept(f"report-{name}", asked.counted, lambda: _page(shown, asked), own=f"{asked.suppress}")
    except NotAvailable as reason:
        return states.not_available(request, str(reason), heading=heading, back=back)
    return for_reader(request, render(request, "reports/report.html", page))


def known(name: str) -> Report:
    """The report of that name; 404 for another."""
    if name not in REPORTS:
        raise Http404(f"There is no report {name!r}.")
    return REPORTS[name]


def _page(report: Report, asked: Asked) -> dict[str, Any]:
    """Context of report.html: the figures as HTML, and the scope bar."""
    selection = asked.counted
    release = states.loaded(selection)
    table = suppressed(report_table(report, selection), asked.suppress)
    title = str(report.title)
    body = {
        "heading": title,
        "classic": report.classic,
        "scope": wording.capitalised(scope_with_causes(selection)),
        "filter": filter_form(
            asked.asked,
            reverse("report", args=[report.name]),
            names=FIELDS,
            own={"suppress": str(asked.suppress)} if asked.suppress else {},
        ),
        "filtered": is_filtered(asked.asked),
        "table": shown_table(table),
        "check": table,
        "unlinked": any(MONTH in line.total.where and not _url(line.total, selection) for line in table.lines),
        "rule": suppression_words(asked.suppress) if asked.suppress else "",
        "toggles": [
            {
                "label": _("below %(n)s") % {"n": below} if below else _("none"),
                "url": asked.address(report, suppress=below),
                "current": below == asked.suppress,
            }
            for below in (0, *THRESHOLDS)
        ],
        "csv_url": asked.address(report, "csv", header=True),
        "xlsx_url": asked.address(report, "xlsx"),
        "source": embed.source_line(release.date),
        "marked": any(cell.mark for row in shown_table(table).rows for cell in row.cells),
    }
    years = series_years(selection)
    return {
        "heading": title,
        "body": render_to_string("reports/_report_figures.html", body),
        "scope_bar": scope_bar(selection, years, None, []),
    }


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
    total = _("All") if table.columns else _("Deaths") if report.outcome == "fatality" else _("Injuries")
    rows = [_row(line, table) for line in table.lines]
    return embed.Table(headings=(*headings, embed.Heading(text=total)), rows=tuple(rows))


def _row(line: Line, table: ReportTable) -> embed.Row:
    report, selection = table.report, table.selection
    keys = [value_word(name, key, selection) for name, key in zip(report.rows, line.keys, strict=False)]
    keys += [_("All")] * (len(report.rows) - len(keys))
    mark = "p" if report.rows[0] == YEAR and line.keys == (selection.basis.last_covered_year,) else ""
    first, *rest = keys
    figures = [_cell(cell, selection) for cell in (*line.cells, line.total)]
    return embed.Row(
        cells=(embed.words(first, mark=mark), *(embed.words(word) for word in rest), *figures),
        total=line.level != "part",
    )


def _cell(cell: Cell, selection: Selection) -> embed.Cell:
    if cell.hidden:
        return embed.Cell(text=HIDDEN, missing=True)
    return embed.Cell(text=wording.count(cell.persons), url=_url(cell, selection))


def _url(cell: Cell, selection: Selection) -> str:
    """The people of a cell; a 0 has none, and a month that is not recorded has no address."""
    own = narrowed(selection, cell.where) if cell.persons else None
    return incidents_url(own) if own else ""
