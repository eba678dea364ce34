"""The parts of a page that say how rates went year by year, and whether causes rise or fall."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.cause_shares import shares_by_window
from casualties.charts.embed import Embed, Row, Table
from casualties.charts.level_changes import level_changes
from casualties.charts.trend_verdicts import verdicts, verdicts_title
from casualties.charts.yearly_rates import yearly_rates_chart
from casualties.choices import Cause, Scope
from casualties.filters import Selection
from casualties.frames import CAUSE, COMPLETE, FIRST_YEAR, LAST_YEAR, MISSION, PROVISIONAL
from casualties.trends.cause_changes import cause_changes
from casualties.trends.cause_tests import CauseTest, Period, Subject, cause_tests, without_closed
from casualties.trends.live import why_a_selection_has_no_rate
from casualties.trends.rates import NoRate
from casualties.trends.series_years import SeriesRecords, closed_years
from casualties.trends.shares import add_shares
from casualties.trends.stored_tests import stored_tests
from casualties.trends.yearly import OTHERS, WHOSE, yearly
from casualties.views.addresses import everywhere, incidents_url, with_query
from casualties.views.headlines import ANY_TIME
from casualties.views.one_series import SeriesCounts
from casualties.views.remembered import remembered
from casualties.views.scope_bar import scope_in_words, scope_with_causes

CHOSEN = "chosen"  # the name of several chosen causes taken together
EACH: Mapping[str, Sequence[str]] = {"": Cause.values, **{cause: (cause,) for cause in Cause.values}}


def yearly_of(selection: Selection, years: range, cause: str, records: SeriesRecords | None = None) -> pd.DataFrame:
    """trends.yearly of a selection for one cause, all of them (""), or the chosen ones together (CHOSEN)."""
    causes = selection.values["cause"] if cause == CHOSEN else EACH[cause]

    def found() -> pd.DataFrame:
        own = None
        if cause != CHOSEN and records is not None and (records.people_are_read or MISSION not in selection.values):
            every = _own_years(selection.change(cause=None, **ANY_TIME), years, records)
            own = every[every[CAUSE] == cause]
        return yearly(selection, {cause: causes}, years=years, records=records, own=own)

    return remembered(selection, f"{cause} {years}", found)


def rates_by_year(
    selection: Selection, cause: str, *, years: range, source: str, records: SeriesRecords
) -> Embed | None:
    """The yearly rates of one cause, as yearly_of() names it, with what stands around them.

    None where no year has a rate, or nobody recorded the strength of such people; the rates of windows say why.
    """
    if why_a_selection_has_no_rate(selection) != NoRate.NONE:
        return None
    rows = yearly_of(selection, years, cause, records)
    beside = (rows[WHOSE] == OTHERS).to_numpy()
    anytime = selection.change(**ANY_TIME)
    several = cause == CHOSEN
    named = () if not cause else selection.values["cause"] if several else (cause,)
    counted = anytime.change(cause=list(named) or None)
    scope = _uniformed(anytime)
    missions = anytime.values.get(MISSION, ())
    chart = yearly_rates_chart(
        rows[~beside],
        rows[beside] if beside.any() else None,
        id="yearly-rates",
        cause="" if several else cause,
        name=wording.listed(missions) if missions else _("this selection"),
        scope=scope_with_causes(scope) if several else scope_in_words(scope),
        counted=_("%(deaths)s of the chosen causes") % {"deaths": wording.persons_of("", selection.outcome)}
        if several
        else "",
        outcome=selection.outcome,
        csv_url=_file("rates-csv", counted.change(**{name: selection.one(name) for name in ("from", "to")})),
        source=source,
    )
    if chart is None:
        return None
    return replace(chart, table=_linked(chart.table, _uniformed(counted)))


def trends_by_cause(
    selection: Selection, windows: pd.DataFrame, years: range, *, source: str, records: SeriesRecords
) -> dict[str, Any]:
    """Context of _cause_trends.html: shares over time where `windows` are by cause, and tests of trend.

    `windows` and `records` are those of the series at any time, `years` its years. Of chosen causes only theirs are
    shown.
    """
    anytime = selection.change(**ANY_TIME)
    outcome, chosen = selection.outcome, selection.values.get("cause", ())
    last = last_window(windows)
    tests = [test for test in tests_of(anytime, last, years, records) if not chosen or test.cause in chosen]
    scope = scope_in_words(anytime.change(cause=None))
    spans = {Period.SERIES: (_("Tests of trend, whole series"), _("The whole series"))}
    if last is not None:
        window = _("The last complete window, %(window)s") % {"window": wording.years(*last)}
        spans[Period.WINDOW] = (_("Tests of trend, last complete window"), window)
    shares = None
    if CAUSE in windows:
        shares = shares_by_window(
            add_shares(windows[windows[CAUSE] != ""], within=[FIRST_YEAR, LAST_YEAR]),
            id="shares-by-window",
            scope=scope,
            outcome=outcome,
            csv_url=_file("shares-csv", anytime.change(cause=None)),
            source=source,
        )
    parts = [
        {
            "title": verdicts_title(tests, period),
            "sub": f"{words}. {wording.capitalised(scope)}.",
            "label": label,
            "table": verdicts(tests, period, outcome=outcome),
        }
        for period, (label, words) in spans.items()
    ]
    return {
        "cause_trends": {
            "shares": shares,
            "tests": parts,
            "csv_url": _file("trend-tests-csv", anytime.change(cause=None)),
        }
    }


def rates_and_trends(known: SeriesCounts, years: range) -> dict[str, Any]:
    """Context for the page of one series: yearly_rates (a chart or None) and cause_trends. `years` are all of its own.

    The rates are of malicious acts unless causes are chosen, as the windows beside them are; a period of days has no
    whole years and gets none.
    """
    selection, causes = known.selection, known.causes
    cause = CHOSEN if len(causes) > 1 else causes[0] if causes else Cause.MALICIOUS_ACT.value
    windows = known.windows.drop(columns=CAUSE, errors="ignore") if causes else known.windows
    source, records = known.source, known.records
    # First what reads the people of the series, if anything does: then the rates need no further look at them.
    trends = trends_by_cause(selection, windows, years, source=source, records=records)
    chart = None
    if not selection.by_day:
        chart = rates_by_year(selection, cause, years=known.axis, source=source, records=records)
    return {"yearly_rates": chart, **trends}


def tests_of(
    selection: Selection, window: tuple[int, int] | None, years: range, records: SeriesRecords
) -> list[CauseTest]:
    """Tests of a selection at any time, by every cause: the stored ones, else computed."""
    anytime = selection.change(cause=None, **ANY_TIME)

    def found() -> list[CauseTest]:
        stored = stored_tests(anytime)
        if stored is not None:
            return stored
        return cause_tests(_own_years(anytime, years, records), window)

    return remembered(anytime, "tests", found)


def level_changes_of(selection: Selection, years: range, records: SeriesRecords) -> dict[str, Any]:
    """Context of _level_changes.html: the change of level of every cause of a selection, at any time. Computed now."""
    anytime, chosen = selection.change(**ANY_TIME), selection.values.get("cause", ())
    everything = anytime.change(cause=None)

    changes = remembered(everything, "changes", lambda: cause_changes(_own_years(everything, years, records)))
    found = [one for one in changes if not chosen or one.cause in chosen]
    return {
        "table": level_changes(found, outcome=selection.outcome),
        "sub": f"{wording.capitalised(scope_in_words(everything))}.",
        "by_rate": any(one.subject == Subject.RATE for one in found),
    }


def _own_years(selection: Selection, years: range, records: SeriesRecords) -> pd.DataFrame:
    """The yearly figures of every cause of a selection, without other missions beside it and years it was closed in."""

    def found() -> pd.DataFrame:
        frame = yearly(selection, EACH, years=years, with_others=False, records=records)
        return without_closed(frame, closed_years(selection, records))

    return remembered(selection, f"own {years}", found)


def last_window(windows: pd.DataFrame) -> tuple[int, int] | None:
    """The last window of a series that is complete and closed."""
    closed = windows[windows[COMPLETE].astype(bool) & ~windows[PROVISIONAL].astype(bool)]
    if closed.empty:
        return None
    last = int(closed[LAST_YEAR].max())
    return int(closed.loc[closed[LAST_YEAR] == last, FIRST_YEAR].iloc[0]), last


def _uniformed(selection: Selection) -> Selection:
    """The uniformed people of a selection, as its rates count them."""
    scopes = {Scope.ALL: Scope.UNIFORMED, Scope.PKO: Scope.UNIFORMED_PKO}
    return everywhere(selection, scope=scopes.get(selection.scope, selection.scope).value)


def _linked(table: Table, selection: Selection) -> Table:
    """The uniformed people of each year lead to their incidents."""
    return replace(table, rows=tuple(_row_linked(row, selection) for row in table.rows))


def _row_linked(row: Row, selection: Selection) -> Row:
    year = row.cells[0].text.rstrip("*")
    if not year.isdecimal():
        return row
    first, people, *rest = row.cells
    url = incidents_url(selection, **{**ANY_TIME, "from": year, "to": year})
    return replace(row, cells=(first, replace(people, url=url), *rest))


def _file(name: str, selection: Selection) -> str:
    query = "&".join(part for part in (urlencode([("header", "1")]), everywhere(selection).query_string) if part)
    return with_query(reverse(name), query)
