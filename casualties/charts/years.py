"""Deaths (or injuries) per calendar year, stacked by cause."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Cell, Embed, Heading, KeyEntry, Row, Table, cell, sentences, words
from casualties.charts.leading import Lead, plain
from casualties.charts.year_bars import LABELLED, label_over, tick_step, year_axis, year_cell
from casualties.charts.year_titles import Counted, CountsByCause, year_title
from casualties.choices import Cause, Outcome
from casualties.frames import CAUSE, PERSONS, YEAR

NOTED = 3  # beyond LABELLED years the highest ones carry their number, and the open one
APART = 12  # years between two notes, so that their words do not meet


BESIDE = {"xanchor": "left", "xshift": 7, "yshift": 0}  # over the bar it would meet its higher neighbours


def years_by_cause(
    frame: pd.DataFrame,
    *,
    id: str,  # noqa: A002 - the HTML attribute has this name
    last_year: int,
    provisional: bool,
    scope: str,
    first_year: int | None = None,
    causes: Sequence[str] = (),
    outcome: str = Outcome.FATALITY,
    through: date | None = None,
    notes: Mapping[int, str] | None = None,
    closed: Collection[int] = (),
    caveat: str = "",
    csv_url: str = "",
    source: str = "",
    height: int = 340,
    lead: Lead = plain,
) -> Embed:
    """Stacked bars of persons per year by cause.

    `frame` is long: year, cause, persons. A year and cause without a row is a counted zero, a row without a number is
    not available and a gap. The series runs from `first_year` (else the first year of the frame) to `last_year`,
    never further; `provisional` says that `last_year` is still open, `through` the last day it covers. `notes` are
    words for at most three years, shown beside the bar; `closed` are years in which a mission was not open. `causes`
    are those that were counted (none named: all): one that was not chosen is left out, since it is not zero. Raises
    ValueError for a frame outside those years or causes.
    """
    if first_year is None:
        if frame.empty:
            raise ValueError("an empty frame does not say where its series begins: first_year is needed")
        first_year = int(frame[YEAR].min())
    years = range(first_year, last_year + 1)
    counts = _per_year(frame, years, causes)
    known = [Counted(year=year, persons=_sum(of_cause[year] for of_cause in counts.values())) for year in years]
    title = year_title(counts, known, provisional=provisional, outcome=outcome)
    span = wording.period(first_year, last_year, provisional=provisional, through=through)
    counted = wording.noun(outcome)
    return Embed(
        id=id,
        title=title,
        linked_title=title
        if lead is plain
        else year_title(counts, known, provisional=provisional, outcome=outcome, lead=lead),
        subtitle=_("%(counted)s per calendar year by cause, %(span)s. %(scope)s.")
        % {"counted": counted, "span": span, "scope": wording.capitalised(scope)},
        figure=_stacked(counts, known, provisional=provisional, notes=notes or {}),
        narrow=_narrow(known, provisional=provisional),
        key=tuple(KeyEntry(sign=cause, label=wording.cause_label(cause)) for cause in counts),
        key_label=_("Causes, in stacking order from the base"),
        table=_table(counts, known, provisional=provisional),
        description=_("Stacked bars of %(counted)s per year by cause, %(span)s. %(title)s.")
        % {"counted": counted.lower(), "span": span, "title": title},
        caveat=sentences(_zeros(known, closed, provisional=provisional), caveat),
        csv_url=csv_url,
        source=source,
        height=height,
    )


def _per_year(frame: pd.DataFrame, years: range, causes: Sequence[str] = ()) -> CountsByCause:
    """The counted causes, each with a number for every year: zero where no row is, None where the row has no number."""
    missing = {YEAR, CAUSE, PERSONS} - set(frame.columns)
    if missing:
        raise ValueError(f"a frame of years by cause needs year, cause and persons; missing: {sorted(missing)}")
    rows = list(zip(*(frame[name].tolist() for name in (YEAR, CAUSE, PERSONS)), strict=True))
    outside = [year for year, _cause, _persons in rows if year not in years]
    if outside:
        raise ValueError(f"the frame holds the year {outside[0]}, outside {years.start} to {years.stop - 1}")
    columns = [cause for cause in Cause.values if not causes or cause in causes]
    unknown = {cause for _year, cause, _persons in rows} - set(columns)
    if unknown:
        raise ValueError(f"not a cause that was counted: {sorted(map(str, unknown))[0]}")
    if len({(year, cause) for year, cause, _persons in rows}) < len(rows):
        raise ValueError("the frame holds two rows of one year and cause")
    counts: dict[str, dict[int, int | None]] = {cause: dict.fromkeys(years, 0) for cause in columns}
    for year, cause, persons in rows:
        counts[cause][int(year)] = wording.whole(persons)
    return counts


def _sum(cells: Iterable[int | None]) -> int | None:
    """All of them together; not available where one is not."""
    known = list(cells)
    return None if None in known else sum(cell or 0 for cell in known)


def _stacked(
    counts: CountsByCause,
    known: Sequence[Counted],
    *,
    provisional: bool,
    notes: Mapping[int, str],
) -> go.Figure:
    years = [item.year for item in known]
    traces = [
        theme.bar(
            name=wording.cause_label(cause),
            x=years,
            y=list(counts[cause].values()),
            marker=theme.bar_marker(cause),
            hovertemplate="%{y}",
        )
        for cause in counts
    ]
    highest = max((item.persons or 0 for item in known), default=0)
    open_year = years[-1] if provisional else None
    if len(years) <= LABELLED:
        annotations = [label_over(item.year, item.persons, open_year=open_year) for item in known]
    else:
        annotations = [
            _note(item, known, notes.get(item.year, "")) for item in _peaks(known, notes, provisional=provisional)
        ]
        if provisional:
            annotations.append(label_over(known[-1].year, known[-1].persons, open_year=open_year) | BESIDE)
    layout = {
        "barmode": "stack",
        "xaxis": year_axis(years, step=tick_step(len(years))),
        "yaxis": theme.count_axis(highest),
        "annotations": annotations,
        "margin": {"r": 44 if provisional and len(years) > LABELLED else 14},
    }
    return theme.figure(traces, layout)


def _narrow(known: Sequence[Counted], *, provisional: bool) -> dict[str, Any]:
    """On small screens: every second tick, and only numbers beside the highest bars."""
    years = [item.year for item in known]
    step = tick_step(len(years)) * 2 if len(years) > 6 else 1
    at = (
        [year for year in years if (year - years[0]) % step == 0]
        if len(years) <= LABELLED
        else [y for y in years if y % step == 0]
    )
    narrow: dict[str, Any] = {
        "xaxis": {"tickvals": at or years[:1], "ticktext": [str(year) for year in at or years[:1]]}
    }
    if len(years) > LABELLED:
        narrow["margin"] = {"r": 14}
        narrow["annotations"] = [_note(item, known, "") for item in _peaks(known, {}, provisional=provisional)]
    return narrow


def _note(item: Counted, known: Sequence[Counted], note: str) -> dict[str, Any]:
    """A number in words over a high bar; beside the very highest ones, so that the words stay inside the plot."""
    text = f"{item.year}: {wording.count(item.persons)}"
    place: dict[str, Any] = {"ax": 0, "ay": -24}
    if (item.persons or 0) > 0.85 * max(other.persons or 0 for other in known):
        early = 4 * (item.year - known[0].year) < len(known)
        place = {"ax": 14, "ay": 4, "xanchor": "left"} if early else {"ax": -14, "ay": 4, "xanchor": "right"}
    return {"x": item.year, "y": item.persons, "text": f"{text}<br>{note}" if note else text, **place}


def _peaks(known: Sequence[Counted], notes: Mapping[int, str], *, provisional: bool) -> list[Counted]:
    """The years to name: those with words, then the highest ones that lie apart; an open year is no peak."""
    closed = [item for item in (known[:-1] if provisional else known) if item.persons]
    chosen = [item for item in closed if item.year in notes][:NOTED]
    highest = max((item.persons or 0 for item in closed), default=0)
    for item in sorted(closed, key=lambda item: (-(item.persons or 0), item.year)):
        if len(chosen) == NOTED or (item.persons or 0) < 0.4 * highest:
            break
        if all(abs(item.year - other.year) >= APART for other in chosen):
            chosen.append(item)
    return chosen


def _table(counts: CountsByCause, known: Sequence[Counted], *, provisional: bool) -> Table:
    """A row per year, the sum of all years at the foot: the parts add up to the total."""
    open_year = known[-1].year if provisional else None
    headings = [Heading(text=_("Year"))]
    headings += [Heading(text=wording.cause_label(cause)) for cause in counts]
    alone = len(counts) == 1
    if not alone:
        everything = len(counts) == len(Cause.values)
        headings.append(Heading(text=wording.cause_label(wording.ALL_CAUSES) if everything else _("Together")))
    rows = []
    for item in known:
        cells = [cell(of_cause[item.year]) for of_cause in counts.values()]
        sum_cell = () if alone else (cell(item.persons),)
        rows.append(Row(cells=(year_cell(item.year, open_year=open_year), *cells, *sum_cell)))
    if len(known) > 1:
        sums = [_sum(of_cause.values()) for of_cause in counts.values()]
        label = words(wording.years(known[0].year, known[-1].year), mark="p" if provisional else "")
        cells = [cell(persons) for persons in sums]
        sum_cell = () if alone else (cell(_sum(sums)),)
        rows.append(Row(cells=(Cell(text=label.text, mark=label.mark), *cells, *sum_cell), total=True))
    return Table(headings=tuple(headings), rows=tuple(rows))


def _zeros(known: Sequence[Counted], closed: Collection[int], *, provisional: bool) -> str:
    """Counted zeros are named, since an empty place on the axis could be taken for missing data, and so are years in
    which the mission was closed."""
    whole = known[:-1] if provisional else known
    nobody = [item.year for item in whole if item.persons == 0]
    if len(nobody) == len(known):
        return ""
    zeros = [str(year) for year in nobody if year not in closed]
    shut = [str(year) for year in nobody if year in closed]
    not_open = _("The mission was not open in %(years)s.") % {"years": wording.listed(shut)} if shut else ""
    return sentences(_named_zeros(zeros), not_open)


def _named_zeros(zeros: Sequence[str]) -> str:
    if not zeros:
        return ""
    if len(zeros) == 1:
        return _("%(year)s is a counted zero.") % {"year": zeros[0]}
    if len(zeros) <= 6:
        return _("%(years)s are counted zeros.") % {"years": wording.listed(zeros)}
    return _("%(n)s years without a bar are counted zeros.") % {"n": len(zeros)}
