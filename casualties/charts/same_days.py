"""The open year up to a day beside the same days of earlier years, never beside whole years."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.charts import theme, wording
from casualties.charts.embed import Embed, Heading, Row, Table, cell
from casualties.charts.filling import filled
from casualties.charts.leading import Lead, lowest_and_highest, plain
from casualties.charts.year_bars import label_over, year_axis, year_cell
from casualties.choices import Outcome
from casualties.frames import PERSONS, YEAR


def same_days(
    frame: pd.DataFrame,
    *,
    id: str,  # noqa: A002
    through: date,
    scope: str,
    outcome: str = Outcome.FATALITY,
    caveat: str = "",
    csv_url: str = "",
    source: str = "",
    lead: Lead = plain,
) -> Embed:
    """The open year up to a day beside the same days of the years before, never beside whole years.

    `frame` is that of casualties.counts.same_days: year, persons, with or without cause (the causes must be
    those of one series: they are added). The latest year must be that of `through`.
    """
    totals: dict[Any, int] = frame.groupby(YEAR)[PERSONS].sum().sort_index().to_dict()
    if max(totals, default=None) != through.year:
        raise ValueError(f"same days up to {through} need a frame whose last year is {through.year}")
    pairs = [(int(year), int(persons)) for year, persons in totals.items()]
    day = wording.day_and_month(through)
    counted = wording.persons_of(wording.ALL_CAUSES, outcome)
    marker = {"color": [theme.token("rule-strong")] * (len(pairs) - 1) + [theme.token("all")]}
    bars = theme.bar(
        x=[year for year, persons in pairs],
        y=[persons for year, persons in pairs],
        marker=marker,
        hovertemplate="%{y}<extra></extra>",
    )
    highest = max(persons for year, persons in pairs)
    labels = [label_over(year, persons, open_year=through.year) for year, persons in pairs]
    layout = {
        "xaxis": year_axis([year for year, persons in pairs], step=1),
        "yaxis": theme.count_axis(highest),
        "annotations": labels,
    }
    return Embed(
        id=id,
        title=_title(pairs, through, outcome, plain),
        linked_title=_title(pairs, through, outcome, lead),
        subtitle=_("%(counted)s from 1 January to %(day)s of each year. %(scope)s.")
        % {"counted": wording.capitalised(counted), "day": day, "scope": wording.capitalised(scope)},
        figure=theme.figure([bars], layout),
        table=Table(
            headings=(Heading(text=_("Year, to %(day)s") % {"day": day}), Heading(text=wording.capitalised(counted))),
            rows=tuple(Row(cells=(year_cell(year, open_year=through.year), cell(persons))) for year, persons in pairs),
        ),
        description=_("Bars, one for each year, of %(counted)s up to %(day)s.") % {"counted": counted, "day": day},
        caveat=caveat,
        csv_url=csv_url,
        source=source,
        height=240,
    )


def _title(pairs: Sequence[tuple[int, int]], through: date, outcome: str, lead: Lead) -> str:
    """ "63 people died in 2023 up to 21 November, against 91 to 122 in the same days of the five years before." """
    before, now = [persons for year, persons in pairs[:-1]], pairs[-1][1]
    if outcome == Outcome.FATALITY:
        said = ngettext("%(n)s person died", "%(n)s people died", now)
    else:
        said = ngettext("%(n)s person was injured", "%(n)s people were injured", now)
    said = filled(said, {"n": lead(now, up_to=(through.year, through)) if now else _("No")})
    facts = {"said": said, "year": through.year, "day": wording.day_and_month(through)}
    if not before:
        return filled(_("%(said)s in %(year)s up to %(day)s"), facts)
    low, high = lowest_and_highest(dict(pairs[:-1]), lambda n, year: lead(n, up_to=(year, through)))
    facts |= {"n": wording.number_word(len(before)), "low": low, "high": high}
    if min(before) == max(before):
        said = _(
            "%(said)s in %(year)s up to %(day)s, against %(low)s in the same days of each of the %(n)s years before"
        )
    else:
        said = _(
            "%(said)s in %(year)s up to %(day)s, against %(low)s to %(high)s in the same days of the %(n)s years before"
        )
    return filled(said, facts)
