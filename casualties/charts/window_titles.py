"""Windows as points, and the sentences over them.

A provisional window is never called a peak, and never compared as if it were closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.filling import filled, joined
from casualties.charts.leading import Lead, plain
from casualties.frames import (
    CAUSE,
    CHANGE_FROM_PREVIOUS_WINDOW,
    CHANGE_ON_ONE_YEAR,
    COMPLETE,
    FIRST_YEAR,
    LAST_YEAR,
    PERSONS,
    PROVISIONAL,
    RANK,
    RECORD,
    WINDOW_COLUMNS,
    WOULD_BE_RANK,
)
from casualties.trends.windows import disjoint_highest

NAMED_TIES = 2


@dataclass(frozen=True, kw_only=True)
class Point:
    """One window of one series."""

    first_year: int
    last_year: int
    persons: int
    complete: bool
    provisional: bool
    record: bool
    rank: int | None
    would_be_rank: int | None
    change_on_one_year: int | None
    change_from_previous_window: int | None

    @property
    def name(self) -> str:
        return wording.years(*self.years)

    @property
    def years(self) -> tuple[int, int]:
        return self.first_year, self.last_year


@dataclass(frozen=True, kw_only=True)
class Line:
    """The windows of one cause ("" is all), in order of time. Only complete ones are drawn."""

    cause: str
    points: tuple[Point, ...]
    peaks: tuple[Point, ...]

    @property
    def drawn(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.complete)

    @property
    def closed(self) -> tuple[Point, ...]:
        return tuple(point for point in self.drawn if not point.provisional)

    @property
    def records(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.record)

    @property
    def open_window(self) -> Point | None:
        return next((point for point in self.drawn if point.provisional), None)


OF_A_POINT = [
    *(FIRST_YEAR, LAST_YEAR, PERSONS, COMPLETE, PROVISIONAL, RECORD, RANK, WOULD_BE_RANK),
    *(CHANGE_ON_ONE_YEAR, CHANGE_FROM_PREVIOUS_WINDOW),
]


def line_of(frame: pd.DataFrame, cause: str) -> Line:
    """The windows of a cause out of a frame; ValueError where columns are missing or a window stands twice."""
    missing = set(WINDOW_COLUMNS) - set(frame.columns)
    if missing:
        raise ValueError(f"a frame of windows lacks the columns {sorted(missing)}")
    # Column by column, and no frame of a frame: a page makes dozens of lines, each of some forty columns.
    rows = zip(*(frame[name].tolist() for name in OF_A_POINT), strict=True)
    of = frame[CAUSE].tolist() if CAUSE in frame.columns else [cause] * len(frame)
    points = sorted((_point(*row) for row, found in zip(rows, of, strict=True) if found == cause), key=_end)
    if any(_end(one) == _end(other) for one, other in pairwise(points)):
        raise ValueError(f"the frame holds two windows of one year for cause {cause!r}: not one series")
    return Line(cause=cause, points=tuple(points), peaks=tuple(disjoint_highest(points, 5)))


def _end(point: Point) -> int:
    return point.last_year


def _point(  # noqa: PLR0917 - in the order of OF_A_POINT
    first: int,
    last: int,
    persons: object,
    complete: object,
    provisional: object,
    record: object,
    rank: object,
    would_be_rank: object,
    on_one_year: object,
    from_previous: object,
) -> Point:
    counted = wording.whole(persons)
    if counted is None:
        raise ValueError(f"the window {first} to {last} has no count")
    return Point(
        first_year=int(first),
        last_year=int(last),
        persons=counted,
        complete=bool(complete),
        provisional=bool(provisional),
        record=bool(record),
        rank=wording.whole(rank),
        would_be_rank=wording.whole(would_be_rank),
        change_on_one_year=wording.whole(on_one_year),
        change_from_previous_window=wording.whole(from_previous),
    )


def window_title(line: Line, outcome: str, lead: Lead = plain) -> str:
    """ "Deaths by malicious acts over five years were highest in 1992–96, with 259; in 2018–22 there were 127"."""
    counted = wording.persons_of(line.cause, outcome)
    closed, records = line.closed, line.records
    facts = {"counted": counted, "Counted": wording.capitalised(counted)}

    def led(point: Point, text: str = "") -> str:
        return lead(point.persons, text=text, cause=line.cause, years=point.years)

    if not closed:
        if line.open_window is None:
            return _("No complete five-year window")
        now = line.open_window
        facts |= {"window": now.name, "n": led(now), "counted": wording.persons_of(line.cause, outcome, now.persons)}
        return filled(_("No closed five-year window yet; %(window)s, still open, has %(n)s %(counted)s"), facts)
    last = closed[-1]
    facts |= {"first": closed[0].name, "last": last.name, "now": led(last)}
    if not records:
        if len(closed) == 1:
            return _("No %(counted)s in %(last)s, the only closed window") % facts
        return _("No %(counted)s in any five-year window from %(first)s to %(last)s") % facts
    facts |= {"n": led(records[0]), "record": records[0].name}
    if len(closed) == 1:
        facts["counted"] = wording.persons_of(line.cause, outcome, records[0].persons)
        return filled(_("%(n)s %(counted)s in %(record)s, the only closed five-year window"), facts)
    if len(records) > NAMED_TIES:
        facts["many"] = wording.number_word(len(records))
        said = _(
            "%(Counted)s over five years were highest in %(many)s windows, with %(n)s each; "
            "the last closed one, %(last)s, had %(now)s"
        )
        return filled(said, facts)
    if len(records) > 1:
        facts["record"] = wording.listed([records[0].name, *(led(point, point.name) for point in records[1:])])
        said = filled(_("%(Counted)s over five years were highest in %(record)s, with %(n)s each"), facts)
    else:
        said = filled(_("%(Counted)s over five years were highest in %(record)s, with %(n)s"), facts)
    if last.record:
        return said if len(records) > 1 else filled(_("%(said)s, the last closed window"), {"said": said})
    return filled(_("%(said)s; %(last)s had %(now)s"), {**facts, "said": said})


def largest_cause_title(lines: Sequence[Line], outcome: str, lead: Lead = plain) -> str:
    """Which cause leads in the last closed window.

    "In 2018–22 the largest cause was illness, with 306 of 575 deaths".
    """
    counted = wording.persons_of(wording.ALL_CAUSES, outcome)
    ends = [line.closed[-1].last_year for line in lines if line.closed]
    if not ends:
        return _("No complete five-year window")
    at = max(ends)
    of = {line.cause: point for line in lines for point in line.closed if point.last_year == at}
    total = sum(point.persons for point in of.values())
    window, years = next(iter(of.values())).name, next(iter(of.values())).years
    facts: dict[str, object] = {"window": window, "counted": counted, "total": lead(total, years=years)}
    if total == 0:
        return _("No %(counted)s in %(window)s, the last closed five-year window") % facts
    highest = max(point.persons for point in of.values())
    top = [cause for cause, point in of.items() if point.persons == highest]
    first, *others = top
    led = [lead(highest, text=wording.inside(wording.cause_label(cause)), cause=cause, years=years) for cause in others]
    facts |= {
        "n": lead(highest, cause=first, years=years),
        "names": wording.listed([wording.inside(wording.cause_label(first)), *led]),
    }
    if others:
        said = _("In %(window)s the largest causes were %(names)s, with %(n)s of %(total)s %(counted)s each")
    else:
        said = _("In %(window)s the largest cause was %(names)s, with %(n)s of %(total)s %(counted)s")
    return filled(said, facts)


def record_names(line: Line) -> str:
    """ "1992–96", "1992–96 and 1993–97", or "in four windows" where many are equal."""
    named = [point.name for point in line.records]
    if len(named) <= NAMED_TIES:
        return wording.listed(named)
    return _("in %(many)s windows") % {"many": wording.number_word(len(named))}


def panel_note(line: Line, lead: Lead = plain) -> str:
    """ "Highest 1992–96: 259. Now 2019–23 (p): 107." The open window is never the highest: it is not ranked."""
    parts = []

    def led(point: Point) -> str:
        return lead(point.persons, cause=line.cause, years=point.years)

    if line.records:
        parts.append(filled(_("Highest %(window)s: %(n)s."), {"window": record_names(line), "n": led(line.records[0])}))
    now = line.open_window or (line.closed[-1] if line.closed else None)
    if now and not now.record:
        name = f"{now.name} (p)" if now.provisional else now.name
        parts.append(filled(_("Now %(window)s: %(n)s."), {"window": name, "n": led(now)}))
    return joined(*parts)
