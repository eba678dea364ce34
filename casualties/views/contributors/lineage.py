"""States that a nationality follows or that followed it, with the people recorded under each of them."""

from dataclasses import dataclass

from django.utils.dateformat import format as format_date

from casualties.counts import count
from casualties.filters import Selection
from casualties.frames import NATIONALITY
from casualties.views.adding import sums
from casualties.views.addresses import contributor_of, incidents_url


@dataclass(frozen=True, kw_only=True)
class Related:
    """A predecessor or successor: the people recorded under it in the same selection, and where they are."""

    iso3: str
    name: str
    persons: int
    url: str
    people_url: str


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """`ended` is the day on which the state itself was dissolved, in words; blank for a present one."""

    ended: str
    predecessors: tuple[Related, ...]
    successors: tuple[Related, ...]


def lineage(selection: Selection, iso3: str) -> Lineage | None:
    """The related states of a nationality; None where there are none. Nobody of them is in the figures of it alone."""
    basis = selection.basis
    names, own, before = basis.countries, basis.dissolved.get(iso3), basis.predecessors(iso3)
    after = [code for code in own.successors if code in names] if own else []
    related = [*before, *after]
    if not related:
        return None
    persons = sums(count(selection.change(nationality=related), [NATIONALITY]), NATIONALITY)
    rows = {
        code: Related(
            iso3=code,
            name=names[code],
            persons=persons.get(code, 0),
            url=contributor_of(selection, code),
            people_url=incidents_url(selection, nationality=code),
        )
        for code in related
    }
    return Lineage(
        ended=format_date(own.ended_on, "j F Y") if own and own.ended_on else "",
        predecessors=tuple(rows[code] for code in before),
        successors=tuple(rows[code] for code in after),
    )
