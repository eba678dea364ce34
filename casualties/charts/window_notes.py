"""The few words beside lines of windows: record, open windows, further peaks, each where it covers nothing.

A spot is chosen for all widths at once: what is free there in the narrowest and the widest frame stays free between.
A weaker note that finds no room is left out; the table under the chart has every number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from casualties.charts import theme, wording
from casualties.charts.label_boxes import Box, Pixel, Spot, around, free
from casualties.charts.margins import left_margin
from casualties.charts.window_axis import FEW, Axis
from casualties.charts.window_titles import Line, Point, record_names
from casualties.trends.windows import YEARS_IN_WINDOW

NOTED = 4  # points in words beside the line
NOTED_NARROW = 3
WIDE = (560, 760, 1176)  # pixels that charts are wide where charts.js takes the figure itself
NARROW = (288, 420, 559)  # and where it takes the variant for small screens
SPOTS = tuple(spot for near in (11, 20, 32, 46, 62) for spot in around(near))
DOT = 6  # pixels from the middle of a point to its edge
STRICT = 2
BEGINS = 0.5  # the first half of what leads to a point may run along its own line
LEVEL_WORDS = "1,234, as published"  # about as long as what stands at a level's left end
LEFT, TOP, BOTTOM = 38, 14, 30  # margins of theme.TEMPLATE
HEADROOM = 1.18


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What notes are laid on: lines, their axis and the size of the drawing."""

    lines: Sequence[Line]
    axis: Axis
    height: int
    right: int
    levels: Sequence[int] = ()  # numbers at which a line runs across
    names: Sequence[dict[str, Any]] = ()  # names of series that stand at their lines

    @property
    def highest(self) -> int:
        return max(point.persons for line in self.lines for point in line.drawn)

    def vertical(self) -> dict[str, Any]:
        return theme.count_axis(self.highest, headroom=HEADROOM)


@dataclass(frozen=True, kw_only=True)
class Note:
    """A point and its words; `needed` ones are said even across a line."""

    point: Point
    text: str
    bold: bool = False
    needed: bool = False


class _Frame:
    """The sheet at one width, in pixels of its plot, and what is taken there."""

    def __init__(self, sheet: Sheet, width: int) -> None:
        vertical = sheet.vertical()
        self.top = vertical["range"][1]
        self.horizontal = sheet.axis.layout(wanted=2)["range"]
        left = left_margin(vertical, LEFT)
        self.width, self.height = width - left - sheet.right, sheet.height - TOP - BOTTOM
        self.inside = Box(-left, -TOP, self.width + sheet.right, self.height)
        self.axis = sheet.axis
        self.lines = [run for line in sheet.lines for run in self._runs(line)]
        self.lines += [[self.at(0, n), self.at(len(sheet.axis.names) - 1, n)] for n in sheet.levels]
        solid = [point for line in sheet.lines[:1] for point in line.records]
        hollow = [line.open_window for line in sheet.lines if line.open_window]
        self.taken = [Box(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in map(self.pixel, [*solid, *hollow])]
        self.taken += [Spot(0, -10, "left", "middle").box(LEVEL_WORDS, self.at(0, n)) for n in sheet.levels]
        for name in sheet.names:
            at = self.at(sheet.axis.names.index(name["x"]), name["y"])
            self.taken.append(Spot(0, -name["yshift"], "left", "middle").box(name["text"], at, bold=True))

    def at(self, place: float, persons: float) -> Pixel:
        first, last = self.horizontal
        return (place - first) / (last - first) * self.width, self.height * (1 - persons / self.top)

    def pixel(self, point: Point) -> Pixel:
        return self.at(self.axis.place(point), point.persons)

    def _runs(self, line: Line) -> list[list[Pixel]]:
        """The stretches of a line without a gap."""
        runs: list[list[Pixel]] = []
        before = None
        for point in line.drawn:
            if before != point.last_year - 1:
                runs.append([])
            runs[-1].append(self.pixel(point))
            before = point.last_year
        return runs

    def has_room(self, note: Note, spot: Spot, strictness: int) -> bool:
        """Whether the words are free of points and words, from 1 on of lines too, and at 2 so is what leads to them."""
        x, y = at = self.pixel(note.point)
        box = spot.box(note.text, at, bold=note.bold)
        if not free(box, inside=self.inside, taken=self.taken, lines=self.lines if strictness else ()):
            return False
        start, end = (x + BEGINS * spot.dx, y + BEGINS * spot.dy), (x + spot.dx, y + spot.dy)
        own = Box(x - DOT, y - DOT, x + DOT, y + DOT)
        if any(other != own and other.crossed_by(start, end) for other in self.taken):
            return False
        leading = Box(*(f(a, b) for f in (min, max) for a, b in zip(start, end, strict=True)))
        return strictness < STRICT or free(leading, inside=self.inside, taken=(), lines=self.lines)

    def take(self, note: Note, spot: Spot) -> None:
        x, y = self.pixel(note.point)
        self.taken.append(spot.box(note.text, (x, y), bold=note.bold))
        self.lines.append([(x, y), (x + spot.dx, y + spot.dy)])  # the line that leads from the words to the point


def placed_notes(sheet: Sheet, *, narrow: bool = False, also: Sequence[Point] = ()) -> list[dict[str, Any]]:
    """The annotations of the first line's record and open window, of other lines' open windows, of the points `also`
    and of the next peaks that share no year with these."""
    frames = [_Frame(sheet, width) for width in (NARROW if narrow else WIDE)]
    annotations: list[dict[str, Any]] = []
    for note in _wanted(sheet, also):
        if len(annotations) == (NOTED_NARROW if narrow else NOTED):
            break
        spot = _spot(note, frames)
        if spot is None:
            continue
        for frame in frames:
            frame.take(note, spot)
        annotations.append(_annotation(note, spot))
    return annotations


def _wanted(sheet: Sheet, also: Sequence[Point]) -> list[Note]:
    """The most important first."""
    main, *others = sheet.lines
    notes, said = [], [*main.records, *also]
    for point in main.records[:1]:
        text = _("Record: %(n)s<br>%(window)s") % {"n": wording.count(point.persons), "window": record_names(main)}
        notes.append(Note(point=point, text=text, bold=True, needed=True))
    notes += [Note(point=point, text=_words(point), needed=True) for point in also if not point.record]
    if main.open_window:
        now = main.open_window
        said.append(now)
        notes.append(Note(point=now, text=f"{wording.count(now.persons)} (p)", bold=True, needed=True))
    open_windows = [line.open_window for line in others if line.open_window]
    notes += [Note(point=point, text=f"{wording.count(point.persons)} (p)") for point in open_windows]
    taken = [point.last_year for point in said]
    for point in () if len(sheet.axis.names) <= FEW else main.peaks:
        apart = all(abs(point.last_year - year) > YEARS_IN_WINDOW for year in taken)
        if apart and point.persons >= 0.25 * sheet.highest:
            taken.append(point.last_year)
            notes.append(Note(point=point, text=_words(point)))
    return notes


def _words(point: Point) -> str:
    return f"{wording.count(point.persons)}<br>{point.name}"


def _spot(note: Note, frames: Sequence[_Frame]) -> Spot | None:
    """The nearest spot that is free in every frame; what must be said may stand across a line."""
    for strictness in (STRICT, 1, 0) if note.needed else (STRICT,):
        for spot in SPOTS:
            if all(frame.has_room(note, spot, strictness) for frame in frames):
                return spot
    return None


def _annotation(note: Note, spot: Spot) -> dict[str, Any]:
    annotation = {
        "x": note.point.name,
        "y": note.point.persons,
        "text": note.text,
        "ax": spot.dx,
        "ay": spot.dy,
        "xanchor": spot.xanchor,
        "yanchor": spot.yanchor,
        "standoff": DOT,
        "bgcolor": theme.CLEAR,
    }
    return annotation | ({"font": theme.BOLD} if note.bold else {})
