"""What charts of bars per year have in common: their axis, the number over a bar, the first cell of a table's row."""

from collections.abc import Sequence
from typing import Any

from casualties.charts import theme, wording
from casualties.charts.embed import Cell

LABELLED = 16  # up to this many years every bar carries its number


def tick_step(n: int) -> int:
    """Years between two ticks of a series of `n` years."""
    return 1 if n <= LABELLED else 5 if n <= 40 else 10


def year_axis(years: Sequence[int], *, step: int) -> dict[str, Any]:
    """Ticks stand only at years of the series: no year after the last covered one is ever written."""
    at = [year for year in years if step == 1 or year % step == 0] or [years[0]]
    pad = max(0.0, (6 - len(years)) / 2)  # a series of few years does not become a wall
    return {"range": [years[0] - 0.6 - pad, years[-1] + 0.6 + pad], "tickvals": at, "ticktext": [str(y) for y in at]}


def label_over(year: int, persons: int | None, *, open_year: int | None) -> dict[str, Any]:
    """The number over a bar; an open year carries its p."""
    text = wording.count(persons)
    return {
        "x": year,
        "y": persons or 0,
        "text": f"{text} p" if year == open_year and persons is not None else text,
        "showarrow": False,
        "yshift": 9,
        "bgcolor": theme.CLEAR,
    }


def year_cell(year: int, *, open_year: int | None) -> Cell:
    """A year as the first cell of a row; an open one carries its p."""
    return Cell(text=str(year), mark="p" if year == open_year else "")
