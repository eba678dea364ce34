"""Rates of five-year windows as a table, with both intervals, and what has to be said beside it."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Cell, Heading, Row, Table, cell, sentences, words
from casualties.choices import Outcome
from casualties.frames import (
    CAUSE,
    COMPLETE,
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS_COVERED,
    MONTHS_FILLED,
    NO_RATE,
    PERSON_YEARS,
    PERSONS,
    PROVISIONAL,
    RATE,
    RATE_HIGH,
    RATE_HIGH_CLUSTERED,
    RATE_LOW,
    RATE_LOW_CLUSTERED,
    RATE_PERSONS,
    RATIO,
    RATIO_BASIS,
    RATIO_HIGH,
    RATIO_LOW,
    RECORD,
)
from casualties.trends.rates import REASONS, NoRate
from casualties.trends.window_statistics import BY_RATE, MONTHS_IN_WINDOW

OF_A_ROW = [
    *(FIRST_YEAR, LAST_YEAR, PERSONS, PROVISIONAL, RECORD, RATE_PERSONS, PERSON_YEARS, MONTHS_COVERED, MONTHS_FILLED),
    *(RATE, RATE_LOW, RATE_HIGH, RATE_LOW_CLUSTERED, RATE_HIGH_CLUSTERED, RATIO, RATIO_LOW, RATIO_HIGH, RATIO_BASIS),
]


def rates_by_window(frame: pd.DataFrame, cause: str, *, outcome: str) -> Table:
    """One cause, the latest window first: both sides of the rate, the rate, its intervals, and the change.

    `frame` holds the statistics of casualties.frames.FULL_COLUMNS. Windows without a rate say so; rate_notes()
    says why.
    """
    rows = reversed(_windows(frame, cause, OF_A_ROW))
    headings = (
        Heading(text=_("Window"), number=False),
        Heading(text=wording.noun(outcome)),
        Heading(text=_("Uniformed, in rate")),
        Heading(text=_("Person-years")),
        Heading(text=_("Months covered")),
        Heading(text=_("Rate per 1,000")),
        Heading(text=_("95% interval, exact")),
        Heading(text=_("95% interval, incidents as the unit")),
        Heading(text=_("Times the five years before (95% interval)")),
        Heading(text=_("Compared by"), number=False),
    )
    return Table(headings=headings, rows=tuple(_row(row) for row in rows))


def rate_sentence(frame: pd.DataFrame, cause: str, *, outcome: str) -> str:
    """The rate of the last window that has one, in words; blank where none has."""
    windows = _windows(frame, cause, [FIRST_YEAR, LAST_YEAR, RATE, RATE_LOW, RATE_HIGH, COMPLETE])
    last = next((row for row in reversed(windows) if row[COMPLETE] and not wording.is_missing(row[RATE])), None)
    if last is None:
        return ""
    return _(
        "In %(window)s, the last complete window with a rate, there were %(rate)s uniformed %(counted)s per 1,000 "
        "person-years (95%% interval %(interval)s)."
    ) % {
        "window": wording.years(int(last[FIRST_YEAR]), int(last[LAST_YEAR])),
        "rate": rate_words(last[RATE]),
        "counted": wording.persons_of(cause, outcome),
        "interval": interval_words(last[RATE_LOW], last[RATE_HIGH]),
    }


def rate_notes(frame: pd.DataFrame, cause: str, *, outcome: str) -> str:
    """Which interval is which, what is filled in, and why windows have no rate."""
    windows = _windows(frame, cause, [FIRST_YEAR, LAST_YEAR, RATE, MONTHS_FILLED, NO_RATE])
    with_rate = [row for row in windows if not wording.is_missing(row[RATE])]
    notes = []
    if with_rate:
        notes = [
            _(
                "The exact interval takes every %(person)s as an event of its own (Poisson). They come in groups, "
                "which makes it too narrow; the interval with incidents as the unit takes that into account."
            )
            % {"person": _("death") if outcome == Outcome.FATALITY else _("injury")}
        ]
        if any(row[MONTHS_FILLED] for row in with_rate):
            notes.append(_("* With mission-months that are filled in, not reported; the CSV says how many."))
    for reason in NoRate:
        concerned = [row for row in windows if row[NO_RATE] == reason.value]
        if reason is NoRate.NONE or not concerned:
            continue
        said = wording.capitalised(_(REASONS[reason]))
        if len(concerned) == len(windows):
            notes.append(f"{said}.")
        else:
            notes.append(f"{wording.told(_spans(concerned), _(REASONS[reason]))}.")
    return sentences(*notes)


def has_rates(frame: pd.DataFrame, cause: str) -> bool:
    """Whether any window of the cause has a rate, so that a table says something."""
    of_cause = frame.loc[frame[CAUSE] == cause, RATE] if CAUSE in frame.columns else frame[RATE]
    return bool(of_cause.notna().any())


def rate_words(value: object) -> str:
    """Two decimals; a rate that is not zero is never written as 0.00."""
    written = wording.rate(value)
    return f"<{wording.rate(0.01)}" if written == wording.rate(0) and float(value) > 0 else written  # type: ignore[arg-type]


def _windows(frame: pd.DataFrame, cause: str, names: Sequence[str]) -> list[dict[str, Any]]:
    """The windows of a cause in order of time, of each the columns that are wanted."""
    columns = [frame[name].tolist() for name in names]
    of = frame[CAUSE].tolist() if CAUSE in frame.columns else [cause] * len(frame)
    rows = [
        dict(zip(names, row, strict=True))
        for row, found in zip(zip(*columns, strict=True), of, strict=True)
        if found == cause
    ]
    return sorted(rows, key=lambda row: row[LAST_YEAR])


def _row(row: dict[str, Any]) -> Row:
    mark = "p" if row[PROVISIONAL] else ""
    name = words(wording.years(int(row[FIRST_YEAR]), int(row[LAST_YEAR])))
    persons = cell(row[PERSONS], mark=mark)
    change = (_ratio(row), words(_basis(row)))
    if wording.is_missing(row[RATE]):
        blanks = tuple(cell(None) for _column in range(3))
        no_rate = Cell(text=_("no rate"), missing=True)
        return Row(cells=(name, persons, *blanks, no_rate, cell(None), cell(None), *change), record=bool(row[RECORD]))
    cells = (
        name,
        persons,
        cell(row[RATE_PERSONS]),
        Cell(text=wording.person_years(row[PERSON_YEARS])),
        Cell(text=f"{int(row[MONTHS_COVERED])}/{MONTHS_IN_WINDOW}" + ("*" if row[MONTHS_FILLED] else "")),
        Cell(text=rate_words(row[RATE])),
        Cell(text=interval_words(row[RATE_LOW], row[RATE_HIGH])),
        interval_cell(row[RATE_LOW_CLUSTERED], row[RATE_HIGH_CLUSTERED]),
        *change,
    )
    return Row(cells=cells, record=bool(row[RECORD]))


def interval_words(low: object, high: object) -> str:
    """An interval of rates or ratios: "1.45 to 2.17"."""
    return _("%(low)s to %(high)s") % {"low": rate_words(low), "high": rate_words(high)}


def interval_cell(low: object, high: object) -> Cell:
    """The same as a cell; one that says so where there is none."""
    if wording.is_missing(low) or wording.is_missing(high):
        return cell(None)
    return Cell(text=interval_words(low, high))


def _ratio(row: dict[str, Any]) -> Cell:
    """The ratio and its interval; against nobody there is only a lower end."""
    if not row[RATIO_BASIS]:
        return cell(None)
    if wording.is_missing(row[RATIO]):
        return Cell(text=_("at least %(low)s (none before)") % {"low": rate_words(row[RATIO_LOW])})
    return Cell(text=f"{rate_words(row[RATIO])} ({interval_words(row[RATIO_LOW], row[RATIO_HIGH])})")


def _basis(row: dict[str, Any]) -> str:
    if not row[RATIO_BASIS]:
        return ""
    return _("rates") if row[RATIO_BASIS] == BY_RATE else _("counts")


def _spans(windows: Sequence[dict[str, Any]]) -> str:
    """2015–19 to 2018–22 and 2019–23: runs of windows that end in consecutive years."""
    runs: list[list[str]] = []
    before = None
    for first, last in ((row[FIRST_YEAR], row[LAST_YEAR]) for row in windows):
        name = wording.years(int(first), int(last))
        if before is not None and last == before + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
        before = last
    parts = [
        run[0] if len(run) == 1 else _("%(first)s to %(last)s") % {"first": run[0], "last": run[-1]} for run in runs
    ]
    return wording.listed(parts)
