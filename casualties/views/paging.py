"""Pages of a long list by the place where one ends (keyset), so that a deep page costs what the first one costs.

`?after=` holds the sort values of the last row seen: "2017-05-03~MINUSCA-2017-05-03-malicious-act". It names a place in
the order and not a row, so an address still works when that row has changed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.db.models import Q, QuerySet, Value

SIZE = 25
SEPARATOR = "~"


class NoSuchPlace(ValueError):
    """`after` is not a place in this order."""


@dataclass(frozen=True)
class Field:
    """A field that rows are sorted by; `read` makes its value from the text of an address."""

    name: str
    read: Callable[[str], Any] = str
    descending: bool = False


Order = tuple[Field, ...]


@dataclass(frozen=True)
class Page:
    """Rows of one page. `first` is the place of its first row, from 1. None: there is no such page.

    `previous` and `following` are the `after` of those pages; that of the first page is "".
    """

    rows: Sequence[Mapping[str, Any]]
    first: int
    previous: str | None
    following: str | None

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def page_of(rows: QuerySet[Any, Any], order: Order, after: str = "", *, size: int = SIZE) -> Page:
    """The page of `rows` (a queryset of dicts that hold the fields of `order`) after a place.

    One query for the first page, two for others. Raises NoSuchPlace for an `after` that cannot be read.
    """
    ordered = rows.order_by(*_spelled(order))
    if not after:
        found = list(ordered[: size + 1])
        return Page(found[:size], 1, None, _place(found[:size], order) if len(found) > size else None)
    beyond = _beyond(order, _read(order, after))
    passed = rows.filter(~beyond)
    ahead = ordered.filter(beyond).annotate(side_=Value(1))[: size + 1]
    # The page before holds the last `size` rows passed; it starts after the row before these, if there is one.
    behind = passed.order_by(*_spelled(_reversed(order))).annotate(side_=Value(0))[: size + 1]
    both = _sorted(ahead.union(behind, all=True), order)
    found = [row for row in both if row["side_"]]
    back = [row for row in reversed(both) if not row["side_"]]
    return Page(
        rows=found[:size],
        first=passed.count() + 1,
        previous=None if not back else _place(back, order) if len(back) > size else "",
        following=_place(found[:size], order) if len(found) > size else None,
    )


def _sorted(rows: Iterable[Mapping[str, Any]], order: Order) -> list[Mapping[str, Any]]:
    """Put the few rows of two queries in order; by the last field first, because sorting keeps what was equal."""
    found = list(rows)
    for field in reversed(order):
        found.sort(key=itemgetter(field.name), reverse=field.descending)
    return found


def _spelled(order: Order) -> list[str]:
    return [f"-{field.name}" if field.descending else field.name for field in order]


def _reversed(order: Order) -> Order:
    return tuple(Field(field.name, field.read, not field.descending) for field in order)


def _place(rows: Sequence[Mapping[str, Any]], order: Order) -> str:
    """The place after the last of these rows."""
    return SEPARATOR.join(_written(rows[-1][field.name]) for field in order)


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(order: Order, after: str) -> list[Any]:
    texts = after.split(SEPARATOR)
    if len(texts) != len(order) or "\x00" in after:
        raise NoSuchPlace(after)
    try:
        return [field.read(text) for field, text in zip(order, texts, strict=True)]
    except ValueError as error:
        raise NoSuchPlace(after) from error


def _beyond(order: Order, values: Sequence[Any]) -> Q:
    """Rows after a place: later in the first field; or equal there and later in the second; and so on.

    The bound on the first field alone, said once more, is what an index can use.
    """
    later, equal = Q(), Q()
    for field, value in zip(order, values, strict=True):
        side = "lt" if field.descending else "gt"
        later |= equal & Q(**{f"{field.name}__{side}": value})
        equal &= Q(**{field.name: value})
    first = order[0]
    return Q(**{f"{first.name}__{'lte' if first.descending else 'gte'}": values[0]}) & later
