"""Lists in numbered pages (?page=): the page that an address asks for, or what is wrong with its number."""

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from casualties.filters import FilterProblem, Parameters, first_word

M = TypeVar("M", bound=Model)


def numbered_page(
    rows: "QuerySet[M, Any]", size: int, given: Parameters, problems: list[FilterProblem]
) -> "Page[M] | None":
    """The page asked for, the first without a number; None where that, or anything else of the address, is wrong."""
    pages, value = Paginator(rows, size), first_word(given, "page") or "1"
    if not (value.isascii() and value.isdecimal() and len(value) < 10 and int(value)):
        problems.append(FilterProblem("page", value, _("is not the number of a page")))
    if problems:
        return None
    if int(value) > pages.num_pages:
        reason = _("is not a page of this list, which has %(n)s") % {"n": pages.num_pages}
        problems.append(FilterProblem("page", value, reason))
        return None
    return pages.page(int(value))
