"""The overview: the state of things in one minute, under one of the named scopes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.charts.open_cases import full_years, open_cases
from casualties.charts.window_tables import highest_windows
from casualties.charts.window_titles import line_of
from casualties.charts.windows import rolling_windows
from casualties.charts.years import same_days as same_days_chart
from casualties.charts.years import years_by_cause
from casualties.choices import Cause
from casualties.counts import count, open_period, same_days
from casualties.filters import Selection
from casualties.frames import CAUSE, DAY, FIRST_YEAR, LAST_YEAR, MISSION, PERSONS, YEAR
from casualties.trends.live import series_years, windows_for
from casualties.views import headlines, sentences, states
from casualties.views.access import readers
from casualties.views.adding import added, most_first, sums
from casualties.views.addresses import (
    cause_links,
    counts_csv_url,
    incidents_url,
    open_cases_url,
    same_days_csv_url,
    trends_csv_url,
    trends_url,
)
from casualties.views.delay_note import delay_note
from casualties.views.figures_cache import for_reader, kept
from casualties.views.incident_rows import incident_people, latest_incidents
from casualties.views.linked import same_days_linked, window_chart_linked, windows_linked, years_linked
from casualties.views.operations import added_up, current_window, operations
from casualties.views.places import by_place
from casualties.views.revised_marks import revised_in
from casualties.views.scope_bar import known_query, scope_bar, scope_in_words, source_of
from casualties.views.scopes import by_scope
from casualties.views.selecting import selection_of

SHOWN_MISSIONS = 16
SHOWN_INCIDENTS = 10
SHOWN_CASES = 7
NOTED_YEARS = 3
APART = 12  # years between two named peaks, so that their words do not meet
MALICIOUS = Cause.MALICIOUS_ACT.value
OPEN = Cause.TO_BE_DETERMINED.value


@readers
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything there is, under one of the named scopes."""
    selection = selection_of(request)
    heading = _("Deaths in UN peace operations")
    problems = states.only(selection, "scope", "known_at", page=_("the overview"))
    if problems:
        return states.refused(request, problems, heading=heading, back=reverse("overview"))
    if selection.release is None:
        return states.nothing_loaded(request)
    page = kept("overview", selection, lambda: _page(selection, heading))
    return for_reader(request, render(request, "casualties/overview.html", page))


@dataclass(frozen=True)
class _Known:
    """What the parts of the page share. `until`: the last day of the open year, None for annual counts."""

    selection: Selection
    counts: pd.DataFrame
    windows: pd.DataFrame
    axis: range
    open_year: int
    until: date | None
    released_on: date
    source: str

    @property
    def total(self) -> int:
        return int(self.counts[PERSONS].sum())

    def of_cause(self, cause: str, year: int | None = None) -> int:
        rows = self.counts[self.counts[CAUSE] == cause]
        return int((rows if year is None else rows[rows[YEAR] == year])[PERSONS].sum())


def _page(selection: Selection, heading: str) -> dict[str, Any]:
    """Context of overview.html: the figures as HTML, and the scope bar."""
    release = states.loaded(selection)
    until = None if selection.basis.annual_counts_only else open_period(selection)[1]
    windows = windows_for(selection, by_cause=True)
    known = _Known(
        selection=selection,
        counts=count(selection, [MISSION, YEAR, CAUSE]),
        windows=windows,
        axis=_axis(windows, selection),
        open_year=release.last_covered_year,
        until=until,
        released_on=release.date,
        source=source_of(selection),
    )
    body = {
        "cause_links": cause_links(selection),
        "heading": heading,
        "released_on": release.date,
        "open_year": known.open_year,
        "source": known.source,
        "known_query": known_query(selection),
        "annual_counts_only": until is None,
        "delay": delay_note(selection),
        "by_year": _by_year(known),
        **_windows_and_days(known),
        **_scopes(known),
        **_missions(known),
        **by_place(
            selection,
            sums(known.counts, MISSION),
            scope=scope_in_words(selection),
            span=wording.period(known.axis[0], known.axis[-1], provisional=True, through=until),
            source=known.source,
        ),
        **_latest(known),
    }
    return {
        "body": render_to_string("casualties/_overview_figures.html", body),
        "scope_bar": scope_bar(selection, known.axis, until, [{"url": "#scopes", "label": _("Change scope")}]),
    }


def _axis(windows: pd.DataFrame, selection: Selection) -> range:
    """The years of the world under a scope: its windows lie wholly inside them and reach to both ends."""
    last = selection.basis.last_covered_year or 0
    if windows.empty:
        return series_years(selection) or range(last, last + 1)
    return range(int(windows[FIRST_YEAR].min()), int(windows[LAST_YEAR].max()) + 1)


def _by_year(known: _Known) -> Any:
    """The whole history first."""
    chart = years_by_cause(
        added(known.counts, [YEAR, CAUSE]),
        id="deaths-by-year",
        first_year=known.axis[0],
        last_year=known.open_year,
        provisional=True,
        through=known.until,
        scope=scope_in_words(known.selection),
        notes=_notes(known),
        caveat=_("Years are calendar years of the incident. Civilian deaths were seldom recorded before 1990."),
        csv_url=counts_csv_url(known.selection, [YEAR, CAUSE]),
        source=known.source,
        height=380,
    )
    return years_linked(chart, known.selection, revised_in(known.selection))


def _notes(known: _Known) -> dict[int, str]:
    """Words beside the highest closed years: the missions in which at least half of the deaths were."""
    notes: dict[int, str] = {}
    for year, total in most_first(known.counts[known.counts[YEAR] < known.open_year], YEAR):
        if len(notes) == NOTED_YEARS:
            break
        if all(abs(year - other) >= APART for other in notes):
            notes[year] = _most_of(most_first(known.counts[known.counts[YEAR] == year], MISSION), total)
    return notes


def _most_of(missions: Sequence[tuple[str, int]], total: int) -> str:
    """ "ONUC 141", or the fewest missions that have half of the year's deaths; blank where that takes more than two."""
    named, sum_of_named = [], 0
    for acronym, persons in missions[:2]:
        named.append(f"{acronym} {wording.count(persons)}")
        sum_of_named += persons
        if 2 * sum_of_named >= total:
            return ", ".join(named)
    return ""


def _windows_and_days(known: _Known) -> dict[str, Any]:
    """The sentence, the headline figures, the rolling windows and the open year beside the same days."""
    selection = known.selection
    malicious = line_of(known.windows, MALICIOUS)
    cases = None if known.until is None else count(selection.change(cause=OPEN), [DAY, MISSION])
    said = sentences.all_time(known.total, selection.scope, known.axis[0])
    parts: dict[str, Any] = {}
    if known.until:
        this_year = same_days(selection, [CAUSE], period=(known.open_year, known.until))
        now, before = headlines.now_and_before(this_year, known.open_year)
        said = f"{said} {sentences.so_far(now, before, until=known.until)}"
        so_far = headlines.open_year(selection, sum(now.values()), before, now.get(MALICIOUS, 0), known.until)
        chart = same_days_chart(
            this_year,
            id="same-days",
            through=known.until,
            scope=scope_in_words(selection),
            csv_url=same_days_csv_url(selection),
            source=known.source,
        )
        parts["same_days"] = same_days_linked(chart, selection, known.until)
    else:
        in_year = int(known.counts.loc[known.counts[YEAR] == known.open_year, PERSONS].sum())
        so_far = headlines.open_year_without_days(selection, in_year, known.open_year)
    oldest = min(cases[DAY]) if cases is not None and len(cases) else None
    figures = [
        headlines.whole_series(
            selection,
            known.total,
            _("Deaths since %(year)s") % {"year": known.axis[0]},
            _("All causes, %(n)s missions and offices.") % {"n": wording.count(known.counts[MISSION].nunique())},
            provisional=True,
        ),
        so_far,
        headlines.window(selection, malicious, _("Killed by malicious acts, %(window)s")),
        headlines.to_be_determined(
            selection,
            known.of_cause(OPEN),
            _("Oldest: %(day)s.") % {"day": f"{oldest.day} {_(oldest.strftime('%b'))} {oldest.year}"} if oldest else "",
        ),
        headlines.injuries(selection),
    ]
    return {
        **parts,
        "sentence": said,
        "figures": [figure for figure in figures if figure],
        "rolling": window_chart_linked(
            rolling_windows(
                known.windows,
                id="rolling-malicious",
                scope=scope_in_words(selection),
                csv_url=trends_csv_url(selection.change(cause=MALICIOUS)),
                source=known.source,
            ),
            [malicious],
            selection,
            revised_in(selection),
        ),
        "highest": windows_linked(
            highest_windows(known.windows, MALICIOUS, outcome=selection.outcome),
            malicious,
            selection,
            revised_in(selection),
        ),
        "ranked": len([point for point in malicious.points if point.rank is not None]),
        "first_window": malicious.closed[0].name if malicious.closed else "",
        "trends_url": trends_url(selection, cause=MALICIOUS),
        **_cases(known, cases),
    }


def _scopes(known: _Known) -> dict[str, Any]:
    """The last closed year under the four scopes; the open one where there is no other."""
    year = known.open_year - 1 if known.open_year - 1 in known.axis else known.open_year
    return {"scopes": by_scope(known.selection, year), "scopes_year": year, "scopes_open": year == known.open_year}


def _missions(known: _Known) -> dict[str, Any]:
    """The missions with the most deaths, what the others have together, and all of them."""
    rows = operations(known.selection, known.counts, known.axis)
    rows = sorted((row for row in rows if row.persons), key=lambda row: -row.persons)
    first, last = current_window(known.selection.basis)
    return {
        "operations": rows[:SHOWN_MISSIONS],
        "other_operations": added_up(
            rows[SHOWN_MISSIONS:], known.selection.change(mission=[row.acronym for row in rows[SHOWN_MISSIONS:]])
        ),
        "all_operations": added_up(rows, known.selection),
        "window_first": first,
        "window_last": last,
        "axis": (known.axis[0], known.axis[len(known.axis) // 2], known.axis[-1]),
        "operations_csv_url": counts_csv_url(known.selection, [MISSION, YEAR, CAUSE]),
    }


def _latest(known: _Known) -> dict[str, Any]:
    if known.until is None:
        return {"incidents": None}
    people = incident_people(known.selection, latest=SHOWN_INCIDENTS)
    return {
        "incidents": latest_incidents(known.selection, people, SHOWN_INCIDENTS),
        "incidents_url": incidents_url(known.selection),
    }


def _cases(known: _Known, cases: pd.DataFrame | None) -> dict[str, Any]:
    """Work to do, not news: open cases by age, and those that have waited longest."""
    if cases is None:
        return {"open_cases": None}
    selection = known.selection.change(cause=OPEN)
    longest = cases.sort_values([DAY, MISSION]).head(SHOWN_CASES)
    return {
        "open_cases": open_cases(
            cases,
            id="open-cases",
            on=known.released_on,
            scope=scope_in_words(selection),
            caveat=_("%(n)s deaths have an unknown cause.") % {"n": wording.count(known.of_cause(Cause.UNKNOWN.value))},
            csv_url=counts_csv_url(selection, [DAY, MISSION]),
            source=known.source,
        ),
        "longest": [
            {
                "day": day,
                "mission": mission,
                "persons": persons,
                "years": full_years(day, known.released_on),
                "url": incidents_url(selection, mission=mission, date_from=day.isoformat(), date_to=day.isoformat()),
            }
            for day, mission, persons in longest[[DAY, MISSION, PERSONS]].itertuples(index=False, name=None)
        ],
        "cases_url": open_cases_url(known.selection),
        "cases_count": known.of_cause(OPEN),
    }
