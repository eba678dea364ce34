"""What the pages about one series share (a mission, a contributor, a cause): one count, and its parts of the page.

The count is by year, cause and whatever else the page needs; headline figures, years and windows are taken from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Embed
from casualties.charts.filling import filled, joined
from casualties.charts.window_tables import window_by_window
from casualties.charts.window_titles import Line, line_of
from casualties.charts.windows import rolling_windows
from casualties.charts.years import years_by_cause
from casualties.choices import Cause
from casualties.counts import count, same_days
from casualties.filters import Selection
from casualties.frames import CAUSE, DAY, FAMILY, FIRST_YEAR, LAST_YEAR, MISSION, PERSONS, YEAR
from casualties.trends.live import windows_for
from casualties.trends.own_years import open_from_january
from casualties.trends.series_years import SeriesRecords, closed_years, series_years
from casualties.views import headlines, states
from casualties.views.adding import added, sums
from casualties.views.addresses import counts_csv_url, incidents_url, trends_csv_url
from casualties.views.headlines import ANY_TIME
from casualties.views.incident_rows import DayRow, MoreDays
from casualties.views.leads import leading
from casualties.views.linked import window_chart_linked, windows_linked, years_linked
from casualties.views.rates import rates
from casualties.views.revised_marks import revised_in
from casualties.views.scope_bar import last_known_day, scope_in_words, scope_with_causes, source_of

MALICIOUS = Cause.MALICIOUS_ACT.value
BESIDE_CHART = 16  # rows of a table that is about as high as the chart beside it


@dataclass(frozen=True, kw_only=True)
class SeriesCounts:
    """`counts` is by year, cause and more; `records` and `windows` are those of the series at any time, by
    cause unless several causes are chosen; `axis` are the years of the series that the selection's period touches;
    `until` is the last day of the open year where they reach into it and days are known."""

    selection: Selection
    counts: pd.DataFrame
    records: SeriesRecords
    windows: pd.DataFrame
    axis: range
    until: date | None
    source: str

    @property
    def total(self) -> int:
        return int(self.counts[PERSONS].sum())

    @property
    def open_year(self) -> int | None:
        """The open year where the series reaches into it."""
        last = self.selection.basis.last_covered_year
        return last if self.axis and self.axis[-1] == last else None

    @property
    def has_period(self) -> bool:
        return any(name in self.selection.values for name in ANY_TIME)

    @property
    def causes(self) -> tuple[str, ...]:
        """The chosen causes; empty: all."""
        return self.selection.values.get("cause", ())

    @property
    def span(self) -> str:
        """ "2013–23"."""
        return wording.years(self.axis[0], self.axis[-1])

    def of_cause(self, cause: str) -> int:
        return sums(self.counts, CAUSE).get(cause, 0)


def counted_series(selection: Selection, by: Sequence[str]) -> dict[str, Any]:
    """The fields of SeriesCounts for a selection, counted by year, cause and `by`. Raises NotAvailable where the data
    cannot answer."""
    states.loaded(selection)
    anytime = selection.change(**ANY_TIME)
    records = SeriesRecords(anytime)
    windows = windows_for(anytime, by_cause=len(selection.values.get("cause", ())) < 2, records=records)
    axis = touched(windows, selection)
    return {
        "selection": selection,
        "counts": count(selection, [YEAR, CAUSE, *by]),
        "records": records,
        "windows": windows,
        "axis": axis,
        "until": last_known_day(selection, axis),
        "source": source_of(selection),
    }


def touched(windows: pd.DataFrame, selection: Selection) -> range:
    """The years of a series that the selection's period touches.

    Of a mission or a family one window ends in each of its years; other series have no windows but those that lie
    wholly inside, and one of fewer than five years has none at all.
    """
    if windows.empty:
        return range(0) if opens(selection) else series_years(selection)
    first, last = int(windows[LAST_YEAR if opens(selection) else FIRST_YEAR].min()), int(windows[LAST_YEAR].max())
    begin, end = (selection.one(name) for name in ("from", "to"))
    day, until = selection.days
    first = max(first, int(begin or 0), day.year if day else 0)
    last = min(last, int(end or last), until.year if until else last)
    return range(first, max(first, last + 1))


def opens(selection: Selection) -> bool:
    """Whether the series has an opening of its own, as missions and families have: then a window can be incomplete."""
    return bool({MISSION, FAMILY} & set(selection.values))


def so_far(known: SeriesCounts) -> tuple[int, list[int]] | None:
    """The open year and the same days of those of the years before in which the series was open from January on; not
    where a period is chosen or the series ended earlier."""
    if known.until is None or known.has_period:
        return None
    frame = same_days(known.selection, period=(known.until.year, known.until))
    persons = sums(frame, YEAR)
    comparable = set(open_from_january(known.selection, range(known.axis[0], known.until.year)))
    before = [n for year, n in persons.items() if year in comparable]
    return persons[known.until.year], before


def figure_of_all(known: SeriesCounts, so_far: tuple[int, list[int]] | None) -> dict[str, Any]:
    """Everybody of the series, with the open year in its note."""
    label = _("%(counted)s, %(span)s") if known.causes else _("%(counted)s, all causes, %(span)s")
    figure = headlines.whole_series(
        known.selection,
        known.total,
        label % {"counted": headlines.counted(known.selection), "span": known.span},
        note_so_far(known, so_far),
        provisional=known.open_year is not None,
    )
    return headlines.revised_marked(figure, revised_in(known.selection), known.axis[0], known.axis[-1])


def note_so_far(known: SeriesCounts, so_far: tuple[int, list[int]] | None) -> str:
    """ "13 in 2023, to 21 November."; blank where the series does not reach into the open year."""
    if so_far is None or known.until is None:
        return ""
    number = leading(known.selection)(so_far[0], up_to=(known.until.year, known.until))
    facts = {"n": number, "year": known.until.year, "day": wording.day_and_month(known.until)}
    return filled(_("%(n)s in %(year)s, to %(day)s."), facts)


def figure_of_malicious_acts(known: SeriesCounts, compared: str = "") -> dict[str, Any]:
    """People killed (or injured) by malicious acts with their share; `compared` is a sentence beside the share."""
    n = known.of_cause(MALICIOUS)
    note = []
    if (own := wording.share(n, known.total)) != wording.NOT_AVAILABLE:
        counted = headlines.counted(known.selection).lower()
        note.append(_("%(share)s of %(counted)s.") % {"share": own, "counted": counted})
    figure = headlines.whole_series(
        known.selection.change(**{**known.selection.fixed, "cause": MALICIOUS}),
        n,
        _("%(label)s, %(span)s") % {"label": _by_malicious_acts(known), "span": known.span},
        joined(*note, compared),
        provisional=known.open_year is not None,
    )
    figure = headlines.revised_marked(figure, revised_in(known.selection), known.axis[0], known.axis[-1], MALICIOUS)
    return {**figure, "note_link": _("Their incidents")}


def figure_of_window(known: SeriesCounts, line: Line, counted: str = "") -> dict[str, Any] | None:
    """The open window (else the last closed one); `counted` says of what, where that is not said as everywhere.

    None where a period is chosen, or where the window is all of the series, whose figure stands beside it.
    """
    now = line.open_window or (line.closed[-1] if line.closed else None)
    if known.has_period or now is None or now.years == (known.axis[0], known.axis[-1]):
        return None
    if not counted and line.cause == MALICIOUS:
        counted = _by_malicious_acts(known)
    counted = counted or wording.capitalised(wording.persons_of(line.cause, known.selection.outcome))
    figure = headlines.window(known.selection, line, f"{counted}, %(window)s")
    return figure and headlines.revised_marked(figure, revised_in(known.selection), *now.years, line.cause)


def figure_of_open_cases(known: SeriesCounts) -> dict[str, Any]:
    """Causes still to be determined, and beside them the unknown ones."""
    unknown = known.of_cause(Cause.UNKNOWN.value)
    led = leading(known.selection)(unknown, cause=Cause.UNKNOWN.value)
    note = filled(_("And %(n)s unknown, which is a finding."), {"n": led}) if unknown else ""
    return headlines.to_be_determined(known.selection, known.of_cause(Cause.TO_BE_DETERMINED.value), note)


def _by_malicious_acts(known: SeriesCounts) -> str:
    return _("Killed by malicious acts") if known.selection.outcome == "fatality" else _("Injured by malicious acts")


def by_year(known: SeriesCounts) -> Embed:
    """The years of the series, stacked by cause."""
    selection = known.selection
    by_day = _("Only incidents of the chosen days are in these figures; years are not whole.")
    chart = years_by_cause(
        added(known.counts, [YEAR, CAUSE]),
        id="by-year",
        first_year=known.axis[0],
        last_year=known.axis[-1],
        causes=known.causes,
        provisional=known.open_year is not None,
        through=known.until,
        scope=scope_with_causes(selection),
        outcome=selection.outcome,
        closed=closed_years(selection, known.records) if opens(selection) else (),
        caveat=by_day if selection.by_day else "",
        csv_url=counts_csv_url(selection, [YEAR, CAUSE]),
        source=known.source,
        lead=leading(selection),
    )
    return years_linked(chart, selection, revised_in(selection))


def windows_and_rates(known: SeriesCounts) -> tuple[dict[str, Any], Line]:
    """The windows' chart and table and their rates. Several chosen causes are one series of all of them."""
    selection = known.selection
    anytime = selection.change(**ANY_TIME)
    if len(known.causes) > 1:
        lines = [wording.ALL_CAUSES]
    elif known.causes:
        lines = [known.causes[0]]
    else:
        lines = [MALICIOUS, wording.ALL_CAUSES]
    frame = known.windows
    line = line_of(frame, lines[0])
    caveat = _("Windows are of five whole years; the chosen period is left aside here.") if known.has_period else ""
    several = len(known.causes) > 1
    chart = rolling_windows(
        frame,
        id="windows",
        scope=scope_with_causes(anytime) if several else scope_in_words(anytime),
        causes=lines,
        outcome=selection.outcome,
        caveat=caveat,
        csv_url=trends_csv_url(anytime, by_cause=not known.causes),
        source=known.source,
        height=300,
        lead=leading(anytime),
    )
    table = window_by_window(frame, lines[0], outcome=selection.outcome)
    return {
        **rates(frame, lines[0], anytime),
        "windows": window_chart_linked(chart, [line_of(frame, cause) for cause in lines], anytime, revised_in(anytime)),
        "windows_table": windows_linked(table, line, anytime, revised_in(anytime)),
        "windows_open_and_end": opens(selection),
        "windows_many": len(table.rows) > BESIDE_CHART,
        "windows_ranked": len([point for point in line.points if point.rank is not None]),
        "windows_what": scope_with_causes(anytime)
        if several
        else wording.capitalised(wording.persons_of(lines[0], selection.outcome)),
    }, line


def days_linked(
    known: SeriesCounts, days: Sequence[DayRow], more: Sequence[MoreDays], by: Sequence[str]
) -> dict[str, Any]:
    """Days with the most people, each leading to its incidents, and how many `more` there are; the file has all days by
    `by`."""

    def led(row: DayRow) -> dict[str, Any]:
        day = _that_day(row.day)
        malicious = incidents_url(known.selection, **day, cause=Cause.MALICIOUS_ACT.value) if row.malicious else ""
        return {"row": row, "url": incidents_url(known.selection, **day), "malicious_url": malicious}

    return {
        "days": [led(row) for row in days],
        "more_days": more,
        "days_csv_url": counts_csv_url(known.selection, [DAY, *by]),
    }


def _that_day(day: date) -> dict[str, str | None]:
    return {"from": None, "to": None, "date_from": day.isoformat(), "date_to": day.isoformat()}
