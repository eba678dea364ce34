"""What is set side by side, and the rows of charts that have one for each of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap
from typing import Any

import pandas as pd

from casualties.charts.margins import left_margin
from casualties.charts.window_titles import Line
from casualties.frames import CAUSE, PERSONS, YEAR

ROW = 46  # pixels of one row of shares or rates
HEIGHTS = (240, 300, 340, 380)  # those that app.css has
SHORT = 20  # characters of a line of a name on small screens


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A series: `counts` is year, cause, persons; `years` those of the series, zero where no row is; `line` its
    windows, None where it has none of its own."""

    key: str
    name: str
    counts: pd.DataFrame
    years: range
    line: Line | None = None

    @property
    def total(self) -> int:
        return self._persons.total()

    def of(self, cause: str) -> int:
        return sum(n for (_year, of), n in self._persons.items() if of == cause)

    def in_year(self, year: int, cause: str = "") -> int:
        return sum(self._persons[year, of] for of in ([cause] if cause else self._causes))

    @cached_property
    def _persons(self) -> Counter[tuple[int, str]]:
        """Persons by year and cause: a chart asks for each year of each series, which a frame answers slowly."""
        persons: Counter[tuple[int, str]] = Counter()
        for year, cause, n in zip(self.counts[YEAR], self.counts[CAUSE], self.counts[PERSONS], strict=True):
            persons[int(year), str(cause)] += int(n)
        return persons

    @cached_property
    def _causes(self) -> set[str]:
        return {cause for _year, cause in self._persons}


def height_of(rows: int) -> int:
    """The height of a chart of so many rows."""
    return next((height for height in HEIGHTS if height >= rows * ROW + 50), HEIGHTS[-1])


def names_axis(names: Sequence[str]) -> dict[str, Any]:
    """The axis of a chart of rows: the first of the names on top."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(reversed(names)),
        "range": [-0.6, len(names) - 0.4],
        "tickmode": "linear",
        "dtick": 1,
        "ticksuffix": "\u00a0\u00a0",
        "showgrid": False,
        "zeroline": False,
    }


def narrow_names(names: Sequence[str]) -> dict[str, Any]:
    """What changes of such a chart on small screens: long names in several lines, which leave room for the rows."""
    lines = [wrap(name, SHORT, break_long_words=False) or [""] for name in names]
    margin = left_margin(names_axis([line for name in lines for line in name]), 0)
    text = ["<br>".join(f"{line}  " for line in name) for name in lines]
    axis = {"tickmode": "array", "tickvals": list(names), "ticktext": text}
    return {"margin": {"l": margin}, "xaxis": {"nticks": 4}, "yaxis": axis}
