"""Parameters that an address has beside its selection: what is given, and the one word of those that are said once."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from casualties.filters.problems import FilterProblem

SWITCH = ("1", "0")


class Parameters(Protocol):
    """A QueryDict, as far as it is read here."""

    def __iter__(self) -> Iterator[str]: ...

    def getlist(self, name: str) -> Sequence[str]: ...


def given_words(given: Parameters, name: str) -> list[str]:
    """The values of a parameter in their order, without blanks and doubles."""
    return list(dict.fromkeys(value.strip() for value in given.getlist(name) if value.strip()))


def first_word(given: Parameters, name: str) -> str:
    """The first value that is not blank, "" where there is none; several are refused by the request's selection."""
    return next(iter(given_words(given, name)), "")


def allowed_word(given: Parameters, name: str, allowed: Sequence[str], problems: list[FilterProblem]) -> str:
    """The first value of a parameter, "" where there is none; several are refused by the request's selection.

    Of one that is not allowed a problem goes to `problems`, and the value is "" too.
    """
    word = first_word(given, name)
    if not word or word in allowed:
        return word
    problems.append(FilterProblem(name, word, _("is not one of the allowed values"), tuple(allowed)))
    return ""


def one_word(given: Parameters, name: str, allowed: Sequence[str], problems: list[FilterProblem]) -> str:
    """The one value of a parameter, "" where there is none; `allowed` empty: any value is.

    Of several values, and of one that is not allowed, a problem goes to `problems`, and the value is "" too.
    """
    words = given_words(given, name)
    if len(words) > 1:
        problems.append(FilterProblem(name, ", ".join(words), _("may be given once only"), tuple(allowed)))
        return ""
    return allowed_word(given, name, allowed or words, problems)


def said_twice(given: Parameters, *, several: Collection[str] = ()) -> list[FilterProblem]:
    """A problem for each parameter of a form that has several values and is none of `several`."""
    problems: list[FilterProblem] = []
    for name in given:
        if name not in several:
            one_word(given, name, (), problems)
    return problems
