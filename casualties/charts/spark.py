"""Small drawings for table rows, as SVG: bars over the years, and single bars. Classes of app.css, no inline style.

They are drawn from numbers that stand in the same row, so they are hidden from screen readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from casualties.charts import wording

BASELINE = 1.0  # height of the base line in the drawing


@dataclass(frozen=True, kw_only=True)
class Spark:
    """A drawing of one row and its peak in words ("1986: 24"), since each drawing has its own height."""

    svg: str
    peak: str


def spark(
    malicious: Mapping[int, int | None],
    rest: Mapping[int, int | None],
    *,
    first_year: int,
    last_year: int,
    width: int = 228,
    height: int = 26,
) -> Spark:
    """Bars of deaths per year, malicious acts at the base and all other causes above, on a common time axis.

    Years without an entry were counted as zero or lie outside the series: neither has a bar. A year whose number is
    None is not available and has none either. Raises ValueError for years outside the axis.
    """
    outside = [year for year in {*malicious, *rest} if not first_year <= year <= last_year]
    if outside:
        raise ValueError(f"the year {outside[0]} lies outside the axis {first_year} to {last_year}")
    totals = {
        year: (malicious.get(year, 0) or 0) + (rest.get(year, 0) or 0)
        for year in sorted({*malicious, *rest})
        if malicious.get(year, 0) is not None and rest.get(year, 0) is not None
    }
    highest = max(totals.values(), default=0)
    slot = width / (last_year - first_year + 1)
    room = height - BASELINE
    parts = [f'<path class="c-base" d="M0 {height - 0.5:g}H{width}"/>']
    for year, total in totals.items():
        if not total:
            continue
        x, bar = (year - first_year) * slot, max(slot * 0.8, 0.8)
        base = room * (malicious.get(year) or 0) / highest
        above = room * total / highest - base
        if above:
            parts.append(_rect("c-rest", x, room - base - above, bar, above))
        if base:
            parts.append(_rect("c-malicious", x, room - base, bar, base))
    return Spark(svg=_svg("".join(parts), width, height), peak=_peak(totals, highest))


def bar(value: object, highest: object, *, width: int = 120, height: int = 9) -> str:
    """One grey bar on the scale of the longest; nothing for a missing number, an empty drawing for zero."""
    number, most = wording.whole(value), wording.whole(highest)
    if number is None or most is None:
        return ""
    if not 0 <= number <= most:
        raise ValueError(f"a bar of {number} does not fit a scale of {most}")
    length = width * number / most if most else 0
    inner = _rect("c-all", 0, 0, length, height) if length else ""
    return _svg(inner, width, height, stretch=True)


def _rect(css: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="{css}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _svg(inner: str, width: int, height: int, *, stretch: bool = False) -> str:
    aspect = ' preserveAspectRatio="none"' if stretch else ""
    return (
        f'<svg class="spark" width="{width}" height="{height}" viewBox="0 0 {width} {height}"{aspect}'
        f' aria-hidden="true" focusable="false">{inner}</svg>'
    )


def _peak(totals: Mapping[int, int], highest: int) -> str:
    if not totals:
        return wording.NOT_AVAILABLE
    if not highest:
        return "0"
    top = [year for year, total in totals.items() if total == highest]
    named = ", ".join(str(year) for year in top[:2])
    return wording.told(f"{named}{' …' if len(top) > 2 else ''}", wording.count(highest))
