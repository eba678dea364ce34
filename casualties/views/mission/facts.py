"""What a mission is: name, dates as precisely as they are known, place, family, strength of its newest year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.filters import Basis
from missions.models import Mission, Strength

MONTHS = 12
FORMATS = {Mission.Precision.DAY: "j M Y", Mission.Precision.MONTH: "M Y", Mission.Precision.YEAR: "Y"}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line of the facts: `links` are acronyms of other missions, after the value; `alone` is the value as it is
    said without the label."""

    label: str
    value: str
    small: str = ""
    links: tuple[str, ...] = ()
    alone: str = ""


@dataclass(frozen=True, kw_only=True)
class MissionFacts:
    title: str
    facts: tuple[Fact, ...]


def mission_facts(acronym: str, basis: Basis) -> MissionFacts:
    """The facts of an operation, in one query. What is blank in the database is not known."""
    newest = Strength.objects.filter(mission=OuterRef("mission")).order_by("-year").values("year")[:1]
    strengths = Strength.objects.filter(mission=OuterRef("pk"), year=Subquery(newest)).order_by("-category")
    cells = JSONObject(
        year="year", category="category", n="person_years", months="months", filled="months_filled", source="source"
    )
    newest_strength: Any = ArraySubquery(strengths.values(cells=cells))
    mission: Any = Mission.objects.annotate(newest_strength=newest_strength).get(acronym=acronym)
    hosts = [basis.countries.get(code, code) for code in mission.hosts]
    facts = [
        Fact(label=_("Full name"), value=mission.name or _("Not known")),
        _dates(mission, basis),
        _place(mission, hosts),
        _strength(mission.newest_strength),
        _family(acronym, basis),
    ]
    title = f"{acronym}, {wording.listed(hosts)}" if 0 < len(hosts) <= 2 else acronym
    return MissionFacts(title=title, facts=tuple(fact for fact in facts if fact))


def _dates(mission: Mission, basis: Basis) -> Fact:
    begin, end = _day(mission.started_on, mission.started_precision), _day(mission.ended_on, mission.ended_precision)
    status = _("Status: %(status)s.") % {"status": mission.get_status_display().lower()}
    if mission.ended_on and basis.release and mission.ended_on > basis.release.date:
        status = f"{status} {_('The release ends before the mission did.')}"
    if mission.status == Mission.Status.ACTIVE and not mission.ended_on:
        since = _("since %(day)s") % {"day": begin} if begin else _("beginning not known")
        return Fact(label=_("Established"), value=begin or _("Not known"), small=status, alone=since)
    if begin and end:
        value = _("%(begin)s to %(end)s") % {"begin": begin, "end": end}
    elif begin:
        value = _("%(begin)s; its end is not known") % {"begin": begin}
    else:
        value = _("Beginning not known; ended %(end)s") % {"end": end} if end else _("Not known")
    return Fact(label=_("Established and ended"), value=wording.capitalised(value), small=status)


def _day(day: date | None, precision: str) -> str:
    return wording.dated(day, FORMATS[Mission.Precision(precision or Mission.Precision.DAY)]) if day else ""


def _place(mission: Mission, hosts: Sequence[str]) -> Fact:
    parts = [wording.listed(hosts)] if hosts else []
    if mission.seat:
        parts.append(_("headquarters %(seat)s") % {"seat": mission.seat})
    value = wording.capitalised(_("; ").join(parts)) or _("Not known")
    return Fact(label=_("Place"), value=value, small=str(Mission.Kind(mission.kind).label))


def _strength(rows: Sequence[Mapping[str, Any]]) -> Fact:
    """Mean uniformed strength over the months that are held of the newest year, those months, and their source.

    A month counts a twelfth of its strength as person-years, so the mean is person-years / months * 12. A category
    that is not reported in a month counts nobody then: the means of categories add up to that of all.
    """
    label = _("Uniformed strength")
    if not rows:
        return Fact(label=label, value=wording.NOT_AVAILABLE, small=_("No strength of this mission is held. Not zero."))
    labels = dict(Strength.Category.choices)
    covered = sorted({month for row in rows for month in row["months"]})
    in_a_year = MONTHS / len(covered)
    strengths = ((str(labels[row["category"]]).lower(), row["n"] * in_a_year) for row in rows if row["n"])
    means = ", ".join(f"{name} {wording.count(round(people))}" for name, people in strengths)
    everybody = sum(row["n"] for row in rows)
    small = [
        f"{wording.capitalised(means)}." if means else "",
        _months(covered),
        _("%(n)s person-years.") % {"n": wording.person_years(everybody)},
    ]
    if filled := max(row["filled"] for row in rows):
        small.append(
            ngettext("%(n)s month is filled in, not reported.", "%(n)s months are filled in, not reported.", filled)
            % {"n": filled}
        )
    small.append(_("Source: %(source)s.") % {"source": _("; ").join(sorted({row["source"] for row in rows}))})
    return Fact(
        label=_("Mean uniformed strength, %(year)s") % {"year": rows[0]["year"]},
        value=wording.count(round(everybody * in_a_year)),
        small=" ".join(part for part in small if part),
    )


def _months(covered: Sequence[int]) -> str:
    """ "January to October." as far as the year is not whole."""
    if len(covered) == MONTHS:
        return _("All twelve months.")
    names = [wording.dated(date(2000, month, 2), "F") for month in covered]
    if len(names) == 1:
        return wording.capitalised(_("%(month)s only.") % {"month": names[0]})
    if covered[-1] - covered[0] + 1 == len(covered):
        return wording.capitalised(_("%(first)s to %(last)s only.") % {"first": names[0], "last": names[-1]})
    return _("%(n)s of twelve months.") % {"n": wording.number_word(len(covered))}


def _family(acronym: str, basis: Basis) -> Fact | None:
    members = basis.families.get(basis.missions[acronym].family, ())
    others = tuple(other for other in members if other != acronym)
    if not others:
        return None
    return Fact(label=_("Of one family with"), value="", links=others)
