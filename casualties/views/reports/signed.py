"""/reports/signed/: reports as they were signed, their files byte for byte, and what the data say today."""

import base64
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from casualties.charts import embed, wording
from casualties.exports.files import ADDED
from casualties.exports.sent import SentFile
from casualties.filters import Basis, select
from casualties.frames import ALL
from casualties.models import SignedReport
from casualties.reports.asked import Asked
from casualties.reports.comparing import (
    Difference,
    Figure,
    Recounted,
    differences,
    recount,
    recount_then,
    signed_figures,
    zeros_taken_back,
)
from casualties.reports.files import LEVEL, SUPPRESSED, Place
from casualties.reports.months import cuts_years
from casualties.reports.signing import asked_again, viewer_of_signed
from casualties.reports.words import MONTH_NOT_RECORDED, dimension_word, value_word
from casualties.views import states
from casualties.views.access import readers
from casualties.views.addresses import with_query
from casualties.views.figures_cache import for_reader, kept
from casualties.views.files.refusing import refusal
from casualties.views.files.sending import CSV, Answer, sent
from casualties.views.reports.page import report_scope
from casualties.views.reports.shown import HIDDEN, as_known, cell_url, empty_sentence, total_word
from casualties.views.reports.sign import visible
from casualties.views.selecting import basis_of, selection_of, viewer

MOST_LISTED, MOST_DIFFERENCES = 200, 200


@readers
@require_safe
def signed_reports(request: HttpRequest) -> HttpResponse:
    """Those that the reader may see, newest first."""
    heading, back = _("Signed reports"), reverse("reports")
    problems = states.only(selection_of(request), page=_("the list of signed reports"))
    if problems:
        return states.refused(request, problems, heading=heading, back=back)
    found = list(_open_to(request).listed()[: MOST_LISTED + 1])
    context = {"reports": found[:MOST_LISTED], "more": len(found) > MOST_LISTED}
    return for_reader(request, render(request, "reports/signed_list.html", context))


@readers
@require_safe
def signed_report(request: HttpRequest, signed_id: int) -> HttpResponse:
    """One of them: the figures as signed, who signed, the sums of its files, and what is another number today."""
    problems = states.only(selection_of(request), page=_("a signed report"))
    back = reverse("signed-reports")
    if problems:
        return states.refused(request, problems, heading=_("Signed reports"), back=back)
    signed = get_object_or_404(_open_to(request).defer("csv", "xlsx"), pk=signed_id)
    asked = asked_again(signed, basis_of(request))
    context = {
        "signed": signed,
        "who": signed.signed_name if request.user.is_authenticated or "@" not in signed.signed_name else "",
        "hides": any(SUPPRESSED in row for row in signed.frame["rows"]),
        "empty": _empty(signed, asked),
        "source": _source(signed),
        "release_date": signed.release_date,
        "release_words": as_known(signed.release_date, signed.known_at),
        "other_eyes": viewer(request) != viewer_of_signed(signed),
        "open_url": with_query(reverse("report", args=[signed.report]), signed.query),
        # For the eyes that it was signed for, whoever looks at it.
        **kept("signed-report", asked.counted, lambda: _figures(signed, basis_of(request)), own=str(signed.pk)),
    }
    return for_reader(request, render(request, "reports/signed.html", context))


@readers
@require_safe
def signed_file(request: HttpRequest, signed_id: int, form: str) -> HttpResponseBase:
    """A file of a signed report, as it was written when it was signed. It never changes: its tag is its SHA-256."""
    asked = select(request.GET, viewer(request), basis=basis_of(request))
    if problems := states.only(asked, page=_("a signed file")):
        return for_reader(request, refusal(problems))
    other = "xlsx" if form == CSV else "csv"
    signed = get_object_or_404(_open_to(request).defer(other), pk=signed_id)
    content, digest = bytes(getattr(signed, form)), getattr(signed, f"{form}_sha256")

    @condition(etag_func=lambda _request: f'"{digest}"')
    def answer(request: HttpRequest) -> Answer:
        columns, rows = [*signed.frame["columns"], *ADDED], signed.frame["rows"]
        file = SentFile(getattr(signed, f"{form}_name"), iter([content]), columns, rows.__len__, signed.data_version)
        response = sent(request, file)
        response["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:"  # RFC 9530
        return response

    return for_reader(request, answer(request))


def _empty(signed: SignedReport, asked: Asked) -> str:
    """What the cells without a figure are, of the release that was signed over; blank where there are none."""
    if not any(None in row for row in signed.frame["rows"]):
        return ""
    dimensions = asked.report.dimensions
    return empty_sentence(dimensions, signed.release_date, cut=cuts_years(dimensions, asked.counted))


def _source(signed: SignedReport) -> str:
    """Whose data it was made from, as it was kept with it."""
    kept = {"published_on": str(signed.release_date), **signed.frame}  # those of before this was kept were of the UN
    published_on, own_on = (
        date.fromisoformat(day) if (day := kept.get(name)) else None for name in ("published_on", "own_on")
    )
    return embed.source_line(published_on, own_on=own_on)


def _figures(signed: SignedReport, basis: Basis) -> dict[str, Any]:
    """The table with its links, what the data say today, and the scope bar: the report counted once or twice."""
    now = recount(signed, basis)
    then = recount_then(signed, basis, now)
    return {"table": _table(signed, now, then), **_today(signed, now), "scope_bar": _scope(signed, now)}


def _open_to(request: HttpRequest) -> Any:
    return SignedReport.objects.open_to(viewer(request).missions)


def _scope(signed: SignedReport, now: Recounted) -> dict[str, Any]:
    """What was counted; where it can no longer be said, who may see it alone."""
    bar = {} if now.reason else report_scope(now.asked)
    return {**bar, "visible": visible(confirmed=signed.confirmed), "takes_known_at": False}


def _today(signed: SignedReport, now: Recounted) -> dict[str, Any]:
    """What the data say today of the same report: the same, other numbers, or nothing."""
    if now.reason:
        return {"no_comparison": f"{wording.capitalised(now.reason)}."}
    then = signed_figures(signed)
    found = differences(then, now.cells)
    place: Place = (tuple(ALL for _name in signed.frame["rows_by"]), signed.frame["measure"])
    total = now.cells[place]
    return {
        "changed": len(found),
        "changes": _changes(signed, now, found[:MOST_DIFFERENCES]) if found else None,
        "more_changes": max(len(found) - MOST_DIFFERENCES, 0),
        "zeros_taken_back": zeros_taken_back(then, now.cells),
        "total_signed": _figure(then[place]),
        "total_now": HIDDEN if total.hidden else wording.count(total.figure),
        "total_url": "" if total.hidden else cell_url(total, now.asked.counted),
        "version_now": now.asked.counted.basis.version,
        "release_now": now.asked.counted.release,
    }


def _table(signed: SignedReport, now: Recounted, then: Recounted) -> embed.Table:
    """The signed figures; one whose people can be counted again as known on that day leads to them."""
    columns = signed.frame["columns"]
    first = columns.index(LEVEL)
    headings = [embed.Heading(text=dimension_word(name), number=False) for name in signed.frame["rows_by"]]
    headings += [embed.Heading(text=_heading(signed, now, name)) for name in columns[first + 1 :]]
    rows = []
    for row in signed.frame["rows"]:
        keys = tuple(str(key) for key in row[:first])
        figures = [
            _as_signed(figure, then, (keys, heading))
            for heading, figure in zip(columns[first + 1 :], row[first + 1 :], strict=True)
        ]
        rows.append(embed.Row(cells=(*_names(signed, now, keys), *figures), total=row[first] != "part"))
    return embed.Table(headings=tuple(headings), rows=tuple(rows))


def _as_signed(figure: Figure, then: Recounted, place: Place) -> embed.Cell:
    cell = then.cells.get(place)
    same = cell is not None and not cell.hidden and cell.figure == figure
    url = cell_url(cell, then.asked.counted) if cell and same else ""
    return embed.Cell(text=_figure(figure), missing=figure in {SUPPRESSED, None}, url=url)


def _changes(signed: SignedReport, now: Recounted, found: list[Difference]) -> embed.Table:
    """What is another number today, one a line."""
    headings = [embed.Heading(text=dimension_word(name), number=False) for name in signed.frame["rows_by"]]
    if signed.frame["columns_by"]:
        headings.append(embed.Heading(text=dimension_word(signed.frame["columns_by"]), number=False))
    headings += [embed.Heading(text=_("As signed")), embed.Heading(text=_("Today")), embed.Heading(text=_("Change"))]
    rows = []
    for difference in found:
        keys, heading = difference.place
        names = list(_names(signed, now, keys))
        if signed.frame["columns_by"]:
            names.append(embed.words(_heading(signed, now, heading)))
        cell = difference.cell
        url = cell_url(cell, now.asked.counted) if cell and not cell.hidden else ""
        change = (
            wording.signed(difference.now - difference.signed)
            if isinstance(difference.now, int) and isinstance(difference.signed, int)
            else wording.NOT_AVAILABLE
        )
        figures = (
            embed.Cell(text=_figure(difference.signed)),
            embed.Cell(text=_figure(difference.now), url=url),
            embed.Cell(text=change),
        )
        rows.append(embed.Row(cells=(*names, *figures), total=ALL in keys))
    return embed.Table(headings=tuple(headings), rows=tuple(rows))


def _names(signed: SignedReport, now: Recounted, keys: tuple[str, ...]) -> tuple[embed.Cell, ...]:
    names = zip(signed.frame["rows_by"], keys, strict=True)
    return tuple(embed.words(_("All") if key == ALL else _word(now, name, key)) for name, key in names)


def _heading(signed: SignedReport, now: Recounted, heading: str) -> str:
    if heading == signed.frame["measure"]:
        return total_word(signed.frame["columns_by"], signed.frame["measure"], signed.frame["outcome"])
    return _word(now, signed.frame["columns_by"], heading)


def _word(now: Recounted, dimension: str, word: str) -> str:
    """A word of a file as a page says it; one that the data no longer know stays as it is."""
    value = MONTH_NOT_RECORDED if dimension == "month" and word == "not-recorded" else word
    return value_word(dimension, value, now.asked.asked)


def _figure(figure: Figure) -> str:
    return HIDDEN if figure == SUPPRESSED else wording.count(figure)
