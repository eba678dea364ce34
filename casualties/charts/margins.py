"""The room that the labels of a vertical axis need, reckoned here.

plotly.js can measure it (`automargin`), but only in the browser and by drawing every chart twice: a quarter of a second
in which a page does not answer its reader.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from casualties.charts import wording

GAP = 8  # pixels between the edge of the figure, a label and the axis together
# Pixels of characters in Arial or Helvetica of 12.5 pixels, and a little more.
WIDTHS = {**dict.fromkeys(" .,:;'|!()[]-ijlfrtI’\u202f\xa0", 4.2), **dict.fromkeys("mwMW%–—", 11.2)}
CAPITAL, OTHER = 8.8, 7.0


def left_margin(axis: Mapping[str, Any], at_least: int) -> int:
    """Pixels left of a plot with this vertical axis: enough for its longest label, `at_least` those that are asked."""
    return max(at_least, *(round(width(label)) + GAP for label in _labels(axis)), 0)


def width(text: str) -> float:
    """About how many pixels a text takes."""
    return sum(WIDTHS.get(sign, CAPITAL if sign.isupper() else OTHER) for sign in text)


def _labels(axis: Mapping[str, Any]) -> Iterable[str]:
    """The labels that may stand at an axis: its categories, else the number at the upper end of its range."""
    if axis.get("visible") is False or axis.get("showticklabels") is False:
        return []
    suffix = axis.get("ticksuffix", "")
    if "categoryarray" in axis:
        return [f"{name}{suffix}" for name in axis["categoryarray"]]
    highest = max(axis.get("range", (0, 0)))
    return [f"{wording.count(int(highest))}{suffix}"] if highest >= 1 else []
