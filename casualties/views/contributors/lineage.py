"""States that a nationality follows or that followed it, with the people recorded under each of them."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.dateformat import format as format_date

from casualties.counts import count
from casualties.filters import Selection
from casualties.frames import NATIONALITY
from casualties.views.adding import sums
from casualties.views.addresses import contributor_of, incidents_url
from missions.models import Country


@dataclass(frozen=True, kw_only=True)
class Related:
    """A predecessor or successor: the people recorded under it in the same selection, and where they are."""

    iso3: str
    name: str
    persons: int
    url: str
    people_url: str
    ended: str


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """`ended` is the day on which the state itself was dissolved, in words; blank for a present one."""

    ended: str
    predecessors: tuple[Related, ...]
    successors: tuple[Related, ...]


def lineage(selection: Selection, iso3: str) -> Lineage | None:
    """The related states of a nationality; None where there are none. Nobody of them is in its figures."""
    own = Country.objects.get(pk=iso3)
    related = {
        country.iso3: country
        for country in Country.objects.filter(Q(successors__contains=[iso3]) | Q(pk__in=own.successors))
    }
    if not related:
        return None
    persons = sums(count(selection.change(nationality=sorted(related)), [NATIONALITY]), NATIONALITY)
    rows = {
        code: Related(
            iso3=code,
            name=country.name,
            persons=persons.get(code, 0),
            url=contributor_of(selection, code),
            people_url=incidents_url(selection, nationality=code),
            ended=format_date(country.ended_on, "j F Y") if country.ended_on else "",
        )
        for code, country in related.items()
    }
    return Lineage(
        ended=format_date(own.ended_on, "j F Y") if own.ended_on else "",
        predecessors=tuple(row for code, row in rows.items() if iso3 in related[code].successors),
        successors=tuple(row for code, row in rows.items() if code in own.successors),
    )
