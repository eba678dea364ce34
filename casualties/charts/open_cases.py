"""Deaths whose cause is still to be determined, by how long they have waited; and which have waited longest.

Their age is that on the day of the release, never that of the clock: nobody knows what was settled since.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Embed, Heading, Row, Table, cell, sentences, words
from casualties.charts.filling import filled, joined
from casualties.charts.leading import Lead, plain
from casualties.choices import Cause

# Full years since the incident: from the first (included) to the second (not included).
AGES = ((0, 1), (1, 2), (2, 5), (5, 10), (10, None))
LONG = 10


def open_cases(
    counts: Sequence[int],
    total: int,
    *,
    id: str,  # noqa: A002 - the HTML attribute has this name
    on: date,
    scope: str,
    caveat: str = "",
    csv_url: str = "",
    source: str = "",
    lead: Lead = plain,
    lead_longest: Lead = plain,
) -> Embed:
    """Bars of open cases by age on the day of the release. `lead_longest` writes those of the last age.

    `counts` are the people of each age of AGES; what `total` has more is of incidents whose day is not known, and which
    lie across two ages. Raises ValueError where the ages have more than the total.
    """
    if sum(counts) > total:
        raise ValueError(f"the ages have {sum(counts)} cases, which is more than the {total} that there are")
    long, rows = counts[-1], list(zip((age_label(*age) for age in AGES), counts, strict=True))
    if sum(counts) < total:
        rows.append((between_ages(), total - sum(counts)))
    day = f"{wording.day_and_month(on)} {on.year}"
    return Embed(
        id=id,
        title=_title(total, long),
        linked_title=_title(total, long, lead, lead_longest),
        subtitle=_("Deaths with a cause to be determined, by time since the incident, on %(day)s. %(scope)s.")
        % {"day": day, "scope": wording.capitalised(scope)},
        figure=_bars(rows) if total else None,
        table=Table(
            headings=(Heading(text=_("Time since the incident"), number=False), Heading(text=_("Open cases"))),
            rows=(
                *(Row(cells=(words(label), cell(n))) for label, n in rows),
                Row(cells=(words(_("All open cases")), cell(total)), total=True),
            ),
        ),
        description=_("Bars of open cases by age. %(title)s.") % {"title": _title(total, long)},
        caveat=sentences(
            _("Unknown is a finding and not in this list; to be determined is a task."),
            _("Between two ages: only the month or the year of the incident is known.") if sum(counts) < total else "",
            caveat,
        ),
        csv_url=csv_url,
        source=source,
        height=240,
    )


def between_ages() -> str:
    """What the cases are called of which so little of the day is known that they may be of two ages."""
    return _("Between two ages")


def full_years(since: date, on: date) -> int:
    """Whole years from one day to another, as of a person's age; ValueError where the first is the later one."""
    if since > on:
        raise ValueError(f"{since} lies after {on}")
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def age_label(first: int, before: int | None) -> str:
    """An age of AGES in words: "2 to 5 years"."""
    if before is None:
        return _("%(years)s years or more") % {"years": first}
    if first == 0:
        return _("Under 1 year")
    return _("%(first)s to %(before)s years") % {"first": first, "before": before}


def _title(total: int, long: int, lead: Lead = plain, lead_longest: Lead = plain) -> str:
    """ "144 deaths still wait for a cause; 49 have waited ten years or more"."""
    if not total:
        return _("No death waits for a cause")
    facts = {"n": lead(total), "long": lead_longest(long), "years": wording.number_word(LONG)}
    said = filled(ngettext("%(n)s death still waits for a cause", "%(n)s deaths still wait for a cause", total), facts)
    if not long:
        return said
    if long == total:
        return filled(_("%(said)s, all for %(years)s years or more"), {**facts, "said": said})
    has = ngettext("%(long)s has waited %(years)s years or more", "%(long)s have waited %(years)s years or more", long)
    return joined(said, filled(has, facts), separator=_("; "))


def _bars(rows: Sequence[tuple[str, int]]) -> go.Figure:
    """Lying bars in the pattern of the open cause, the youngest cases on top."""
    labels, counts = zip(*rows, strict=True)
    bars = theme.bar(
        orientation="h",
        x=list(counts),
        y=list(labels),
        marker=theme.bar_marker(Cause.TO_BE_DETERMINED.value),
        text=[wording.count(n) for n in counts],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x}<extra></extra>",
    )
    layout = {
        "hovermode": "closest",
        "bargap": 0.38,
        "xaxis": {"visible": False, "range": [0, max(counts) * 1.18]},
        "yaxis": {
            "showgrid": False,
            "zeroline": False,
            "type": "category",
            "categoryarray": list(labels),
            "autorange": "reversed",
            "ticksuffix": "\u00a0\u00a0",
        },
        "margin": {"t": 4, "b": 4},
    }
    return theme.figure([bars], layout)
