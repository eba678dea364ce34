"""What stands under a chart of yearly rates: years in part, deaths left out, years without a rate, and why."""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.charts.embed import sentences
from casualties.charts.yearly_rate_tables import Year, added, rated
from casualties.choices import Outcome
from casualties.frames import LEFT_OUT, MONTHS_COVERED, MONTHS_FILLED, NO_RATE, YEAR
from casualties.trends.rates import REASONS, NoRate
from casualties.trends.yearly_rates import MONTHS_IN_YEAR

NAMED = 8  # years with missing months that are named one by one


def notes(own: Sequence[Year], outcome: str) -> str:
    """All that is to be said of the rates of one cause, as sentences."""
    return sentences(_partial_words(own), _left_out_words(own, outcome), _no_rate_words(own), _grouped(outcome))


def runs(years: Sequence[int]) -> list[tuple[int, int]]:
    """First and last year of each run of years that follow each other."""
    if not years:
        return []
    breaks = [(before, after) for before, after in pairwise(years) if after != before + 1]
    firsts, lasts = [years[0], *(after for _, after in breaks)], [*(before for before, _ in breaks), years[-1]]
    return list(zip(firsts, lasts, strict=True))


def _partial_words(own: Sequence[Year]) -> str:
    """ "* Not the whole year has a strength figure: 2013 (6 months), 2018 (10 months)." """
    with_rate = rated(own)
    part = [row for row in with_rate if row[MONTHS_COVERED] < MONTHS_IN_YEAR]
    if not part:
        filled = ""
    else:
        named = [
            ngettext("%(year)s (%(n)s month)", "%(year)s (%(n)s months)", int(row[MONTHS_COVERED]))
            % {"year": int(row[YEAR]), "n": int(row[MONTHS_COVERED])}
            for row in part[:NAMED]
        ]
        more = len(part) - NAMED
        if more > 0:
            named.append(ngettext("%(n)s further year", "%(n)s further years", more) % {"n": more})
        filled = _("* Not the whole year has a strength figure: %(years)s.") % {"years": wording.listed(named)}
    n = added(with_rate, MONTHS_FILLED)
    if not n:
        return filled
    words = ngettext(
        "%(n)s mission-month is filled in, not reported.", "%(n)s mission-months are filled in, not reported.", n
    )
    return sentences(filled, words % {"n": wording.count(n)})


def _left_out_words(own: Sequence[Year], outcome: str) -> str:
    n = added(rated(own), LEFT_OUT)
    if not n:
        return ""
    if outcome == Outcome.FATALITY:
        said = ngettext(
            "%(n)s uniformed death in a month without a strength figure is left out of these years' rates.",
            "%(n)s uniformed deaths in months without a strength figure are left out of these years' rates.",
            n,
        )
    else:
        said = ngettext(
            "%(n)s injured uniformed person in a month without a strength figure is left out of these years' rates.",
            "%(n)s injured uniformed people in months without a strength figure are left out of these years' rates.",
            n,
        )
    return said % {"n": wording.count(n)}


def _no_rate_words(own: Sequence[Year]) -> str:
    """ "1978 to 1989 and 2019 to 2023: no rate: no uniformed person-years are recorded for these years." """
    said = []
    for reason in NoRate:
        years = [int(row[YEAR]) for row in own if row[NO_RATE] == reason.value]
        if reason is NoRate.NONE or not years:
            continue
        spans = [
            str(first) if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
            for first, last in runs(years)
        ]
        said.append(f"{wording.told(wording.listed(spans), _(REASONS[reason]))}.")
    return sentences(*said)


def _grouped(outcome: str) -> str:
    if outcome == Outcome.FATALITY:
        return _("Deaths that come in groups make the interval too narrow.")
    return _("Injuries that come in groups make the interval too narrow.")
