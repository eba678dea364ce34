"""Where a label may stand: on no mark and on no other label, at every width that a chart is drawn for.

plotly.js moves no label out of the way. So the boxes of labels are reckoned here, in pixels, from the widths of their
characters (margins.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casualties.charts.margins import width

LINE = 16.5  # pixels from one line of a label to the next
CLEARANCE = 2  # pixels kept free around a label
BOLDER = 1.08  # a bold text is wider

Pixel = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels; y runs downwards, as on a screen."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether both share some of the screen."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, other: "Box") -> bool:
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom

    def crossed_by(self, start: Pixel, end: Pixel) -> bool:
        """Whether the straight line between two points runs through the box (Liang and Barsky's clipping)."""
        (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
        enters, leaves = 0.0, 1.0
        sides = ((-dx, x - self.left), (dx, self.right - x), (-dy, y - self.top), (dy, self.bottom - y))
        for along, room in sides:
            if along == 0:
                if room < 0:
                    return False
                continue
            at = room / along
            enters, leaves = (max(enters, at), leaves) if along < 0 else (enters, min(leaves, at))
        return enters <= leaves


@dataclass(frozen=True)
class Spot:
    """Where a label stands beside its point: how far away in pixels, and which of its edges is turned to the point."""

    dx: float
    dy: float
    xanchor: str
    yanchor: str

    def box(self, text: str, at: Pixel, *, bold: bool = False) -> Box:
        """What a label of this text covers beside the point `at`, with some clearance."""
        lines = text.split("<br>")
        wide = max(width(line) for line in lines) * (BOLDER if bold else 1) + 2 * CLEARANCE
        high = len(lines) * LINE + 2 * CLEARANCE
        left = at[0] + self.dx - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[self.xanchor]
        top = at[1] + self.dy - high * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[self.yanchor]
        return Box(left, top, left + wide, top + high)


def around(near: float) -> tuple[Spot, ...]:
    """Eight spots at some distance from a point, those to the right and above first."""
    slant = near * 0.7
    return (
        Spot(near, 0, "left", "middle"),
        Spot(slant, -slant, "left", "bottom"),
        Spot(0, -near, "center", "bottom"),
        Spot(-slant, -slant, "right", "bottom"),
        Spot(-near, 0, "right", "middle"),
        Spot(slant, slant, "left", "top"),
        Spot(-slant, slant, "right", "top"),
        Spot(0, near, "center", "top"),
    )


def free(box: Box, *, inside: Box, taken: Iterable[Box], lines: Iterable[Sequence[Pixel]] = ()) -> bool:
    """Whether a label's box lies in the figure, on no box that is taken and on none of the lines."""
    if not box.within(inside) or any(box.meets(other) for other in taken):
        return False
    return not any(box.crossed_by(a, b) for line in lines for a, b in pairwise(line))
