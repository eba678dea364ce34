"""A mission alone, or together with the missions that it followed or that followed it: a choice, never a default."""

from typing import Any

from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.filters import Basis, FilterProblem, Selection
from casualties.views.addresses import mission_url, own_first

TOGETHER = "family"


def asked_family(value: str, acronym: str, basis: Basis) -> str | FilterProblem:
    """The family that `with=family` means on a mission's page; blank: the mission alone."""
    value = value.strip()
    if not value:
        return ""
    if value != TOGETHER:
        return FilterProblem("with", value, _("is not one of the allowed values"), (TOGETHER,))
    if len(_members(acronym, basis)) < 2:
        return FilterProblem("with", value, _("cannot be answered: %(name)s is of no family") % {"name": acronym})
    return basis.missions[acronym].family


def own_of(selection: Selection) -> dict[str, str]:
    """What the page's address says beside its filters."""
    return {"with": TOGETHER} if TOGETHER in selection.fixed else {}


def family_toggles(selection: Selection, acronym: str) -> list[dict[str, Any]]:
    """The mission alone and the family together, as addresses with the same filters; none without a family."""
    members = _members(acronym, selection.basis)
    if len(members) < 2:
        return []
    together = TOGETHER in selection.fixed
    query = selection.query_string
    own = own_first({"with": TOGETHER}, query)
    return [
        {"label": _("%(name)s alone") % {"name": acronym}, "url": mission_url(acronym, query), "current": not together},
        {
            "label": _("%(names)s together") % {"names": wording.listed(members)},
            "url": mission_url(acronym, own),
            "current": together,
        },
    ]


def _members(acronym: str, basis: Basis) -> tuple[str, ...]:
    return basis.families.get(basis.missions[acronym].family, ())
