"""Reading a request: the selection of the pages, and the parameters that an address has of its own.

Nothing is ignored. A parameter that an address does not take, a value that is not allowed, a word given twice: each is
refused by name, with what would be allowed. So is a blank one, which the forms of the pages may send: in a program it
is a variable that nobody set, and the answer would be of everybody.
"""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request

from casualties.api.access import viewer
from casualties.api.formats import PARAMETER as FORMAT
from casualties.api.problems import Refused
from casualties.counts import NotAvailable
from casualties.exports.files import NO_DATA
from casualties.filters import (
    PARAMETERS,
    SWITCH,
    Basis,
    FilterProblem,
    ProblemKind,
    Selection,
    load_basis,
    one_word,
    select,
    strict_day,
)

BLANK = "is blank; leave it out where nothing is meant"


def basis_of(request: Request) -> Basis:
    """What the answer rests on, read once: all of it is of one version of the data."""
    if not hasattr(request, "basis"):
        request.basis = load_basis()  # type: ignore[attr-defined]
    return request.basis  # type: ignore[attr-defined,no-any-return]


class Asked:
    """The parameters of one request, and what was found wrong with them."""

    def __init__(
        self,
        request: Request,
        *,
        own: Collection[str] = (),
        filters: Collection[str] = tuple(PARAMETERS),
        selected: str | None = None,
    ) -> None:
        """`filters`: those of the pages that this address takes. `selected`: a query string in place of the request's.

        `own`: its other parameters; format is always one of them.
        """
        self.request = request
        own = {*own, FORMAT}
        given = request.query_params if selected is None else selected
        self.selection = select(given, viewer(request), own=own, basis=basis_of(request))
        self.problems: list[FilterProblem] = [
            self._unknown(problem, filters, own) if problem.kind == ProblemKind.UNKNOWN_NAME else problem
            for problem in self.selection.problems
        ]
        for name, values in self.selection.values.items():
            if name not in filters and selected is None:
                shown = ", ".join(values)
                self.problems.append(self._unknown(FilterProblem(name, shown, ""), filters, own))
        refused = {problem.parameter for problem in self.problems}
        for name, texts in request.query_params.lists():
            if name not in refused and not all(text.strip() for text in texts):
                self.refuse(name, "", _(BLANK))

    def settle(self) -> Selection:
        """The selection, once everything was read. Raises Refused with all problems, NotAvailable without data."""
        if self.problems:
            raise Refused(*self.problems)
        if self.selection.release is None:
            raise NotAvailable(NO_DATA)
        return self.selection

    def words(self, name: str, allowed: Collection[str] | None = None) -> list[str]:
        """The words of a parameter, separated by commas or given again and again; each once."""
        values = self.request.query_params.getlist(name)
        found = [word.strip() for value in values for word in value.split(",")]
        words = list(dict.fromkeys(word for word in found if word))
        if not all(found) and all(value.strip() for value in values):
            self.refuse(name, ", ".join(values), _("has a blank between its commas"), allowed or ())
        for word in words:
            if allowed is not None and word not in allowed:
                self.refuse(name, word, _("is not one of the allowed values"), allowed)
        return words

    def word(self, name: str, allowed: Collection[str] | None = None) -> str:
        """The one value of a parameter, "" when none is given."""
        return one_word(self.request.query_params, name, tuple(allowed or ()), self.problems)

    def switch(self, name: str) -> bool:
        """Whether a parameter says 1."""
        return self.word(name, SWITCH) == "1"

    def day(self, name: str, *, days: Sequence[date] = ()) -> date | None:
        """A day that is not in the future; one of `days` at the earliest and at the latest, where they are given."""
        value = self.word(name)
        if not value:
            return None
        try:
            day = strict_day(value)
        except ValueError:
            self.refuse(name, value, _("is not a day written as YYYY-MM-DD"))
            return None
        if days and day < days[0]:
            self.refuse(name, value, _("lies before %(day)s, the first release") % {"day": days[0].isoformat()})
        elif days and day > days[-1]:
            self.refuse(name, value, _("lies after %(day)s, the newest release") % {"day": days[-1].isoformat()})
        elif day > timezone.localdate():
            self.refuse(name, value, _("lies in the future"))
        else:
            return day
        return None

    def refuse(self, name: str, value: str, reason: str, allowed: Collection[str] = ()) -> None:
        """Keep a problem; settle() raises all of them at once."""
        self.problems.append(FilterProblem(name, value, reason, tuple(allowed)))

    @staticmethod
    def _unknown(problem: FilterProblem, filters: Collection[str], own: Collection[str]) -> FilterProblem:
        allowed = (*(name for name in PARAMETERS if name in filters), *sorted(own))
        return FilterProblem(problem.parameter, problem.value, _("is not a parameter of this address"), allowed)
