"""Years by cause of several series."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from casualties.charts import theme, wording
from casualties.charts.embed import Cell, Embed, Heading, KeyEntry, Panel, Row, Table, cell
from casualties.charts.side_by_side.series import Counted
from casualties.charts.year_bars import year_cell


def years_side_by_side(
    series: Sequence[Counted],
    causes: Sequence[str],
    *,
    cause: str,
    scope: str,
    outcome: str,
    open_year: int | None,
    csv_url: str,
    source: str,
) -> Embed:
    """A small chart of years by cause for each series, all on one vertical scale and, where they are not periods of
    their own, with one time axis."""
    highest = max((one.in_year(year) for one in series for year in one.years), default=0)
    common = any(one.line is not None for one in series)
    years = sorted({year for one in series for year in one.years})
    return Embed(
        id="years",
        title=_most_and_fewest(series, cause, outcome),
        subtitle=_("%(counted)s per calendar year by cause, one vertical scale for all. %(scope)s.")
        % {"counted": wording.noun(outcome), "scope": wording.capitalised(scope)},
        panels=tuple(
            _years_panel(one, causes, highest, years if common else list(one.years), open_year)
            for one in series
            if one.years
        ),
        key=tuple(KeyEntry(sign=cause, label=wording.cause_label(cause)) for cause in causes),
        key_label=_("Causes, in stacking order from the base"),
        table=_years_table(series, years, open_year, outcome),
        caveat=_("A place without a bar is a counted zero within the years of a series, and nothing outside them."),
        csv_url=csv_url,
        source=source,
    )


def _most_and_fewest(series: Sequence[Counted], cause: str, outcome: str) -> str:
    """ "Most deaths: MINUSMA, 311. Fewest: UNDOF, 57" in words that hold for equal ones too."""
    totals = {one.name: one.total for one in series}
    high, low = max(totals.values()), min(totals.values())
    counted = wording.persons_of(cause, outcome)
    if high == low:
        facts = {"n": wording.count(high), "counted": wording.persons_of(cause, outcome, high)}
        return _("%(n)s %(counted)s in each") % facts
    facts = {
        "counted": wording.capitalised(counted),
        "most": wording.listed([name for name, n in totals.items() if n == high]),
        "high": wording.count(high),
        "fewest": wording.listed([name for name, n in totals.items() if n == low]),
        "low": wording.count(low),
    }
    return _("%(counted)s: most in %(most)s, with %(high)s; fewest in %(fewest)s, with %(low)s") % facts


def _years_panel(
    one: Counted, causes: Sequence[str], highest: int, years: Sequence[int], open_year: int | None
) -> Panel:
    bars = [
        theme.bar(
            name=wording.cause_label(cause),
            x=list(one.years),
            y=[one.in_year(year, cause) for year in one.years],
            marker=theme.bar_marker(cause),
            hovertemplate="%{y}",
        )
        for cause in causes
    ]
    span = wording.years(one.years[0], one.years[-1])
    mark = " (p)" if one.years[-1] == open_year else ""
    note = f"{span}{mark}: {wording.count(one.total)}."
    ticks = [years[0], years[len(years) // 2], years[-1]] if len(years) > 2 else list(years)
    layout = {
        "barmode": "stack",
        "margin": {"t": 12, "b": 22, "l": 30, "r": 14},
        "yaxis": theme.count_axis(highest),
        "xaxis": {"range": [years[0] - 0.6, years[-1] + 0.6], "tickvals": ticks, "ticktext": [str(y) for y in ticks]},
    }
    return Panel(
        id=f"years-{one.key}",
        sign="all",
        heading=one.name,
        note=note,
        description=_("Bars per year by cause, %(name)s. %(note)s") % {"name": one.name, "note": note},
        figure=theme.figure(bars, layout),
    )


def _years_table(series: Sequence[Counted], years: Sequence[int], open_year: int | None, outcome: str) -> Table:
    """A row per year; a series has a figure in the years that are its own."""
    rows = []
    for year in years:
        cells = [cell(one.in_year(year) if year in one.years else None) for one in series]
        rows.append(Row(cells=(year_cell(year, open_year=open_year), *cells)))
    sums = (Cell(text=wording.noun(outcome)), *(cell(one.total) for one in series))
    rows.append(Row(cells=sums, total=True))
    return Table(headings=(Heading(text=_("Year")), *(Heading(text=one.name) for one in series)), rows=tuple(rows))
