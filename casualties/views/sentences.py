"""The sentences over the pages, computed from the figures they say. Nothing here counts."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from casualties.charts import wording
from casualties.charts.window_titles import Line
from casualties.choices import Cause, Outcome, Scope

NAMED_TIES = 2


def all_time(total: int, scope: str, first_year: int) -> str:
    """ "4,344 people have died serving in UN peace operations since 1948." """
    if total == 0:
        return _("No death is recorded under this scope.")
    who = {
        Scope.UNIFORMED: ngettext("uniformed person has died", "uniformed people have died", total),
        Scope.UNIFORMED_PKO: ngettext("uniformed person has died", "uniformed people have died", total),
    }.get(Scope(scope), ngettext("person has died", "people have died", total))
    where = _("UN peacekeeping operations") if scope in {Scope.PKO, Scope.UNIFORMED_PKO} else _("UN peace operations")
    facts = {"n": wording.count(total), "who": who, "where": where, "year": first_year}
    return _("%(n)s %(who)s serving in %(where)s since %(year)s.") % facts


def so_far(by_cause: Mapping[str, int], before: Sequence[int], *, until: date, outcome: str = Outcome.FATALITY) -> str:
    """The open year up to a day by cause, beside the same days of the years before (`before`, oldest first).

    "In 2023, up to 21 November, 63 people died: 40 of illness, 8 in accidents and 7 by malicious acts; 1 was
    self-inflicted; 4 have an unknown cause and 3 are still to be determined. In the same days of the five years before,
    between 91 and 122 died each year."
    """
    total = sum(by_cause.values())
    facts = {"year": until.year, "day": wording.day_and_month(until), "what": _happened_to(total, outcome)}
    said = _("In %(year)s, up to %(day)s, %(what)s") % facts
    causes = _causes(by_cause) if total and outcome == Outcome.FATALITY else ""
    if causes:
        said = _("%(label)s: %(words)s") % {"label": said, "words": causes}
    said += "."
    return f"{said} {_same_days(before, outcome)}" if before else said


def so_far_in_short(total: int, before: Sequence[int], *, until: date, outcome: str = Outcome.FATALITY) -> str:
    """The same without causes, for a page that is about more than the open year."""
    facts = {"year": until.year, "day": wording.day_and_month(until), "what": _happened_to(total, outcome)}
    said = _("In %(year)s, up to %(day)s, %(what)s.") % facts
    return f"{said} {_same_days(before, outcome)}" if before else said


def range_of(before: Sequence[int]) -> str:
    """ "91 to 122", or one number where all are equal."""
    low, high = min(before), max(before)
    if low == high:
        return wording.count(low)
    return _("%(low)s to %(high)s") % {"low": wording.count(low), "high": wording.count(high)}


def windows(line: Line, *, outcome: str = Outcome.FATALITY) -> str:
    """The last closed window with its rank and the record, then the open one. An open window is not compared.

    "In 2018–22, the last closed window, 127 people were killed by malicious acts: rank 17 of 71, and 132 fewer than in
    the record window, 1992–96. 2019–23, still open, has 107 so far."
    """
    said = []
    if line.closed:
        last = line.closed[-1]
        facts = {"window": last.name, "what": happened(line.cause, last.persons, outcome)}
        said.append(
            _("In %(window)s, the last closed window, %(what)s%(rank)s.") % {**facts, "rank": _rank_and_record(line)}
        )
    if line.open_window:
        now = line.open_window
        facts = {"window": now.name, "n": wording.count(now.persons)}
        said.append(_("%(window)s, still open, has %(n)s so far.") % facts)
    return " ".join(said)


def happened(cause: str, n: int, outcome: str = Outcome.FATALITY) -> str:
    """ "127 people were killed by malicious acts", as it stands inside a sentence; "" is all causes."""
    if outcome != Outcome.FATALITY:
        number = wording.count(n) if n else _("no")
        return _("%(n)s %(counted)s were recorded") % {"n": number, "counted": wording.persons_of(cause, outcome)}
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
        return (
            ngettext("%(n)s person died", "%(n)s people died", n) % {"n": wording.count(n)} if n else _("no one died")
        )
    return said[Cause(cause)] % {"n": wording.count(n)} if n else nobody[Cause(cause)]


def mission(total: int, malicious: int, *, acronym: str, years: range, until: date | None, still_open: bool) -> str:
    """ "311 people died serving in MINUSMA from 2013 to 21 November 2023, 174 of them by malicious acts."

    `until` is the last day that the figures cover where the mission's last year is the open one.
    """
    facts: dict[str, object] = {"acronym": acronym, "n": wording.count(total)}
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
        facts["died"] = ngettext("%(n)s person has died", "%(n)s people have died", total) % facts
    else:
        facts["died"] = ngettext("%(n)s person died", "%(n)s people died", total) % facts
    facts["malicious"] = wording.count(malicious) if malicious else _("none")
    return _("%(died)s serving in %(acronym)s %(span)s, %(malicious)s of them by malicious acts.") % facts


def selected(subject: str, n: int, *, acronym: str) -> str:
    """ "95 people killed by malicious acts in MINUSMA are in this selection." Subject: filters.people()."""
    said = ngettext(
        "%(subject)s in %(acronym)s is in this selection.", "%(subject)s in %(acronym)s are in this selection.", n
    )
    return said % {"subject": subject, "acronym": acronym}


def selected_of(subject: str, n: int, *, name: str) -> str:
    """ "12 people killed by accidents with the nationality Chad are in this selection." Subject: filters.people()."""
    said = ngettext(
        "%(subject)s with the nationality %(name)s is in this selection.",
        "%(subject)s with the nationality %(name)s are in this selection.",
        n,
    )
    return said % {"subject": subject, "name": name}


def contributor(total: int, malicious: int, *, name: str, first_year: int, last_year: int) -> str:
    """ "99 people with the nationality Chad have died serving in UN peace operations, in incidents from 1995 to 2023,
    75 of them by malicious acts." """
    facts = {
        "n": wording.count(total),
        "name": name,
        "span": _("in %(year)s") % {"year": first_year}
        if first_year == last_year
        else _("from %(first)s to %(last)s") % {"first": first_year, "last": last_year},
        "malicious": wording.count(malicious) if malicious else _("none"),
    }
    said = ngettext(
        "%(n)s person with the nationality %(name)s has died serving in UN peace operations, in incidents %(span)s, "
        "%(malicious)s of them by malicious acts.",
        "%(n)s people with the nationality %(name)s have died serving in UN peace operations, in incidents %(span)s, "
        "%(malicious)s of them by malicious acts.",
        total,
    )
    return said % facts


def of_them(n: int, before: Sequence[int], *, until: date) -> str:
    """The open year of a filtered page: "Of them, 2 in 2023, up to 21 November; in the same days of the five years
    before, between 0 and 3 each year."""
    facts = {"n": wording.count(n) if n else _("none"), "year": until.year, "day": wording.day_and_month(until)}
    said = _("Of them, %(n)s in %(year)s, up to %(day)s") % facts
    if not before:
        return f"{said}."
    facts = {
        "years": wording.number_word(len(before)),
        "low": wording.count(min(before)),
        "high": wording.count(max(before)),
    }
    if len(before) == 1:
        return said + _("; in the same days of the year before, %(low)s.") % facts
    if min(before) == max(before):
        return said + _("; in the same days of the %(years)s years before, %(low)s each year.") % facts
    return said + _("; in the same days of the %(years)s years before, between %(low)s and %(high)s each year.") % facts


def _happened_to(total: int, outcome: str) -> str:
    if outcome == Outcome.FATALITY:
        return happened("", total)
    if not total:
        return _("no one was recorded as injured")
    said = ngettext("%(n)s person was injured", "%(n)s people were injured", total)
    return said % {"n": wording.count(total)}


def _same_days(before: Sequence[int], outcome: str) -> str:
    low, high = min(before), max(before)
    happened_then = _("died") if outcome == Outcome.FATALITY else _("were injured")
    facts = {
        "years": wording.number_word(len(before)),
        "low": wording.count(low) if high else _("nobody"),
        "high": wording.count(high),
        "happened": happened_then,
    }
    if len(before) == 1:
        return _("In the same days of the year before, %(low)s %(happened)s.") % facts
    if low == high:
        return _("In the same days of the %(years)s years before, %(low)s %(happened)s each year.") % facts
    return (
        _("In the same days of the %(years)s years before, between %(low)s and %(high)s %(happened)s each year.")
        % facts
    )


def _causes(by_cause: Mapping[str, int]) -> str:
    """ "40 of illness, 8 in accidents and 7 by malicious acts; 1 was self-inflicted; 4 have an unknown cause"."""
    manner = {
        Cause.MALICIOUS_ACT: _("%(n)s by malicious acts"),
        Cause.ACCIDENT: _("%(n)s in accidents"),
        Cause.ILLNESS: _("%(n)s of illness"),
    }
    known = sorted(
        ((by_cause.get(cause, 0), cause) for cause in manner if by_cause.get(cause)), key=lambda pair: -pair[0]
    )
    parts = [wording.listed([manner[cause] % {"n": wording.count(n)} for n, cause in known])]
    if n := by_cause.get(Cause.SELF_INFLICTED, 0):
        parts.append(ngettext("%(n)s was self-inflicted", "%(n)s were self-inflicted", n) % {"n": wording.count(n)})
    open_ones = []
    if n := by_cause.get(Cause.UNKNOWN, 0):
        said = ngettext("%(n)s has an unknown cause", "%(n)s have an unknown cause", n)
        open_ones.append(said % {"n": wording.count(n)})
    if n := by_cause.get(Cause.TO_BE_DETERMINED, 0):
        said = ngettext("%(n)s is still to be determined", "%(n)s are still to be determined", n)
        open_ones.append(said % {"n": wording.count(n)})
    parts.append(wording.listed(open_ones))
    return _("; ").join(part for part in parts if part)


def _rank_and_record(line: Line) -> str:
    """ ": rank 17 of 71, and 132 fewer than in the record window, 1992–96"; empty where nothing can be compared."""
    last, ranked = line.closed[-1], [point for point in line.points if point.rank is not None]
    if len(ranked) < 2 or not line.records or last.rank is None:
        return ""
    facts = {"rank": wording.count(last.rank), "of": wording.count(len(ranked))}
    if last.record:
        others = [point.name for point in line.records if point is not last]
        if others:
            many = len(others) > NAMED_TIES
            facts["others"] = _("%(n)s others") % {"n": len(others)} if many else wording.listed(others)
            return _(": the highest of %(of)s windows, together with %(others)s") % facts
        return _(": the highest of %(of)s windows") % facts
    record = line.records[0]
    facts |= {"fewer": wording.count(record.persons - last.persons), "record": record.name}
    if len(line.records) > NAMED_TIES:
        facts["record"] = wording.number_word(len(line.records))
        return _(": rank %(rank)s of %(of)s, and %(fewer)s fewer than in the %(record)s record windows") % facts
    if len(line.records) > 1:
        facts["record"] = wording.listed([point.name for point in line.records])
        return _(": rank %(rank)s of %(of)s, and %(fewer)s fewer than in the record windows, %(record)s") % facts
    return _(": rank %(rank)s of %(of)s, and %(fewer)s fewer than in the record window, %(record)s") % facts
