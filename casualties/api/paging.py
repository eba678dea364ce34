"""Pages of a list by the place where one ends (keyset): a deep page costs what the first one costs.

The cursor says that place, the list it is of, and the state of the data it was made from. A cursor of another list or
selection is refused; once the data have changed, all of them are, since rows of two states would make a list that never
was. JSON always comes in pages; CSV comes whole unless a page is asked for, because a reader of files does not look for
a next page, and a list that was cut silently is a wrong one.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import orjson
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request

from casualties.api.access import viewer
from casualties.api.asking import Asked
from casualties.api.problems import Moved

OWN = ("cursor", "page_size")
USUAL, MOST = 100, 1_000
SEPARATE = {*OWN, "format"}  # these do not change which rows a list has

Reader = Callable[[Any], Any]


@dataclass(frozen=True)
class Paging:
    """`size` rows after `place` (None: from the start). `whole`: all rows, for a file."""

    request: Request
    size: int
    place: list[Any] | None
    state: str
    whole: bool = False

    def following(self, place: Sequence[Any]) -> str:
        """The address of the page that begins after a place."""
        cursor = _written([_list_of(self.request), self.state, [_plain(value) for value in place]])
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")


def paging(asked: Asked, state: str, *, reads: Sequence[Reader]) -> Paging:
    """Read `cursor` and `page_size`; what is wrong goes to the problems. Raises Moved for a cursor of older data.

    `state`: what the rows rest on. `reads`: one for each part of a place, ValueError or TypeError for what it is not.
    """
    request = asked.request
    size, cursor = _size(asked), asked.word("cursor")
    place: list[Any] | None = None
    if cursor and not asked.problems:
        try:
            of_list, of_state, parts = _read(cursor)
            place = [read(part) for read, part in zip(reads, parts, strict=True)]
        except (ValueError, TypeError):
            asked.refuse("cursor", cursor, _("is not a cursor that this address gave out"))
            return Paging(request, size, None, state)
        if of_list != _list_of(request):
            asked.refuse("cursor", cursor, _("belongs to another selection or another list"))
        elif of_state != state:
            raise Moved(_("The data changed since the first page was given out; begin again without cursor."))
    whole = request.accepted_renderer.format == "csv" and not set(OWN) & set(request.query_params)
    return Paging(request, size, place, state, whole)


def day_part(value: Any) -> date:
    """Part of a place: a day."""
    return date.fromisoformat(value)


def whole_part(value: Any) -> int:
    """Part of a place: a whole number that fits the database."""
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError(value)
    return value


def text_part(value: Any) -> str:
    """Part of a place: a text."""
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError(value)
    return value


def page_of_rows(rows: QuerySet[Any, Any], order: tuple[str, str], page: Paging) -> tuple[list[Any], str]:
    """One page of rows that are sorted by two fields, both descending, which stand last in each row; and the next."""
    first, second = order
    if page.place is not None:
        one, two = page.place
        later = Q(**{f"{first}__lt": one}) | Q(**{first: one, f"{second}__lt": two})
        rows = rows.filter(Q(**{f"{first}__lte": one}) & later)  # the plain bound is what an index can use
    found = list(rows[: page.size + 1])
    following = page.following(found[page.size - 1][-2:]) if len(found) > page.size else ""
    return [row[:-2] for row in found[: page.size]], following


def page_of_list(rows: Sequence[Any], page: Paging) -> tuple[Sequence[Any], str]:
    """One page of a short list that is always in the same order; its place is a number. Whole lists are one page."""
    if page.whole:
        return rows, ""
    start = page.place[0] if page.place else 0
    end = start + page.size
    return rows[start:end], page.following([end]) if end < len(rows) else ""


def _size(asked: Asked) -> int:
    value = asked.word("page_size")
    if not value:
        return USUAL
    if not (value.isascii() and value.isdecimal() and len(value) < 9 and 1 <= int(value) <= MOST):
        asked.refuse("page_size", value, _("is not a whole number from 1 to %(most)s") % {"most": MOST})
        return USUAL
    return int(value)


def _list_of(request: Request) -> str:
    """What a list is: its address, its selection, who may see what of it."""
    query = sorted((name, sorted(values)) for name, values in request.query_params.lists() if name not in SEPARATE)
    return sha256(repr((request.path, query, viewer(request).cache_key)).encode()).hexdigest()[:16]


def _written(said: list[Any]) -> str:
    return urlsafe_b64encode(orjson.dumps(said)).decode().rstrip("=")


def _read(cursor: str) -> tuple[Any, Any, list[Any]]:
    """The parts of a cursor. ValueError for anything else."""
    said = orjson.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
    if not isinstance(said, list) or len(said) != 3 or not isinstance(said[2], list):
        raise ValueError(cursor)
    return said[0], said[1], said[2]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
