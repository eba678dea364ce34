"""Files: /casualties, /incidents and /figures as .csv and .xlsx. They take the query string of the pages.

What cannot be answered is answered in plain text with a status of its own: 400 names the parameter and what is
allowed, 409 says what the loaded data cannot tell, 413 that a workbook is too long to be made at once (those signed in
are led to where a worker makes it), 503 asks to come again. Never a file that is only nearly right.
"""

from collections.abc import Callable
from typing import get_args

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from casualties import frames
from casualties.counts import DIMENSIONS, MEASURES, Measure, NotAvailable, count, fill_years
from casualties.exports.background import is_long, rows_expected
from casualties.exports.columns import UnknownColumn
from casualties.exports.files import DataMoved
from casualties.exports.makers import MAKERS
from casualties.exports.sent import SentFile
from casualties.filters import FilterProblem, SelectionRefused, allowed_word
from casualties.trends.own_years import OwnYears
from casualties.trends.series_years import years_touched
from casualties.views.access import readers
from casualties.views.addresses import with_query
from casualties.views.files.asking import listed, switch
from casualties.views.files.refusing import come_again, not_to_be_told, plain, refusal
from casualties.views.files.sending import CSV, XLSX, file_of_frame, own_of, sent
from casualties.views.selecting import basis_of, selection_of, viewer
from peacekeeping.tags import is_named, tag_of

EXPORT = "file=%s&form=xlsx"
# A file, or the sentence that is given in its place.
Found = SentFile | HttpResponseBase


def _file(view: Callable[[HttpRequest, str], Found]) -> Callable[..., HttpResponseBase]:
    """What the three have in common: who may, what is kept for how long, and how a refusal reads.

    A client that names the file's very tag is told so before anything is counted: such a tag can only have come from
    a file. Every other condition (`*`) is looked at when there is a file, so that a refusal is never "unchanged".
    """

    @readers
    @require_safe
    def guarded(request: HttpRequest, form: str = CSV) -> HttpResponseBase:
        tag = _tag_of(request)
        unchanged = get_conditional_response(request, etag=tag) if is_named(request, tag) else None
        response = _answer(request, view, form, tag) if unchanged is None else _tagged(unchanged, tag)
        patch_cache_control(response, no_cache=True, **{"private" if request.user.is_authenticated else "public": True})
        patch_vary_headers(response, ["Cookie"])
        return response

    return guarded


def _tag_of(request: HttpRequest) -> str:
    """The same state of data and software, audience and address have one tag."""
    return tag_of(basis_of(request).state, viewer(request).cache_key, request.get_full_path())


def _answer(request: HttpRequest, view: Callable[[HttpRequest, str], Found], form: str, tag: str) -> HttpResponseBase:
    """The file with its tag, or the sentence in its place, which is not kept."""
    try:
        found = view(request, form)
        if not isinstance(found, SentFile):
            return found
        unchanged = get_conditional_response(request, etag=tag)
        if unchanged is None:
            return _tagged(sent(request, found), tag)
    except SelectionRefused as refused:
        return refusal(list(refused.problems))
    except NotAvailable as reason:
        return not_to_be_told(reason)
    except DataMoved as reason:
        return come_again(reason)
    found.close()
    return _tagged(unchanged, tag)


def _tagged(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response["ETag"] = tag
    return response


@_file
def casualties(request: HttpRequest, form: str) -> Found:
    """One row per selected person."""
    return _rows(request, "casualties", form)


@_file
def incidents(request: HttpRequest, form: str) -> Found:
    """One row per incident with at least one selected person."""
    return _rows(request, "incidents", form)


@_file
def figures(request: HttpRequest, form: str) -> Found:
    """Counts by dimensions: ?by=year,cause&measure=persons. Years of the series without anybody are counted zeros,
    those of each mission, family and gender apart; a year outside has no row."""
    selection = selection_of(request, own=own_of(form, "by", "measure"), several=("by",))
    problems: list[FilterProblem] = list(selection.problems)
    by, measure = listed(request, "by"), allowed_word(request.GET, "measure", MEASURES, problems) or frames.PERSONS
    problems += [FilterProblem("by", name, "is not a dimension", DIMENSIONS) for name in by if name not in DIMENSIONS]
    header = form == CSV and switch(request, "header", problems)
    if problems:
        return refusal(problems)
    frame = count(selection, by, measure=next(known for known in get_args(Measure) if known == measure))
    if frames.YEAR in frame.columns:
        frame = fill_years(frame, years_touched(selection), measure, known=OwnYears(selection).knows)
    return file_of_frame(frame, selection, name="figures", form=form, header=header)


def _rows(request: HttpRequest, kind: str, form: str) -> Found:
    selection = selection_of(request, own=own_of(form, "columns"), several=("columns",))
    problems = list(selection.problems)
    header = form == CSV and switch(request, "header", problems)
    if problems:
        return refusal(problems)
    if form == XLSX and is_long(rows := rows_expected(kind, selection)):
        return _too_long(request, kind, rows)
    try:
        options = {"header": header} if form == CSV else {}
        return MAKERS[kind, form](selection, columns=listed(request, "columns"), **options)
    except UnknownColumn as unknown:
        return refusal([FilterProblem("columns", unknown.name, "is not a column of this file", unknown.allowed)])


def _too_long(request: HttpRequest, kind: str, rows: int) -> HttpResponseBase:
    """A long workbook gives nothing until it is whole: a worker makes it, for those who have an account."""
    query = request.META.get("QUERY_STRING", "")
    if request.user.is_authenticated:
        return HttpResponseRedirect(with_query(reverse("export-add"), "&".join(filter(None, [EXPORT % kind, query]))))
    return plain(
        f"This workbook would have {rows:,} rows; up to {settings.EXPORT_STREAM_ROWS:,} it is made while you wait.\n"
        f"  as CSV, of any length: {with_query(reverse(f'{kind}-csv'), query)}\n"
        "  as workbook, made in the background: sign in first",
        413,
    )
