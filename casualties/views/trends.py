"""Trends: five-year windows of a selection by cause, one cause window by window, and the same as a file."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.charts.filling import joined
from casualties.charts.window_tables import highest_windows, window_by_window
from casualties.charts.window_titles import Line, line_of
from casualties.charts.windows import rolling_windows, windows_by_cause
from casualties.choices import Cause, Scope
from casualties.counts import NO_INJURIES, NotAvailable
from casualties.filters import FilterProblem, Selection, first_word
from casualties.trends.live import windows_for
from casualties.trends.series_years import SeriesRecords, series_years
from casualties.views import sentences, states
from casualties.views.access import readers
from casualties.views.addresses import cause_links, mission_url, trends_csv_url, with_query
from casualties.views.cause_trends import CHOSEN, level_changes_of, rates_by_year, trends_by_cause
from casualties.views.delay_note import delay_note
from casualties.views.figures_page import figures_page
from casualties.views.headlines import ANY_TIME
from casualties.views.leads import leading
from casualties.views.linked import window_chart_linked, windows_linked
from casualties.views.rates import rates
from casualties.views.revised_marks import revised_in
from casualties.views.scope_bar import (
    is_filtered,
    last_known_day,
    scope_bar,
    scope_in_words,
    scope_with_causes,
    source_of,
)
from casualties.views.selecting import selection_of

ALL = wording.ALL_CAUSES
MALICIOUS = Cause.MALICIOUS_ACT.value
CHANGES = "changes"  # off unless asked for: a year that is named is easily taken for its cause


@readers
@require_safe
def trends(request: HttpRequest) -> HttpResponse:
    """Windows of a selection. The chosen cause is the one that is shown window by window; without one, all causes."""
    selection = selection_of(request, own=(CHANGES,))
    heading = _("Trends over five years")
    asked = first_word(request.GET, CHANGES)
    problems = list(selection.problems)
    if asked not in {"", "1"}:
        problems.append(FilterProblem(CHANGES, asked, _("is not allowed here"), ("1",)))
    return figures_page(
        request,
        selection,
        "casualties/trends.html",
        lambda shown: _page(shown, heading, with_changes=bool(asked)),
        name="trends",
        heading=heading,
        back=reverse("trends"),
        own=f"{CHANGES}={asked}" if asked else "",
        problems=problems,
    )


@dataclass(frozen=True)
class _Windows:
    """The windows of a selection at any time: `by_cause` of each cause and all of them, `chosen` of the chosen ones."""

    selection: Selection
    records: SeriesRecords
    by_cause: pd.DataFrame
    chosen: pd.DataFrame
    cause: str

    @cached_property
    def line(self) -> Line:
        """The series that is shown window by window."""
        return line_of(self.chosen, self.cause)


def read_windows(selection: Selection) -> _Windows:
    """Windows leave the period of a selection aside. Several chosen causes are one series of all of them.

    Raises NotAvailable for injuries where none are recorded.
    """
    anytime = selection.change(**ANY_TIME)
    if anytime.outcome == "injury" and not anytime.basis.injuries_recorded:
        raise NotAvailable(NO_INJURIES)
    causes = anytime.values.get("cause", ())
    records = SeriesRecords(anytime)
    by_cause = windows_for(anytime, by_cause=True, records=records)
    if len(causes) > 1:
        return _Windows(anytime, records, by_cause, windows_for(anytime, records=records), ALL)
    cause = causes[0] if causes else ALL
    return _Windows(anytime, records, by_cause, by_cause[by_cause["cause"] == cause], cause)


def _page(selection: Selection, heading: str, *, with_changes: bool) -> dict[str, Any]:
    """Context of trends.html: the figures as HTML, and the scope bar."""
    windows = read_windows(selection)
    anytime, line = windows.selection, windows.line
    states.loaded(selection)
    axis = series_years(anytime, windows.records)
    until = last_known_day(anytime, axis)
    source = source_of(selection)
    several = len(anytime.values.get("cause", ())) > 1
    scope = scope_with_causes(anytime) if several else scope_in_words(anytime)
    cause = CHOSEN if several else windows.cause
    body = {
        # In this order: what is read for the tests is not read again for the rates.
        **trends_by_cause(anytime, windows.by_cause, axis, source=source, records=windows.records),
        "yearly_rates": rates_by_year(anytime, cause, years=axis, source=source, records=windows.records),
        **_changes(windows, axis, with_changes=with_changes),
        "heading": heading,
        "sentence": _sentence(windows),
        "open_window": line.open_window,
        "until": until,
        "delay": delay_note(anytime) if line.open_window else None,
        "cause_links": cause_links(anytime),
        "filtered": is_filtered(anytime.change(cause=None)),
        "scope": wording.capitalised(scope_with_causes(anytime)),
        "period_left_aside": anytime.query_string != selection.query_string,
        "toggles": _toggles(windows),
        "scopes": _scopes(anytime),
        **_window_charts(windows, scope=scope, source=source),
        **_window_tables(windows),
        **rates(windows.chosen, windows.cause, anytime),
        "ranked": len([point for point in line.points if point.rank is not None]),
        "what": scope_with_causes(anytime) if several else wording.persons_of(windows.cause, anytime.outcome),
        "incomplete": any(not point.complete for point in line.points),
        "mission_url": mission_url(anytime.values["mission"][0]) if len(anytime.values.get("mission", ())) == 1 else "",
        "csv_url": trends_csv_url(anytime),
        "source": source,
        "back": reverse("trends"),
    }
    return {
        "body": render_to_string("casualties/_trends_figures.html", body),
        "scope_bar": scope_bar(anytime, axis, until, [{"url": "#scopes", "label": _("Change scope")}]),
    }


def _window_charts(windows: _Windows, *, scope: str, source: str) -> dict[str, Any]:
    """Six small charts, one for each cause, and the chosen series window by window."""
    anytime = windows.selection
    every = anytime.change(cause=None)
    multiples = windows_by_cause(
        windows.by_cause,
        id="windows-by-cause",
        scope=scope_in_words(anytime),
        outcome=anytime.outcome,
        csv_url=trends_csv_url(every, by_cause=True),
        source=source,
        lead=leading(every),
    )
    rolling = rolling_windows(
        windows.chosen,
        id="rolling",
        scope=scope,
        causes=(windows.cause,),
        outcome=anytime.outcome,
        csv_url=trends_csv_url(anytime),
        source=source,
        lead=leading(anytime),
    )
    lines = [line_of(windows.by_cause, cause) for cause in Cause.values]
    return {
        "multiples": window_chart_linked(multiples, lines, every, revised_in(every)),
        "rolling": window_chart_linked(rolling, [windows.line], anytime, revised_in(anytime)),
    }


def _window_tables(windows: _Windows) -> dict[str, Any]:
    """The highest windows of the chosen series, and all of them."""
    anytime, line = windows.selection, windows.line
    highest = highest_windows(windows.chosen, windows.cause, outcome=anytime.outcome)
    table = window_by_window(windows.chosen, windows.cause, outcome=anytime.outcome)
    return {
        "highest": windows_linked(highest, line, anytime, revised_in(anytime)),
        "table": windows_linked(table, line, anytime, revised_in(anytime)),
    }


def _changes(windows: _Windows, years: range, *, with_changes: bool) -> dict[str, Any]:
    """Changes of level where they are asked for, and the address that asks for them or no longer does."""
    selection = windows.selection
    own = "" if with_changes else f"{CHANGES}=1"
    query = "&".join(part for part in (own, selection.query_string) if part)
    return {
        "level_changes": level_changes_of(selection, years, windows.records) if with_changes else None,
        "changes_url": f"{with_query(reverse('trends'), query)}#changes-of-level",
    }


def _sentence(windows: _Windows) -> str:
    """The chosen series; for all causes malicious acts first, since they are what is asked for most."""
    outcome, lead = windows.selection.outcome, leading(windows.selection)
    if windows.cause != ALL or "cause" in windows.selection.values:
        return sentences.windows(windows.line, outcome=outcome, lead=lead)
    first = sentences.windows(line_of(windows.by_cause, MALICIOUS), outcome=outcome, lead=lead)
    return joined(first, sentences.windows(windows.line, outcome=outcome, lead=lead, again=True))


def _toggles(windows: _Windows) -> list[dict[str, Any]]:
    """All causes and each of the six, as addresses of this page."""
    selection = windows.selection
    several = len(selection.values.get("cause", ())) > 1
    return [
        {
            "label": wording.cause_label(cause),
            "url": with_query(reverse("trends"), selection.change(cause=cause or None).query_string)
            + "#window-by-window",
            "current": not several and cause == windows.cause,
        }
        for cause in (ALL, *Cause.values)
    ]


def _scopes(selection: Selection) -> list[dict[str, Any]]:
    """The named scopes as addresses of this page; none where the selection leaves only one of them possible.

    Short names for the choice; the line under the title names the chosen one in full.
    """
    names = {
        Scope.ALL: _("All peace operations"),
        Scope.PKO: _("Peacekeeping only"),
        Scope.UNIFORMED: _("Uniformed only"),
        Scope.UNIFORMED_PKO: _("Uniformed, peacekeeping only"),
    }
    choices = []
    for scope in Scope:
        changed = selection.change(scope=None if scope == Scope.ALL else scope.value)
        if not changed.problems and changed.mission_ids != frozenset():
            url = f"{with_query(reverse('trends'), changed.query_string)}#scopes"
            choices.append({"label": names[scope], "url": url, "current": scope == selection.scope})
    return choices if len(choices) > 1 else []
