"""The horizontal axis of charts of five-year windows.

It holds the windows' names, not years, so that a tooltip is headed "1992–96" and never "1996".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casualties.charts import wording
from casualties.charts.window_titles import Line, Point
from casualties.trends.windows import YEARS_IN_WINDOW

FEW = 16  # up to this many windows each has its point


@dataclass(frozen=True, kw_only=True)
class Axis:
    """The windows from the first to the last drawn one, without a hole."""

    first: int
    last: int

    @classmethod
    def over(cls, lines: Sequence[Line]) -> "Axis":
        ends = [point.last_year for line in lines for point in line.drawn]
        return cls(first=min(ends), last=max(ends))

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def names(self) -> list[str]:
        return [wording.years(year - YEARS_IN_WINDOW + 1, year) for year in self.years]

    def place(self, point: Point) -> int:
        """The serial number of a window on the axis."""
        return point.last_year - self.first

    def layout(self, *, wanted: int) -> dict[str, Any]:
        """At most about `wanted` names; the first and the last always stand there."""
        names, n = self.names, len(self.years)
        step = max(1, -(-(n - 1) // (wanted - 1)))
        at = list(range(0, n, step))
        if at[-1] != n - 1:
            if n - 1 - at[-1] < step and len(at) > 1:
                at.pop()
            at.append(n - 1)
        return {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": names,
            "range": [-0.7, n - 1 + max(0.7, n / 30)],
            "tickvals": [names[i] for i in at],
            "ticktext": [names[i] for i in at],
        }
