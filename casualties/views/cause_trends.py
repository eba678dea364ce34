"""The parts of a page that say how rates went year by year, and whether causes rise or fall."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.cause_shares import shares_by_window
from casualties.charts.embed import Embed, Row, Table
from casualties.charts.trend_verdicts import verdicts, verdicts_title
from casualties.charts.yearly_rates import yearly_rates_chart
from casualties.choices import Cause, Scope
from casualties.filters import Selection
from casualties.frames import CAUSE, COMPLETE, FIRST_YEAR, LAST_YEAR, MISSION, PROVISIONAL, YEAR
from casualties.trends.cause_tests import CauseTest, Period, cause_tests
from casualties.trends.live import why_a_selection_has_no_rate
from casualties.trends.rates import NoRate
from casualties.trends.shares import add_shares
from casualties.trends.stored_tests import stored_tests
from casualties.trends.yearly import OTHERS, SELECTED, WHOSE, yearly
from casualties.views.addresses import everywhere, incidents_url, with_query
from casualties.views.headlines import ANY_TIME
from casualties.views.one_series import SeriesCounts
from casualties.views.scope_bar import scope_in_words, scope_with_causes

CHOSEN = "chosen"  # the name of several chosen causes taken together
EACH: Mapping[str, Sequence[str]] = {"": Cause.values, **{cause: (cause,) for cause in Cause.values}}
REMEMBERED = 256
# The missions of a version of the data (one object as long as the process knows the version), and the answers for it.
_remembered: tuple[Mapping[str, Any], dict[tuple[object, ...], list[CauseTest]]] = ({}, {})


def yearly_of(selection: Selection, years: range) -> pd.DataFrame:
    """trends.yearly of a selection for all causes, each of them, and the chosen ones together (CHOSEN)."""
    causes = selection.values.get("cause", ())
    groups = {**EACH, **({CHOSEN: causes} if len(causes) > 1 else {})}
    return yearly(selection, groups, years=years)


def rates_by_year(frame: pd.DataFrame, selection: Selection, cause: str, *, years: range, source: str) -> Embed | None:
    """The yearly rates of one cause (CHOSEN: of the chosen ones) of yearly_of() with what stands around them.

    None where no year has a rate; the rates of windows say why.
    """
    rows = frame[(frame[CAUSE] == cause) & frame[YEAR].isin(years)]
    others = rows[rows[WHOSE] == OTHERS] if (rows[WHOSE] == OTHERS).any() else None
    anytime = selection.change(**ANY_TIME)
    several = cause == CHOSEN
    scope = _uniformed(anytime)
    missions = anytime.values.get(MISSION, ())
    chart = yearly_rates_chart(
        rows[rows[WHOSE] == SELECTED],
        others,
        id="yearly-rates",
        cause="" if several else cause,
        name=wording.listed(missions) if missions else _("this selection"),
        scope=scope_with_causes(scope) if several else scope_in_words(scope),
        counted=_("%(deaths)s of the chosen causes") % {"deaths": wording.persons_of("", selection.outcome)}
        if several
        else "",
        outcome=selection.outcome,
        csv_url=_file("rates-csv", anytime),
        source=source,
    )
    if chart is None:
        return None
    named = () if not cause else selection.values["cause"] if several else (cause,)
    return replace(chart, table=_linked(chart.table, _uniformed(anytime.change(cause=list(named) or None))))


def trends_by_cause(
    selection: Selection, windows: pd.DataFrame, frame: Callable[[], pd.DataFrame], *, source: str
) -> dict[str, Any]:
    """Context of _cause_trends.html: shares over time where `windows` are by cause, and tests of trend.

    `windows` are those of the series at any time; `frame` gives the rows of yearly_of() over the whole series, which
    are counted only where the tests are not known. Of chosen causes only theirs are shown.
    """
    anytime = selection.change(**ANY_TIME)
    outcome, chosen = selection.outcome, selection.values.get("cause", ())
    last = last_window(windows)
    tests = [test for test in tests_of(anytime, last, frame) if not chosen or test.cause in chosen]
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
    frame = cache(lambda: yearly_of(selection, years))
    cause = CHOSEN if len(causes) > 1 else causes[0] if causes else Cause.MALICIOUS_ACT.value
    windows = known.windows.drop(columns=CAUSE, errors="ignore") if causes else known.windows
    chart = None
    if not selection.by_day and has_denominator(selection):
        chart = rates_by_year(frame(), selection, cause, years=known.axis, source=known.source)
    return {"yearly_rates": chart, **trends_by_cause(selection, windows, frame, source=known.source)}


def tests_of(
    selection: Selection, window: tuple[int, int] | None, frame: Callable[[], pd.DataFrame]
) -> list[CauseTest]:
    """Tests of a selection at any time, by every cause: the stored ones, else computed; kept while the data stand."""
    global _remembered  # noqa: PLW0603 - one place for the process, exchanged as a whole
    basis = selection.basis
    if _remembered[0] is not basis.missions:
        _remembered = (basis.missions, {})
    answers = _remembered[1]
    query = everywhere(selection, cause=None, **ANY_TIME).query_string
    key = (selection.viewer.cache_key, basis.release, query)
    if key not in answers:
        if len(answers) >= REMEMBERED:
            answers.clear()
        stored = stored_tests(selection)
        if stored is None:
            rows = frame()
            stored = cause_tests(rows[(rows[WHOSE] == SELECTED) & rows[CAUSE].isin(list(EACH))], window)
        answers[key] = stored
    return answers[key]


def has_denominator(selection: Selection) -> bool:
    """Whether strengths are recorded for the people that a selection chooses, in whatever years."""
    return why_a_selection_has_no_rate(selection) == NoRate.NONE


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
