"""A nationality as it is recorded, or together with the dissolved states that the country came after: never a default.

Nobody knows which successor of a dissolved state its people belong to. Together they are counted in full, for whichever
successor is asked about, and the page says so.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.charts.filling import joined
from casualties.filters import Basis, FilterProblem, Selection
from casualties.frames import NATIONALITY
from casualties.views.addresses import contributor_url, own_first

TOGETHER = "predecessors"


def asked_nationalities(value: str, iso3: str, basis: Basis) -> tuple[tuple[str, ...], list[FilterProblem]]:
    """The nationalities that `with=predecessors` means on a contributor's page (blank: its own), and what is wrong."""
    value, before = value.strip(), basis.predecessors(iso3)
    if value and value != TOGETHER:
        return (iso3,), [FilterProblem("with", value, _("is not one of the allowed values"), (TOGETHER,))]
    if value and not before:
        reason = _("cannot be answered: no dissolved state is known before %(name)s") % {"name": basis.countries[iso3]}
        return (iso3,), [FilterProblem("with", value, reason)]
    return (iso3, *before) if value else (iso3,), []


def are_together(selection: Selection) -> bool:
    """Whether a contributor's selection counts its predecessors too."""
    return len(selection.values[NATIONALITY]) > 1


def own_of(selection: Selection) -> dict[str, str]:
    """What the page's address says beside its filters."""
    return {"with": TOGETHER} if are_together(selection) else {}


def toggles(selection: Selection, iso3: str) -> list[dict[str, Any]]:
    """Both choices as addresses with the same filters; none where no state came before."""
    if not selection.basis.predecessors(iso3):
        return []
    together, query = are_together(selection), selection.query_string
    own = own_first({"with": TOGETHER}, query)
    return [
        {"label": _("As recorded"), "url": contributor_url(iso3, query), "current": not together},
        {"label": _("With dissolved predecessors"), "url": contributor_url(iso3, own), "current": together},
    ]


def counted_in_full(selection: Selection, iso3: str) -> str:
    """What figures of several states must not be taken for: people of the dissolved ones stand elsewhere as well."""
    basis = selection.basis
    heirs = {code for state in basis.predecessors(iso3) for code in basis.dissolved[state].successors}
    others = [name for code, name in basis.countries.items() if code in heirs and code != iso3]
    facts = {"others": wording.listed(others)}
    states = len(basis.predecessors(iso3))
    said = ngettext(
        "People of the dissolved state are counted here in full.",
        "People of the dissolved states are counted here in full.",
        states,
    )
    if others:
        said = ngettext(
            "People of the dissolved state are counted here in full, and in the same way for every other country that "
            "came after it (%(others)s): no source says which of these countries they belong to.",
            "People of the dissolved states are counted here in full, and in the same way for every other country that "
            "came after them (%(others)s): no source says which of these countries they belong to.",
            states,
        )
    return joined(
        said % facts,
        _("Do not add such figures up over countries, nor to those of a dissolved state: people would count twice."),
    )
