"""The one door to records: filters joined with what the viewer may see.

Page, chart, table, file, command and API all start from a Selection, so the same query string is the same people.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casualties.choices import UNIFORMED, DatePrecision, Outcome, Scope
from casualties.filters import texts
from casualties.filters.loading import load_basis
from casualties.filters.missions import missions_apart, missions_by_filter
from casualties.filters.parameters import NOT_RECORDED, NOT_STATED, OF_INCIDENT, PARAMETERS, TEXT_SEARCH, UNDETERMINED
from casualties.filters.problems import FilterProblem
from casualties.filters.reading import Fixed, read
from casualties.filters.viewer import Viewer
from casualties.filters.vocabulary import Basis
from casualties.models import AnnualTally, Casualty, CasualtyVersion, MissionTally
from missions.models import UNDETERMINED_COUNTRY, Release

# What differs among the people of one mission, year and cause: filters and columns that only the AnnualTally has.
OF_PEOPLE = frozenset({"personnel", "nationality", "nationality_id", "gender"})


class SelectionRefused(ValueError):
    """A figure was asked of a selection that has problems."""

    def __init__(self, problems: tuple[FilterProblem, ...]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Selection:
    """Checked filters of one viewer. With problems it has no rows and answers no figure."""

    values: Mapping[str, tuple[str, ...]]
    viewer: Viewer
    basis: Basis
    problems: tuple[FilterProblem, ...] = ()
    fixed: Fixed = field(default_factory=dict)

    @property
    def release(self) -> Release | None:
        return self.basis.release

    @property
    def known_at(self) -> date | None:
        """The date at which the figures were known: the one asked for, else that of the newest file."""
        return self.basis.known_at or (self.basis.newest.date if self.basis.newest else None)

    @property
    def scope(self) -> Scope:
        return Scope(self.one("scope") or Scope.ALL)

    @property
    def outcome(self) -> str:
        """fatality (the default everywhere), injury, or all: then the two stand apart and are never added."""
        return self.one("outcome") or "fatality"

    def one(self, name: str) -> str | None:
        """The value of a parameter that does not repeat."""
        values = self.values.get(name)
        return values[0] if values else None

    @property
    def by_day(self) -> bool:
        """Whether days are asked for, which the annual tally cannot answer."""
        return "date_from" in self.values or "date_to" in self.values

    @property
    def query_string(self) -> str:
        """The selection as it stands in an address: canonical, without what the address itself says."""
        pairs = [(name, value) for name, values in self.values.items() if name not in self.fixed for value in values]
        return urlencode(pairs)

    @cached_property
    def mission_ids(self) -> frozenset[int] | None:
        """Ids of the missions that the filters leave; None when no filter concerns missions."""
        wanted = missions_by_filter(self.values, self.basis)
        return frozenset(set.intersection(*wanted.values())) if wanted else None

    @property
    def countable(self) -> Q:
        """What the viewer may see, of the years that the release covers."""
        if not self.basis.may_hold_later_years:
            return self.viewer.conditions
        return self.viewer.conditions & Q(year__lte=self.basis.last_covered_year)

    @property
    def of_later_years(self) -> QuerySet[Casualty]:
        """People of our own records in years that no release covers yet: in no figure, whatever the filters."""
        if not (self.basis.may_hold_later_years and self.basis.is_current):
            return Casualty.objects.none()
        return Casualty.objects.counted().filter(self.viewer.conditions, year__gt=self.basis.last_covered_year)

    @cached_property
    def conditions(self) -> Q:
        """Everything but days; the same names on Casualty and the tallies, but for those of OF_PEOPLE."""
        conditions = self.countable
        if self.mission_ids is not None:
            conditions &= Q(mission__in=self.mission_ids)
        if self.outcome != "all":
            conditions &= Q(outcome=self.outcome)
        for name in ("cause", "personnel"):
            if name in self.values:
                conditions &= Q(**{f"{name}__in": self.values[name]})
        if self.scope in {Scope.UNIFORMED, Scope.UNIFORMED_PKO}:
            conditions &= Q(personnel__in=UNIFORMED)
        if "gender" in self.values:
            conditions &= Q(gender__in=["" if value == NOT_RECORDED else value for value in self.values["gender"]])
        if "nationality" in self.values:
            codes = [UNDETERMINED_COUNTRY if code == UNDETERMINED else code for code in self.values["nationality"]]
            recorded = Q(nationality__in=[code for code in codes if code != NOT_RECORDED])
            conditions &= recorded | Q(nationality=None) if NOT_RECORDED in codes else recorded
        if first := self.one("from"):
            conditions &= Q(year__gte=int(first))
        if last := self.one("to"):
            conditions &= Q(year__lte=int(last))
        return conditions

    @property
    def asks_of_incidents(self) -> tuple[str, ...]:
        """The filters that ask what only an incident says, which the annual tally cannot answer."""
        return tuple(name for name in OF_INCIDENT if name in self.values)

    @property
    def text(self) -> str:
        """What is searched in the places and summaries of incidents; blank: nothing."""
        return self.one(TEXT_SEARCH) or ""

    @property
    def _of_incident(self) -> Q:
        """Means, context and type of accident are those known now, also as known at an earlier date."""
        conditions = Q()
        for name in self.asks_of_incidents:
            words = ["" if value == NOT_RECORDED else value for value in self.values[name]]
            conditions &= Q(**{f"incident__{name}__in": words, "cause": OF_INCIDENT[name]})
        return conditions & texts.standing_in(self.values[TEXT_SEARCH][0], self.viewer) if self.text else conditions

    @property
    def of_records(self) -> Q:
        """What the tally does not say of a person, beside `conditions`; the severity narrows injuries alone."""
        if "severity" not in self.values:
            return self._of_incident
        words = ["" if value == NOT_STATED else value for value in self.values["severity"]]
        return self._of_incident & (Q(severity__in=words) | ~Q(outcome=Outcome.INJURY))

    @property
    def everybody(self) -> QuerySet[Any]:
        """All people whom the viewer may see at the date of the selection, whatever its filters; counted ones only,
        and of covered years.

        Casualties; or, as known at an earlier date, their versions of that date, which have the same names of columns.
        """
        if self.basis.is_current:
            return Casualty.objects.counted().filter(self.countable)
        return CasualtyVersion.objects.known_at(self.known_at).filter(self.countable)

    @property
    def rows(self) -> QuerySet[Any]:
        """The selected people; none when the selection has problems."""
        if self.problems:
            return Casualty.objects.none()
        return self._records.all()

    # To build a filter takes longer than to ask it of a small table, and a page asks much of one selection. These are
    # never evaluated themselves: each question is asked of a copy.

    @cached_property
    def _records(self) -> QuerySet[Any]:
        return self.everybody.filter(self.conditions, self.of_records, whole_periods_within(*self.days))

    @cached_property
    def _annual_tally(self) -> QuerySet[AnnualTally]:
        return AnnualTally.objects.filter(self.conditions)

    @cached_property
    def _mission_tally(self) -> QuerySet[MissionTally]:
        return MissionTally.objects.filter(self.conditions)

    @property
    def everybody_by_year(self) -> QuerySet[Any]:
        """As `everybody`, for questions that name no day: tally rows where the tally can answer."""
        if self.basis.is_current:
            return MissionTally.objects.filter(self.countable)
        return self.everybody

    def tally(self, columns: Collection[str] = ()) -> QuerySet[AnnualTally] | QuerySet[MissionTally] | None:
        """The selected people as rows of the smallest tally that can say them and `columns`; None when none can."""
        if self.problems or self.by_day or not self.basis.is_current or self.of_records:
            return None
        uniformed = self.scope in {Scope.UNIFORMED, Scope.UNIFORMED_PKO}
        if uniformed or not OF_PEOPLE.isdisjoint((*self.values, *columns)):
            return self._annual_tally.all()
        return self._mission_tally.all()

    @property
    def days(self) -> tuple[date | None, date | None]:
        first, last = self.one("date_from"), self.one("date_to")
        return (date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first and the last day, of days or of whole years; None: without an end."""
        if self.by_day:
            return self.days
        first, last = self.one("from"), self.one("to")
        return (date(int(first), 1, 1) if first else None, date(int(last), 12, 31) if last else None)

    def change(self, **values: object) -> "Selection":
        """The same selection with some parameters changed; None takes one out. `year=2019` sets from and to."""
        if "year" in values:
            year = values.pop("year")
            values = {**values, "from": year, "to": year}
        params = {name: given for name, given in self.values.items() if name not in self.fixed}
        fixed = {name: value for name, value in self.fixed.items() if name not in values}
        now = self.basis if self.basis.known_at is None else replace(self.basis, known_at=None)
        return _selection({**params, **values}, self.viewer, now, fixed=fixed)

    def in_year(self, year: int) -> "Selection":
        """The same within one year: days that are asked for stay where they lie in it."""
        return self.within(date(year, 1, 1), date(year, 12, 31)) if self.by_day else self.change(year=year)

    def within(self, first: date | None, last: date | None) -> "Selection":
        """The same with its days, or its years as days, cut to those from `first` to `last` (None: without an end)."""
        starts, ends = ([day for day in pair if day] for pair in zip((first, last), self.period, strict=True))
        cut = {
            "date_from": max(starts).isoformat() if starts else None,
            "date_to": min(ends).isoformat() if ends else None,
        }
        return self.change(**{"from": None, "to": None}, **cut)

    def refuse_problems(self) -> None:
        """Raise SelectionRefused when there are any."""
        if self.problems:
            raise SelectionRefused(self.problems)


def whole_periods_within(first: date | None, last: date | None) -> Q:
    """Records whose whole period (day, month or year, by their precision) lies within the days, both inclusive.

    A record of year precision could have happened on any day of its year: it matches only if the whole year does.
    """
    conditions = Q()
    if first:
        conditions &= Q(occurred_on__gte=first)
    if last:
        following = last + timedelta(days=1)
        conditions &= (
            Q(occurred_precision=DatePrecision.DAY, occurred_on__lte=last)
            | Q(occurred_precision=DatePrecision.MONTH, occurred_on__lt=following.replace(day=1))
            | Q(occurred_precision=DatePrecision.YEAR, occurred_on__lt=following.replace(month=1, day=1))
        )
    return conditions


def select(
    params: Mapping[str, object] | str,
    viewer: Viewer,
    *,
    own: Collection[str] = (),
    fixed: Fixed | None = None,
    basis: Basis | None = None,
) -> Selection:
    """The selection that query parameters mean for a viewer.

    `params`: a QueryDict, a mapping or a query string. `own`: parameters of the endpoint itself. `fixed`: what the
    address says (a mission's page: {"mission": "MINUSMA"}). Bad parameters never raise: they are in `.problems`.
    """
    return _selection(params, viewer, basis or load_basis(), own=own, fixed=fixed)


def _selection(
    params: Mapping[str, object] | str,
    viewer: Viewer,
    basis: Basis,
    *,
    own: Collection[str] = (),
    fixed: Fixed | None = None,
) -> Selection:
    reading = read(params, basis, viewer=viewer, own=own, fixed=fixed or {})
    selection = Selection(
        values={name: reading.values[name] for name in PARAMETERS if name in reading.values},
        viewer=viewer,
        basis=reading.basis,
        problems=tuple(reading.problems),
        fixed=dict(fixed or {}),
    )
    if not selection.problems and (apart := missions_apart(selection.values, selection.basis)):
        return replace(selection, problems=(apart,))
    if selection.problems or not selection.text or viewer.missions is None or selection.mission_ids is None:
        return selection
    if selection.mission_ids & viewer.missions:
        return selection
    # 0 would say that no incident of theirs holds the text.
    reason = _("searches the place and summary of incidents; those of these missions are not yours to see")
    return replace(selection, problems=(FilterProblem(TEXT_SEARCH, selection.text, reason),))
