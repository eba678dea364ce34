"""The sentences over the pages, computed from the figures they say. Nothing here counts.

`lead` writes the numbers of people; a page gives one that makes them links (casualties.views.leads). What a sentence
says of several years or windows at once (fewer than, between) has a link to each side.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from casualties.charts import wording
from casualties.charts.filling import filled, joined
from casualties.charts.leading import Lead, plain
from casualties.charts.window_titles import Line, Point
from casualties.choices import Cause, Outcome, Scope
from casualties.filters import Selection

NAMED_TIES = 2


def all_time(total: int, scope: str, first_year: int, lead: Lead = plain) -> str:
    """ "4,344 people have died serving in UN peace operations since 1948." """
    if total == 0:
        return _("No death is recorded under this scope.")
    who = {
        Scope.UNIFORMED: ngettext("uniformed person has died", "uniformed people have died", total),
        Scope.UNIFORMED_PKO: ngettext("uniformed person has died", "uniformed people have died", total),
    }.get(Scope(scope), ngettext("person has died", "people have died", total))
    where = _("UN peacekeeping operations") if scope in {Scope.PKO, Scope.UNIFORMED_PKO} else _("UN peace operations")
    facts = {"n": lead(total), "who": who, "where": where, "year": first_year}
    return filled(_("%(n)s %(who)s serving in %(where)s since %(year)s."), facts)


def windows(line: Line, *, outcome: str = Outcome.FATALITY, lead: Lead = plain, again: bool = False) -> str:
    """The last closed window with its rank and the record, then the open one. An open window is not compared.

    `again`: of all causes, behind the same of one of them, whose windows are these.

    "In 2018–22, the last closed window, 127 people were killed by malicious acts: rank 17 of 71, and 132 fewer than in
    the record window, 1992–96. 2019–23, still open, has 107 so far."
    """
    said = []
    if line.closed:
        last = line.closed[-1]
        what = happened(line.cause, last.persons, outcome, years=last.years, lead=lead)
        facts = {"window": last.name, "what": what, "rank": _rank_and_record(line, lead)}
        text = (
            _("In %(window)s, %(what)s, all causes together%(rank)s.")
            if again
            else _("In %(window)s, the last closed window, %(what)s%(rank)s.")
        )
        said.append(filled(text, facts))
    if line.open_window:
        now = line.open_window
        facts = {"window": now.name, "n": lead(now.persons, cause=line.cause, years=now.years)}
        text = _("%(window)s has %(n)s so far.") if again else _("%(window)s, still open, has %(n)s so far.")
        said.append(filled(text, facts))
    return joined(*said)


def happened(
    cause: str,
    n: int,
    outcome: str = Outcome.FATALITY,
    *,
    years: tuple[int, int] | None = None,
    up_to: tuple[int, date] | None = None,
    lead: Lead = plain,
) -> str:
    """ "127 people were killed by malicious acts", as it stands inside a sentence; "" is all causes."""
    number = lead(n, cause=cause, years=years, up_to=up_to)
    if outcome != Outcome.FATALITY:
        facts = {"n": number if n else _("no"), "counted": wording.persons_of(cause, outcome, n)}
        return filled(ngettext("%(n)s %(counted)s was recorded", "%(n)s %(counted)s were recorded", n), facts)
    said = {
        Cause.MALICIOUS_ACT: ngettext(
            "%(n)s person was killed by malicious acts", "%(n)s people were killed by malicious acts", n
        ),
        Cause.ACCIDENT: ngettext("%(n)s person died in accidents", "%(n)s people died in accidents", n),
        Cause.ILLNESS: ngettext("%(n)s person died of illness", "%(n)s people died of illness", n),
        Cause.SELF_INFLICTED: ngettext("%(n)s death was self-inflicted", "%(n)s deaths were self-inflicted", n),
        Cause.TO_BE_DETERMINED: ngettext(
            "%(n)s death has a cause still to be determined", "%(n)s deaths have a cause still to be determined", n
        ),
        Cause.UNKNOWN: ngettext("%(n)s death has an unknown cause", "%(n)s deaths have an unknown cause", n),
    }
    nobody = {
        Cause.MALICIOUS_ACT: _("no one was killed by malicious acts"),
        Cause.ACCIDENT: _("no one died in accidents"),
        Cause.ILLNESS: _("no one died of illness"),
        Cause.SELF_INFLICTED: _("no death was self-inflicted"),
        Cause.TO_BE_DETERMINED: _("no death has a cause still to be determined"),
        Cause.UNKNOWN: _("no death has an unknown cause"),
    }
    if cause == wording.ALL_CAUSES:
        return filled(ngettext("%(n)s person died", "%(n)s people died", n), {"n": number}) if n else _("no one died")
    return filled(said[Cause(cause)], {"n": number}) if n else nobody[Cause(cause)]


def mission(
    total: int,
    malicious: int,
    *,
    acronym: str,
    years: range,
    until: date | None,
    still_open: bool,
    lead: Lead = plain,
) -> str:
    """ "311 people died serving in MINUSMA from 2013 to 21 November 2023, 174 of them by malicious acts."

    `until` is the last day that the figures cover where the mission's last year is the open one.
    """
    facts: dict[str, object] = {"acronym": acronym, "n": lead(total)}
    if still_open:
        facts["span"] = _("since %(year)s") % {"year": years[0]}
    elif len(years) == 1:
        facts["span"] = _("in %(year)s") % {"year": years[0]}
    elif until and until.year == years[-1]:
        ends = {"first": years[0], "last": wording.dated(until, "j F Y")}
        facts["span"] = pgettext("to a day", "from %(first)s to %(last)s") % ends
    else:
        facts["span"] = _("from %(first)s to %(last)s") % {"first": years[0], "last": years[-1]}
    if total == 0:
        return _("No death is recorded in %(acronym)s %(span)s.") % facts
    if still_open:
        facts["died"] = filled(ngettext("%(n)s person has died", "%(n)s people have died", total), facts)
    else:
        facts["died"] = filled(ngettext("%(n)s person died", "%(n)s people died", total), facts)
    facts["malicious"] = lead(malicious, cause=Cause.MALICIOUS_ACT.value) if malicious else _("none")
    if malicious == 1 == total:
        return filled(_("%(died)s serving in %(acronym)s %(span)s, by a malicious act."), facts)
    return filled(_("%(died)s serving in %(acronym)s %(span)s, %(malicious)s of them by malicious acts."), facts)


def selected(subject: str, n: int, *, acronym: str, when: str) -> str:
    """ "95 people killed by malicious acts in MINUSMA from 2013 to 2017 are in this selection."

    Subject: filters.people(); `when`: period().
    """
    said = ngettext(
        "%(subject)s in %(acronym)s%(when)s is in this selection.",
        "%(subject)s in %(acronym)s%(when)s are in this selection.",
        n,
    )
    return filled(said, {"subject": subject, "acronym": acronym, "when": when})


def selected_of(subject: str, n: int, *, name: str, when: str) -> str:
    """ "12 people who died in accidents with the nationality Chad since 2013 are in this selection."

    Subject: filters.people(); `when`: period().
    """
    said = ngettext(
        "%(subject)s with the nationality %(name)s%(when)s is in this selection.",
        "%(subject)s with the nationality %(name)s%(when)s are in this selection.",
        n,
    )
    return filled(said, {"subject": subject, "name": name, "when": when})


def period(selection: Selection) -> str:
    """ " from 2013 to 2017", " on 20 January 2019": the chosen years or days, behind what they are said of."""
    first, last = selection.days
    if selection.by_day:
        start, end = (wording.dated(day, "j F Y") if day else "" for day in (first, last))
        if start and start == end:
            return _(" on %(day)s") % {"day": start}
        if start and end:
            return pgettext("days", " from %(first)s to %(last)s") % {"first": start, "last": end}
        if start:
            return pgettext("a day", " since %(first)s") % {"first": start}
        return pgettext("a day", " until %(last)s") % {"last": end} if end else ""
    start, end = selection.one("from") or "", selection.one("to") or ""
    if start and start == end:
        return _(" in %(year)s") % {"year": start}
    if start and end:
        return _(" from %(first)s to %(last)s") % {"first": start, "last": end}
    if start:
        return _(" since %(first)s") % {"first": start}
    return _(" until %(last)s") % {"last": end} if end else ""


def contributor(total: int, malicious: int, *, name: str, first_year: int, last_year: int, lead: Lead = plain) -> str:
    """ "99 people with the nationality Chad have died serving in UN peace operations, in incidents from 1995 to 2023,
    75 of them by malicious acts." """
    facts = {
        "n": lead(total),
        "name": name,
        "span": _("in %(year)s") % {"year": first_year}
        if first_year == last_year
        else _("from %(first)s to %(last)s") % {"first": first_year, "last": last_year},
        "malicious": lead(malicious, cause=Cause.MALICIOUS_ACT.value) if malicious else _("none"),
    }
    said = ngettext(
        "%(n)s person with the nationality %(name)s has died serving in UN peace operations, in incidents %(span)s, "
        "%(malicious)s of them by malicious acts.",
        "%(n)s people with the nationality %(name)s have died serving in UN peace operations, in incidents %(span)s, "
        "%(malicious)s of them by malicious acts.",
        total,
    )
    return filled(said, facts)


def _rank_and_record(line: Line, lead: Lead) -> str:
    """ ": rank 17 of 71, and 132 fewer than in the record window, 1992–96"; empty where nothing can be compared."""
    last, ranked = line.closed[-1], [point for point in line.points if point.rank is not None]
    if len(ranked) < 2 or not line.records or last.rank is None:
        return ""
    facts: dict[str, object] = {"rank": wording.count(last.rank), "of": wording.count(len(ranked))}

    def named(points: Sequence[Point]) -> list[str]:
        return [lead(point.persons, text=point.name, cause=line.cause, years=point.years) for point in points]

    if last.record:
        others = [point for point in line.records if point is not last]
        if others:
            many = len(others) > NAMED_TIES
            facts["others"] = _("%(n)s others") % {"n": len(others)} if many else wording.listed(named(others))
            return filled(_(": the highest of %(of)s windows, together with %(others)s"), facts)
        return _(": the highest of %(of)s windows") % facts
    record = line.records[0]
    facts |= {"fewer": wording.count(record.persons - last.persons), "record": named([record])[0]}
    if len(line.records) > NAMED_TIES:
        facts["record"] = wording.number_word(len(line.records))
        return _(": rank %(rank)s of %(of)s, and %(fewer)s fewer than in the %(record)s record windows") % facts
    if len(line.records) > 1:
        facts["record"] = wording.listed(named(line.records))
        return filled(_(": rank %(rank)s of %(of)s, and %(fewer)s fewer than in the record windows, %(record)s"), facts)
    return filled(_(": rank %(rank)s of %(of)s, and %(fewer)s fewer than in the record window, %(record)s"), facts)
