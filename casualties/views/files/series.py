"""Files of series: /trends.csv (five-year windows) and /same-days.csv (the open year beside the same days before it).

Each is the frame that the pages and their charts use.
"""

from collections.abc import Callable, Mapping

import pandas as pd
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.counts import NotAvailable, open_period, same_days
from casualties.exports.files import figures_file
from casualties.filters import FilterProblem, Selection
from casualties.frames import CAUSE
from casualties.views import states
from casualties.views.access import readers
from casualties.views.figures_cache import for_reader
from casualties.views.files.selected import refusal
from casualties.views.headlines import ANY_TIME
from casualties.views.selecting import selection_of
from casualties.views.trends import read_windows

OWN: Mapping[str, tuple[str, ...]] = {"by": (CAUSE,), "header": ("0", "1")}
ALL_CAUSES = "all"  # a blank cell would say that the cause is missing

# What a file says of itself, and its frame.
Made = tuple[Selection, pd.DataFrame]


@readers
@require_safe
def trends_csv(request: HttpRequest) -> HttpResponseBase:
    """One row per window; ?by=cause gives each cause and all of them. Year and day filters are left aside, as on the
    page, and neither the file's name nor its first lines name them."""
    return _file(request, "windows", _windows)


@readers
@require_safe
def same_days_csv(request: HttpRequest) -> HttpResponseBase:
    """One row per year (?by=cause: and cause): people from 1 January to the same day, which the column `until` says."""
    return _file(request, "same-days", _same_days)


def _windows(selection: Selection, *, by_cause: bool) -> Made:
    windows = read_windows(selection)
    if by_cause:
        frame = windows.by_cause.assign(cause=windows.by_cause[CAUSE].replace("", ALL_CAUSES))
        return windows.selection.change(cause=None), frame
    return windows.selection, windows.chosen.drop(columns=CAUSE, errors="ignore")


def _same_days(selection: Selection, *, by_cause: bool) -> Made:
    anytime = selection.change(**ANY_TIME)
    period = open_period(anytime)
    frame = same_days(anytime, [CAUSE] if by_cause else [], period=period)
    return anytime, frame.assign(until=f"{period[1]:%m-%d}")


def _file(request: HttpRequest, name: str, make: Callable[..., Made]) -> HttpResponseBase:
    """The file, or why there is none: 400 names the parameter, 409 says what the data cannot tell."""
    selection = selection_of(request, own=tuple(OWN))
    problems = list(selection.problems)
    for own, allowed in OWN.items():
        value = request.GET.get(own, "").strip()
        if value and value not in allowed:
            problems.append(FilterProblem(own, value, _("is not one of the allowed values"), allowed))
    if selection.outcome == "all":
        reason = _("cannot be in one file, since deaths and injuries are never added")
        problems.append(FilterProblem("outcome", "all", reason, ("fatality", "injury")))
    if problems:
        return for_reader(request, refusal(problems))
    try:
        states.loaded(selection)
        told, frame = make(selection, by_cause=bool(request.GET.get("by", "").strip()))
    except NotAvailable as reason:
        return for_reader(request, HttpResponse(f"{reason}\n", status=409, content_type="text/plain; charset=utf-8"))
    file = figures_file(frame, told, name=name, header=request.GET.get("header", "").strip() == "1")
    response = StreamingHttpResponse(file.blocks, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return for_reader(request, response)
