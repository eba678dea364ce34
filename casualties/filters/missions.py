"""Which missions the filters leave, each for itself; filters that leave none together are refused."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from casualties.choices import Scope
from casualties.filters.problems import FilterProblem
from casualties.filters.vocabulary import Basis
from missions.models import Mission

Values = Mapping[str, tuple[str, ...]]


def missions_by_filter(values: Values, basis: Basis) -> dict[str, set[int]]:
    """By filter that concerns missions, the ids of those that it leaves."""
    entries = basis.missions.values()
    wanted: dict[str, set[int]] = {}
    if "mission" in values:
        wanted["mission"] = {basis.missions[name].id for name in values["mission"]}
    for name in ("family", "kind", "region"):
        if name in values:
            wanted[name] = {entry.id for entry in entries if getattr(entry, name) in values[name]}
    if {Scope.PKO.value, Scope.UNIFORMED_PKO.value} & set(values.get("scope", ())):
        wanted["scope"] = {entry.id for entry in entries if entry.kind == Mission.Kind.PKO}
    return wanted


def missions_apart(values: Values, basis: Basis) -> FilterProblem | None:
    """The filter that leaves none of the missions that another one leaves: 0 would read as a finding."""
    wanted = missions_by_filter(values, basis)
    if len(wanted) < 2 or not all(wanted.values()) or set.intersection(*wanted.values()):
        return None
    *others, last = wanted
    other = next((name for name in others if not wanted[name] & wanted[last]), others[0])
    said = {"name": other, "value": values[other][0]}
    return FilterProblem(last, values[last][0], _("excludes %(name)s=%(value)s") % said)
