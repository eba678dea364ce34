"""The sentence over the bars of the years: what they show, exactly, and without the open year.

The open year never stands beside whole years, so a comparison speaks of closed years only and names them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.charts.filling import filled
from casualties.charts.leading import Lead, lowest_and_highest, plain
from casualties.choices import Cause, Outcome

RECENT = 20  # a long series is told by its last closed years
LONG = 25
NAMED_TIES = 3
VERDICTLESS = (Cause.TO_BE_DETERMINED.value, Cause.UNKNOWN.value)  # no "largest cause": the cause is not known

CountsByCause = Mapping[str, Mapping[int, int | None]]
"""The counted causes, each with its persons by year, every year of a series; None where that is not available."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A year of a series and its persons of all causes; None where that is not available."""

    year: int
    persons: int | None


def year_title(
    counts: CountsByCause, known: Sequence[Counted], *, provisional: bool, outcome: str, lead: Lead = plain
) -> str:
    """The title of stacked bars. `known` are the years of `counts` and the sums of all causes."""
    closed = list(known[:-1] if provisional else known)
    recorded = [item for item in known if item.persons]
    if any(item.persons is None for item in closed):
        with_figures = [item for item in closed if item.persons is not None]
        if not any(item.persons for item in with_figures):
            return _("No figures are available for every year from %(first)s to %(last)s") % _ends(known)
        among = _("Of the years with figures, ")
        return _peak_title(with_figures, outcome, cause=wording.ALL_CAUSES, among=among, lead=lead)
    if not recorded:
        return _nothing(known, provisional=provisional, outcome=outcome)
    if not any(item.persons for item in closed):
        return _only_open(known[-1], outcome, lead)
    if sum(item.persons or 0 for item in closed) == 1:
        return _just_one(closed, outcome, lead)
    nonzero = [cause for cause, persons in counts.items() if any(persons.values())]
    if len(nonzero) == 1:
        return _peak_title(closed, outcome, cause=nonzero[0], lead=lead)
    if len(counts) < len(Cause.values):
        # Which cause leads can be said of all alone.
        return _peak_title(closed, outcome, cause=wording.ALL_CAUSES, lead=lead)
    if len(closed) > LONG:
        return _recent_title(counts, closed, outcome, lead)
    return _leader_title(counts, closed, outcome) or _peak_title(closed, outcome, cause=wording.ALL_CAUSES, lead=lead)


def _ends(items: Sequence[Counted]) -> dict[str, int]:
    return {"first": items[0].year, "last": items[-1].year}


def _nothing(known: Sequence[Counted], *, provisional: bool, outcome: str) -> str:
    facts = {**_ends(known), "counted": wording.persons_of(wording.ALL_CAUSES, outcome)}
    if len(known) == 1:
        if provisional:
            return _("No %(counted)s are recorded in %(last)s so far (provisional)") % facts
        return _("No %(counted)s are recorded in %(last)s") % facts
    if provisional:
        return _("No %(counted)s are recorded from %(first)s to %(last)s, the last year provisional") % facts
    return _("No %(counted)s are recorded from %(first)s to %(last)s") % facts


def _only_open(item: Counted, outcome: str, lead: Lead) -> str:
    """Everything in the open year: a count without any comparison."""
    n = item.persons or 0
    word = wording.capitalised(wording.number_word(n))
    facts = {"n": lead(n, text=word, years=(item.year, item.year)), "year": item.year}
    if outcome == Outcome.FATALITY:
        said = ngettext(
            "%(n)s death is recorded, in %(year)s (provisional)",
            "%(n)s deaths are recorded, all in %(year)s (provisional)",
            n,
        )
    else:
        said = ngettext(
            "%(n)s injury is recorded, in %(year)s (provisional)",
            "%(n)s injuries are recorded, all in %(year)s (provisional)",
            n,
        )
    return filled(said, facts)


def _just_one(closed: Sequence[Counted], outcome: str, lead: Lead) -> str:
    year = next(item.year for item in closed if item.persons)
    one = _("One death is recorded") if outcome == Outcome.FATALITY else _("One injury is recorded")
    led = lead(1, text=str(year), years=(year, year))
    if len(closed) == 1:
        return filled(_("%(one)s in %(year)s"), {"one": one, "year": led})
    return filled(_("%(one)s from %(first)s to %(last)s, in %(year)s"), {"one": one, "year": led, **_ends(closed)})


def _peak_title(closed: Sequence[Counted], outcome: str, *, cause: str, among: str = "", lead: Lead = plain) -> str:
    """ "Deaths were highest in 2014, with 39"; equal years are all named, or counted where they are many."""
    highest = max(item.persons or 0 for item in closed)
    top = [item.year for item in closed if item.persons == highest]
    counted = wording.persons_of(cause, outcome)
    facts: dict[str, Any] = {
        "counted": counted if among else wording.capitalised(counted),
        "n": lead(highest, cause=cause, years=(top[0], top[0])),
        "among": among,
    }
    with_any = [item for item in closed if item.persons]
    if len(with_any) == 1:
        facts |= {**_ends(closed), "year": top[0], "lower": counted}
        if len(closed) == 1:
            return filled(_("%(among)s%(n)s %(lower)s are recorded in %(year)s"), facts)
        return filled(_("%(among)sAll %(n)s %(lower)s from %(first)s to %(last)s were in %(year)s"), facts)
    if len(top) == 1:
        said = _("%(among)s%(counted)s were highest in %(year)s, with %(n)s")
        return filled(said, {**facts, "year": top[0]})
    if len(top) <= NAMED_TIES:
        others = [lead(highest, text=str(year), cause=cause, years=(year, year)) for year in top[1:]]
        said = _("%(among)s%(counted)s were highest in %(years)s, with %(n)s each")
        return filled(said, {**facts, "years": wording.listed([str(top[0]), *others])})
    facts["many"] = wording.number_word(len(top))
    return filled(_("%(among)s%(counted)s were highest in %(many)s years, with %(n)s each"), facts)


def _recent_title(counts: CountsByCause, closed: Sequence[Counted], outcome: str, lead: Lead) -> str:
    """A long series: the range of its last twenty closed years, and the cause that leads in them."""
    recent = list(closed[-RECENT:])
    low, high = (f(item.persons or 0 for item in recent) for f in (min, max))
    if high == 0:
        peak = _peak_title(closed, outcome, cause=wording.ALL_CAUSES, lead=lead)
        facts = {
            **_ends(recent),
            "counted": wording.persons_of(wording.ALL_CAUSES, outcome),
            "peak": wording.inside(peak),
        }
        return filled(_("From %(first)s to %(last)s no %(counted)s are recorded; %(peak)s"), facts)
    by_year = {item.year: item.persons or 0 for item in recent}
    fewest, most = lowest_and_highest(by_year, lambda n, year: lead(n, years=(year, year)))
    facts = {**_ends(recent), "low": fewest, "high": most}
    if outcome == Outcome.FATALITY:
        few = _("From %(first)s to %(last)s at most %(high)s person died each year")
        some = _("From %(first)s to %(last)s between %(low)s and %(high)s people died each year")
        same = ngettext(
            "From %(first)s to %(last)s %(low)s person died each year",
            "From %(first)s to %(last)s %(low)s people died each year",
            low,
        )
    else:
        few = _("From %(first)s to %(last)s at most %(high)s person was injured each year")
        some = _("From %(first)s to %(last)s between %(low)s and %(high)s people were injured each year")
        same = ngettext(
            "From %(first)s to %(last)s %(low)s person was injured each year",
            "From %(first)s to %(last)s %(low)s people were injured each year",
            low,
        )
    said = filled(same if low == high else few if high == 1 else some, facts)
    leader = _leader(counts, recent)
    if leader is None:
        return said
    cause, n, of = leader
    if of < len(recent):
        return said  # years without deaths have no largest cause; two bases in one sentence mislead
    facts = {"said": said, "subject": wording.inside(wording.subject(cause)), "n": n, "of": of}
    if n == of:
        return filled(_("%(said)s; %(subject)s the largest single cause in each of them"), facts)
    return filled(_("%(said)s; %(subject)s the largest single cause in %(n)s of those %(of)s years"), facts)


def _leader_title(counts: CountsByCause, closed: Sequence[Counted], outcome: str) -> str:
    """ "Malicious acts were the largest single cause in nine of the ten years 2013 to 2022", or nothing.

    With few people in all, which cause leads says more about chance than about the mission.
    """
    leader = _leader(counts, closed)
    if leader is None or len(closed) < 2 or sum(item.persons or 0 for item in closed) < wording.SMALLEST_BASE:
        return ""
    cause, n, of = leader
    in_words = max(n, of) <= 10
    facts = {"subject": wording.subject(cause), **_ends(closed)}
    facts |= {
        "n": wording.number_word(n) if in_words else str(n),
        "of": wording.number_word(of) if in_words else str(of),
    }
    if of < len(closed):
        facts |= {"counted": wording.persons_of(wording.ALL_CAUSES, outcome), **_ends(closed)}
        if n == of:
            said = _("%(subject)s the largest single cause in each year with %(counted)s, %(first)s to %(last)s")
        else:
            said = _(
                "%(subject)s the largest single cause in %(n)s of the %(of)s years with %(counted)s, "
                "%(first)s to %(last)s"
            )
        return said % facts
    if n == of:
        return _("%(subject)s the largest single cause in every year from %(first)s to %(last)s") % facts
    return _("%(subject)s the largest single cause in %(n)s of the %(of)s years %(first)s to %(last)s") % facts


def _leader(counts: CountsByCause, closed: Sequence[Counted]) -> tuple[str, int, int] | None:
    """(cause, years in which it is above every other, years with persons), or None.

    None where no cause leads in at least half of those years, where two lead in equally many, or where the leader is
    one of the two open causes.
    """
    years = [item.year for item in closed if item.persons]
    years_of = dict.fromkeys(counts, 0)
    for year in years:
        highest = max(of_year[year] or 0 for of_year in counts.values())
        top = [cause for cause, of_year in counts.items() if of_year[year] == highest]
        if len(top) == 1:
            years_of[top[0]] += 1
    cause, n = max(years_of.items(), key=lambda pair: pair[1])
    alone = list(years_of.values()).count(n) == 1
    if not alone or 2 * n < len(years) or cause in VERDICTLESS or n < 2:
        return None
    return cause, n, len(years)
