"""What an address of the incident explorer asks beside its selection: which list, how sorted, from which place on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from casualties.filters import FilterProblem, Selection, first_word
from casualties.views.addresses import path_of, with_query
from casualties.views.explorer.rows import INCIDENT_ORDERS, NEWEST_FIRST, PEOPLE_ORDERS
from casualties.views.paging import Order

ORDERS: Mapping[str, Mapping[str, Order]] = {"incidents": INCIDENT_ORDERS, "people": PEOPLE_ORDERS}
OWN = ("view", "sort", "after")


@dataclass(frozen=True)
class Asked:
    """The explorer's own parameters; `usual_view` is the list that is shown unless another is asked for."""

    view: str
    sort: str
    after: str
    usual_view: str

    @property
    def problems(self) -> list[FilterProblem]:
        """Values that are not allowed."""
        if self.view not in ORDERS:
            return [FilterProblem("view", self.view, _("is not one of the allowed values"), tuple(ORDERS))]
        if self.sort not in ORDERS[self.view]:
            return [FilterProblem("sort", self.sort, _("is not one of the allowed values"), tuple(ORDERS[self.view]))]
        return []

    @property
    def own(self) -> dict[str, str]:
        """The parameters that differ from what an address without them means; the place in the list left out."""
        usual = {"view": self.usual_view, "sort": NEWEST_FIRST}
        return {name: value for name, value in (("view", self.view), ("sort", self.sort)) if value != usual[name]}

    def address(self, selection: Selection | str, *, after: str = "", **changes: str) -> str:
        """The explorer's address of a selection (or its query string), this list and order kept unless changed."""
        asked = replace(self, **changes) if changes else self
        query = selection if isinstance(selection, str) else selection.query_string
        own = urlencode({**asked.own, **({"after": after} if after else {})})
        return with_query(path_of("incidents"), "&".join(part for part in (query, own) if part))


def asked_of(given: QueryDict, *, annual: bool) -> Asked:
    """Read the parameters. Where only annual counts are loaded the people are shown unless incidents are asked for."""
    usual = "people" if annual else "incidents"
    view, sort, after = (first_word(given, name) for name in OWN)
    return Asked(view=view or usual, sort=sort or NEWEST_FIRST, after=after, usual_view=usual)
