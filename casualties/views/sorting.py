"""Tables that are sorted by address: what may be asked, the rows in that order, the links of the headings."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from casualties.filters import FilterProblem, Selection
from casualties.views.addresses import with_query

Row = TypeVar("Row")
Value = Callable[[Row], Any]


def problems(sort: str, sorts: Collection[str]) -> list[FilterProblem]:
    """The problem of an order that does not exist; "-deaths" is "deaths", highest first."""
    if sort.removeprefix("-") in sorts and not sort.startswith("--"):
        return []
    allowed = tuple(f"{sign}{name}" for name in sorts for sign in ("", "-"))
    return [FilterProblem("sort", sort, _("is not one of the allowed values"), allowed)]


def ordered(rows: Sequence[Row], sort: str, sorts: Mapping[str, Value[Row]], *, by_name: Value[Row]) -> list[Row]:
    """Rows in the order asked for ("-deaths": highest first); equal ones by name, empty ones last."""
    value, down = sorts[sort.removeprefix("-")], sort.startswith("-")
    named = sorted(rows, key=by_name)
    known = [row for row in named if value(row) is not None]
    unknown = [row for row in named if value(row) is None]
    return [*sorted(known, key=value, reverse=down), *unknown]  # a sort in reverse keeps the order of equal rows


def columns(
    selection: Selection, sort: str, sorts: Collection[str], *, numbers: Collection[str], path: str
) -> dict[str, dict[str, str]]:
    """By column: the address that sorts by it (numbers highest first, the other way at the second click), aria-sort."""
    found = {}
    for name in sorts:
        first = f"-{name}" if name in numbers else name
        second = name if name in numbers else f"-{name}"
        target = second if sort == first else first
        query = "&".join(part for part in (f"sort={target}", selection.query_string) if part)
        found[name] = {
            "url": with_query(path, query),
            "aria": "" if sort.removeprefix("-") != name else "descending" if sort.startswith("-") else "ascending",
        }
    return found
