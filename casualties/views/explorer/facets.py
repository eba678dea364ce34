"""Counts per value beside a list: how many people each cause, mission, year, type and nationality of a selection has.

A filter leaves its own facet aside, so that the other values can be seen and chosen; years stay within the selection,
and their sum is the number of people on the page. All counts come from one query.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext

from casualties import frames
from casualties.charts import wording
from casualties.choices import Cause, Personnel
from casualties.counts import figures_each
from casualties.filters import NOT_RECORDED, UNDETERMINED, Basis, Selection

SHOWN = 8
YEARS_SHOWN = 10
MANY = 200
NO_COUNTRY = {NOT_RECORDED: noop("Not recorded"), UNDETERMINED: noop("Undetermined")}
Address = Callable[[Selection], str]


@dataclass(frozen=True)
class Counts:
    """The facets, as templates/casualties/_facets.html takes them; people by outcome; incidents.

    `incidents` is None where they cannot be counted, or of a selection of both outcomes, where they are counted apart.
    """

    facets: list[dict[str, Any]]
    by_outcome: Mapping[str, int]
    incidents: int | None

    @property
    def persons(self) -> int:
        """Deaths; injuries where injuries are selected. Of a selection of both it is the deaths: never a sum."""
        return self.by_outcome.get("injury", 0) if list(self.by_outcome) == ["injury"] else self.by_outcome["fatality"]


def counts_of(selection: Selection, address: Address) -> Counts:
    """Count a selection and its facets. `address` makes the page's address for a selection. Raises NotAvailable."""
    # Of a selection of both outcomes the facets show the deaths: the two are never added.
    shown = selection.change(outcome=None) if selection.outcome == "all" else selection
    kinds = [
        _Facet(shown, address, frames.CAUSE, _("Cause"), lambda value: str(Cause(value).label)),
        _Facet(shown, address, frames.MISSION, _("Mission"), str, _more_missions),
        _Facet(shown, address, frames.PERSONNEL, _("Personnel"), lambda value: str(Personnel(value).label)),
        _Facet(
            shown,
            address,
            frames.NATIONALITY,
            _("Nationality"),
            lambda value: nationality_name(value, shown.basis),
            _more_nationalities,
        ),
    ]
    requests: list[Any] = [(kind.without, [kind.name]) for kind in kinds]
    requests += [(shown, [frames.YEAR]), (selection, [frames.OUTCOME])]
    # An incident in which some died and some were injured is one: of both outcomes incidents are counted apart.
    with_incidents = not selection.basis.annual_counts_only and selection.outcome != "all"
    if with_incidents:
        requests.append((selection, [], "incidents"))
    found = figures_each(requests)
    *counted, years, by_outcome = ({word: n for (word,), n in by.items()} for by in found[: len(kinds) + 2])
    cause, mission, personnel, nationality = (kind.of(counts) for kind, counts in zip(kinds, counted, strict=True))
    facets = [cause, mission, _years(years, shown, address), personnel, nationality]
    both = ["fatality", "injury"] if selection.basis.injuries_recorded else ["fatality"]
    wanted = both if selection.outcome == "all" else [selection.outcome]
    return Counts(
        facets=[facet for facet in facets if facet["rows"]],
        by_outcome={outcome: by_outcome.get(outcome, 0) for outcome in wanted},
        incidents=sum(found[-1].values()) if with_incidents else None,
    )


def nationality_name(value: str, basis: Basis) -> str:
    """A nationality of a frame in words."""
    return _(NO_COUNTRY[value]) if value in NO_COUNTRY else basis.countries[value]


@dataclass(frozen=True)
class _Facet:
    """One list of counts: the filter it is about, its heading, a value in words, and the others in words."""

    selection: Selection
    address: Address
    name: str
    heading: str
    word: Callable[[str], str]
    others: Callable[[int], str] | None = None

    def of(self, counts: Mapping[str, int]) -> dict[str, Any]:
        """The facet of people by value: all causes in their order; of others the largest and the chosen.

        What is not shown stands as one sum, so that the parts add up.
        """
        if self.name == frames.CAUSE:
            rows = [{**self._row(cause, counts.get(cause, 0)), "cause": cause} for cause in Cause.values]
            return {"heading": self._heading(), "rows": rows if counts else []}
        ordered = sorted(counts, key=lambda value: (-counts[value], self.word(value)))
        top = set(ordered) if self.others is None or len(ordered) <= SHOWN + 1 else set(ordered[:SHOWN])
        top |= set(self._chosen)
        shown, rest = [v for v in ordered if v in top], [v for v in ordered if v not in top]
        facet: dict[str, Any] = {
            "heading": self._heading(),
            "rows": [self._row(value, counts[value]) for value in shown],
        }
        if rest and self.others is not None:
            # An address with hundreds of values is no use to anybody.
            url = self.address(self.selection.change(**{self.name: rest})) if len(rest) <= MANY else None
            more = {"label": self.others(len(rest)), "persons": sum(counts[value] for value in rest), "url": url}
            facet["more"] = more
        return facet

    @property
    def without(self) -> Selection:
        """The selection with its own filter left aside."""
        return self.selection.change(**{self.name: None}) if self._chosen else self.selection

    @property
    def _chosen(self) -> tuple[str, ...]:
        return self.selection.values.get(self.name, ())

    def _heading(self) -> str:
        return _("%(heading)s, other filters kept") % {"heading": self.heading} if self._chosen else self.heading

    def _row(self, value: str, persons: int) -> dict[str, Any]:
        """A value: its address narrows the selection to it, or takes it out where it is chosen."""
        on = value in self._chosen
        wanted = [other for other in self._chosen if other != value] if on else [value]
        url = self.address(self.selection.change(**{self.name: wanted}))
        return {"label": self.word(value), "persons": persons, "url": url, "on": on}


def _years(persons: Mapping[int, int], selection: Selection, address: Address) -> dict[str, Any]:
    """The years of the selection; of a long series the latest, and the earlier ones as one sum."""
    first, last = selection.one("from"), selection.one("to")
    if first and last and int(last) - int(first) < YEARS_SHOWN:
        persons = {year: persons.get(year, 0) for year in range(int(first), int(last) + 1)} if persons else {}
    years = sorted(persons, reverse=len(persons) > YEARS_SHOWN)
    shown, rest = (years[:SHOWN], years[SHOWN:]) if len(years) > YEARS_SHOWN else (years, [])
    facet: dict[str, Any] = {
        "heading": _("Year"),
        "rows": [
            {
                "label": f"{year} (p)" if year == selection.basis.last_covered_year else str(year),
                "persons": persons[year],
                "url": address(selection.in_year(year)),
                "on": first == last == str(year),
            }
            for year in shown
        ],
    }
    if rest:
        facet["more"] = {
            "label": _("%(first)s to %(last)s") % {"first": rest[-1], "last": rest[0]},
            "persons": sum(persons[year] for year in rest),
            "url": address(_years_between(selection, rest[-1], rest[0])),
        }
    return facet


def _years_between(selection: Selection, begin: int, until: int) -> Selection:
    """The selection within some of its years: of days, those that lie in them."""
    if selection.by_day:
        return selection.within(date(begin, 1, 1), date(until, 12, 31))
    return selection.change(**{"from": begin, "to": until})


def _more_missions(n: int) -> str:
    return ngettext("%(n)s more mission", "%(n)s more missions", n) % {"n": wording.count(n)}


def _more_nationalities(n: int) -> str:
    return ngettext("%(n)s more nationality", "%(n)s more nationalities", n) % {"n": wording.count(n)}
