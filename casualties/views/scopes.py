"""One year under the four named scopes: which number do you need?"""

from dataclasses import dataclass

from django.urls import reverse

from casualties.choices import UNIFORMED, Cause, Scope
from casualties.counts import count
from casualties.filters import Selection
from casualties.frames import CAUSE, KIND, PERSONNEL, PERSONS
from casualties.views.addresses import incidents_url, with_query
from casualties.views.scope_bar import capitalised_scope
from missions.models import Mission


@dataclass(frozen=True, kw_only=True)
class ScopeRow:
    """A scope with its deaths and deaths by malicious acts in the year. `current`: the one that the page shows."""

    label: str
    persons: int
    malicious: int
    persons_url: str
    malicious_url: str
    overview_url: str
    current: bool


def by_scope(selection: Selection, year: int) -> list[ScopeRow]:
    """The year under each named scope, out of one count: the scopes are sets of kinds and of personnel types."""
    world = selection.change(scope=None, year=year)
    frame = count(world, [KIND, PERSONNEL, CAUSE])
    rows = []
    for scope in Scope:
        own = frame
        if scope in {Scope.PKO, Scope.UNIFORMED_PKO}:
            own = own[own[KIND] == Mission.Kind.PKO]
        if scope in {Scope.UNIFORMED, Scope.UNIFORMED_PKO}:
            own = own[own[PERSONNEL].isin([str(personnel) for personnel in UNIFORMED])]
        chosen = {} if scope == Scope.ALL else {"scope": scope.value}
        persons = int(own[PERSONS].sum())
        malicious = int(own.loc[own[CAUSE] == Cause.MALICIOUS_ACT, PERSONS].sum())
        rows.append(
            ScopeRow(
                label=capitalised_scope(scope),
                persons=persons,
                malicious=malicious,
                persons_url=incidents_url(world, **chosen) if persons else "",
                malicious_url=incidents_url(world, **chosen, cause=Cause.MALICIOUS_ACT.value) if malicious else "",
                overview_url=with_query(reverse("overview"), world.change(year=None, **chosen).query_string),
                current=selection.scope == scope,
            )
        )
    return rows
