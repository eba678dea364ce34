"""The two charts on paper: stacked bars by year and cause, and lines of five-year windows.

They follow the page's charts: axes from 0, an open year and an open window marked, a record on its band, numbers in
words beside points and not in a key where there is room.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casualties.briefs.contents import Bars, Lines, Window, WindowLine
from casualties.briefs.paper import INNER, LEFT, Paper, rgb
from casualties.charts import wording
from casualties.charts.theme import CAUSE_TOKENS
from casualties.choices import Cause

AXIS = 9.0  # mm for the numbers of the vertical axis
FOOT = 5.5  # mm for the names under the plot
HEADROOM = 1.13
LABELLED = 16  # up to so many years or windows each has its number
TICKS = 4
SMALL = 7.0
HATCHED, DOTTED = Cause.TO_BE_DETERMINED.value, Cause.UNKNOWN.value


@dataclass(frozen=True, kw_only=True)
class Plot:
    """Where a chart stands, and what its vertical axis reaches to."""

    top: float
    bottom: float
    highest: float

    @property
    def left(self) -> float:
        return LEFT + AXIS

    @property
    def width(self) -> float:
        return INNER - AXIS

    def y(self, n: float) -> float:
        return self.bottom - (self.bottom - self.top) * n / self.highest


def bars(paper: Paper, chart: Bars, top: float, height: float) -> None:
    """Draw the years from `top` in that height."""
    totals = [_sum([persons[i] for persons in chart["persons"]]) for i in range(len(chart["years"]))]
    plot = _plot(top, height, max((n or 0 for n in totals), default=0))
    _grid(paper, plot)
    slot = plot.width / max(len(totals), 6)  # a series of few years does not become a wall
    begin = plot.left + (plot.width - slot * len(totals)) / 2
    width = slot * 0.82
    for i, total in enumerate(totals):
        x, base = begin + slot * i + (slot - width) / 2, 0
        for cause, persons in zip(chart["causes"], chart["persons"], strict=True):
            if n := persons[i]:
                swatch(paper, cause, (x, plot.y(base + n)), width, plot.y(base) - plot.y(base + n))
                base += n
        year = chart["years"][i]
        if _numbered(i, totals) or year == chart["open_year"]:
            mark = " p" if year == chart["open_year"] and total is not None else ""
            paper.font(SMALL)
            paper.line_of(x - 6, plot.y(base) - 3.4, width + 12, f"{wording.count(total)}{mark}", align="C")
    paper.rule(plot.bottom, colour="rule-strong", x=plot.left)
    places = [(begin + slot * (i + 0.5), str(year)) for i, year in enumerate(chart["years"])]
    _names(paper, plot, _thinned(places, len(places) > LABELLED))


def lines(paper: Paper, chart: Lines, top: float, height: float) -> None:
    """Draw the windows from `top` in that height."""
    windows = [window for line in chart["lines"] for window in line["windows"]]
    if not windows:
        return
    plot = _plot(top, height, max(window["persons"] for window in windows))
    first, last = min(window["last"] for window in windows), max(window["last"] for window in windows)
    step = plot.width / max(last - first + 1, 4)
    begin = plot.left + (plot.width - step * (last - first + 1)) / 2

    def x(year: int) -> float:
        return begin + step * (year - first + 0.5)

    main = chart["lines"][0]
    for window in main["windows"]:
        if window["record"]:
            paper.box(x(window["last"]) - step / 2, plot.top, step, plot.bottom - plot.top, "mark")
    _grid(paper, plot)
    for line in reversed(chart["lines"]):
        at = [(x(window["last"]), plot.y(window["persons"]), window) for window in line["windows"]]
        _line(paper, line, at, thick=line is main, points=last - first < LABELLED)
    paper.rule(plot.bottom, colour="rule-strong", x=plot.left)
    places = {x(window["last"]): window["name"] for window in windows}
    _names(paper, plot, _every(sorted(places.items()), 9))
    _record_words(paper, chart, plot, x)


def key(paper: Paper, signs: Sequence[tuple[str, str]], y: float) -> float:
    """Swatches with their words in one or more lines; where they end."""
    paper.font(7.5, colour="ink-2")
    x = LEFT
    for cause, label in signs:
        width = 4.2 + paper.get_string_width(label) + 5
        if x + width > LEFT + INNER and x > LEFT:
            x, y = LEFT, y + 4
        swatch(paper, cause, (x, y + 0.5), 3, 2.4)
        paper.line_of(x + 4.2, y, width, label)
        x += width
    return y + 4.6


def swatch(paper: Paper, cause: str, at: tuple[float, float], width: float, height: float) -> None:
    """A filled field of a cause. The two open ones have a second sign: strokes for open, dots for unknown."""
    x, y = at
    paper.box(x, y, width, height, CAUSE_TOKENS[cause])
    if paper.quiet or cause not in {HATCHED, DOTTED}:
        return
    with paper.local_context(), paper.rect_clip(x=x, y=y, w=width, h=height):
        paper.set_draw_color(*rgb("paper"))
        paper.set_fill_color(*rgb("paper"))
        paper.set_line_width(0.25)
        if cause == HATCHED:
            for i in range(int((width + height) / 1.1) + 1):
                paper.line(x + i * 1.1 - height, y + height, x + i * 1.1, y)
        else:
            for i in range(int(width) + 1):
                for j in range(int(height) + 1):
                    paper.circle(x + 0.5 + i, y + 0.5 + j, 0.17, style="F")


def _plot(top: float, height: float, highest: int) -> Plot:
    return Plot(top=top, bottom=top + height - FOOT, highest=max(highest * HEADROOM, 1))


def _grid(paper: Paper, plot: Plot) -> None:
    step = round_step(plot.highest / TICKS)
    n = 0
    while n <= plot.highest:
        if n:
            paper.rule(plot.y(n), colour="grid", x=plot.left)
        paper.font(SMALL, colour="ink-2")
        paper.line_of(LEFT, plot.y(n) - 1.5, AXIS - 1.5, wording.count(n), align="R")
        n += step


def round_step(about: float) -> int:
    """The round number (1, 2 or 5 by a power of ten) that is not below `about`; at least 1."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= about:
                return digit * power
        power *= 10


def _line(
    paper: Paper, line: WindowLine, at: Sequence[tuple[float, float, Window]], *, thick: bool, points: bool
) -> None:
    """Closed windows joined, the open one a hollow point after a dotted step; a gap where a window is not complete."""
    colour = rgb(CAUSE_TOKENS[line["cause"]])
    paper.set_draw_color(*colour)
    paper.set_line_width(0.6 if thick else 0.35)
    for (x1, y1, before), (x2, y2, window) in pairwise(at):
        if window["last"] != before["last"] + 1:
            continue
        if window["provisional"]:
            paper.set_dash_pattern(dash=0.6, gap=0.9)
        elif not thick:
            paper.set_dash_pattern(dash=2, gap=1.2)
        paper.line(x1, y1, x2, y2)
        paper.set_dash_pattern()
    for x, y, window in at:
        if window["provisional"]:
            paper.set_fill_color(*rgb("paper"))
            paper.circle(x, y, 1.0, style="DF")
        elif points or (thick and window["record"]):
            paper.set_fill_color(*colour)
            paper.circle(x, y, 1.0 if window["record"] and thick else 0.7, style="F")
    x, y, last = at[-1]
    paper.font(SMALL, bold=thick)
    said = f"{wording.count(last['persons'])}{' p' if last['provisional'] else ''}"
    paper.line_of(x - 8, y - 4.6, 16, said, align="C")


def _record_words(paper: Paper, chart: Lines, plot: Plot, x: Callable[[int], float]) -> None:
    """The record in words beside its first point."""
    records = [window for window in chart["lines"][0]["windows"] if window["record"]]
    if not records or not chart["record"]:
        return
    at, y = x(records[0]["last"]), plot.y(records[0]["persons"])
    paper.font(SMALL)
    width = paper.get_string_width(chart["record"])
    begin = min(max(at - width / 2, plot.left), plot.left + plot.width - width)
    paper.line_of(begin, y - 4.6, width, chart["record"])


def _names(paper: Paper, plot: Plot, places: Sequence[tuple[float, str]]) -> None:
    paper.font(SMALL, colour="ink-2")
    for x, name in places:
        paper.line_of(x - 10, plot.bottom + 0.8, 20, name, align="C")


def _thinned(places: Sequence[tuple[float, str]], many: bool) -> list[tuple[float, str]]:
    """Of many years those that end in 0 or 5 (in 0 where they are very many)."""
    if not many:
        return list(places)
    step = 5 if len(places) <= 40 else 10
    return [place for place in places if int(place[1]) % step == 0]


def _every(places: Sequence[tuple[float, str]], wanted: int) -> list[tuple[float, str]]:
    """About `wanted` names, the first and the last among them."""
    step = max(1, -(-(len(places) - 1) // (wanted - 1)))
    chosen = list(places[::step])
    if chosen[-1] != places[-1]:
        chosen = [*(chosen[:-1] if (len(places) - 1) % step < step / 2 else chosen), places[-1]]
    return chosen


def _numbered(i: int, totals: Sequence[int | None]) -> bool:
    """Whether a bar carries its number: all of few, of many the highest."""
    return len(totals) <= LABELLED or totals[i] == max(n or 0 for n in totals)


def _sum(numbers: Sequence[int | None]) -> int | None:
    """Not available as soon as a part is."""
    return None if any(n is None for n in numbers) else sum(n or 0 for n in numbers)
