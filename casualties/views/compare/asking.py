"""What an address of /compare/ asks: by what, which ones, and under which filters."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.filters import PARAMETERS, PERIOD, Basis, FilterProblem, Selection, given_words, one_word
from casualties.views.selecting import selection_of

LEAST, MOST = 2, 6
OWN = ("by", "item")
# What is compared -> the filters that say the same, which an item says instead.
SAID_BY_ITEMS: Mapping[str, Sequence[str]] = {
    "mission": ("mission", "family"),
    "contributor": ("nationality",),
    "period": PERIOD,
}
EXAMPLES = {
    "mission": "item=MINUSMA&item=UNAMID",
    "contributor": "item=BGD&item=IND",
    "period": "item=1992-1996&item=2013-2017",
}
WRITTEN_YEARS = re.compile(r"([0-9]{4})(?:[-–]([0-9]{4}|[0-9]{2}))?")


@dataclass(frozen=True)
class Item:
    """One of what is compared: the word of the address, its name, and the selection of its people."""

    word: str
    name: str
    selection: Selection


@dataclass(frozen=True)
class Asked:
    """`selection` are the filters that all items share. With problems there are no items."""

    by: str
    words: tuple[str, ...]
    selection: Selection
    items: tuple[Item, ...]
    problems: tuple[FilterProblem, ...]

    @property
    def query_string(self) -> str:
        """The whole comparison as it stands in an address."""
        own = [("by", self.by), *(("item", word) for word in self.words)]
        return "&".join(part for part in (urlencode(own), self.selection.query_string) if part)


def asked_of(request: HttpRequest, *also: str) -> Asked:
    """Check what is asked; no figure where anything is wrong. One item alone is no problem yet, and no comparison."""
    selection = selection_of(request, own=(*OWN, *also), several=OWN)
    problems = list(selection.problems)
    by = one_word(request.GET, "by", tuple(SAID_BY_ITEMS), problems) or "mission"
    words = tuple(given_words(request.GET, "item"))
    if len(words) > MOST:
        problems.append(FilterProblem("item", ", ".join(words), _("has more than %(n)s values") % {"n": MOST}))
    problems += [
        FilterProblem(name, selection.values[name][0], _instead(by), _filters_beside(by))
        for name in SAID_BY_ITEMS[by]
        if name in selection.values
    ]
    if selection.outcome == "all":
        reason = _("cannot be compared: deaths and injuries are never added")
        problems.append(FilterProblem("outcome", "all", reason, ("fatality", "injury")))
    if problems:
        return Asked(by, words, selection, (), tuple(problems))
    items = []
    for word in words:
        found = _item(by, word, selection)
        if isinstance(found, FilterProblem):
            problems.append(found)
        else:
            items.append(found)
    if len({item.word for item in items}) < len(items):
        problems.append(FilterProblem("item", ", ".join(words), _("names the same twice")))
    if problems:
        return Asked(by, words, selection, (), tuple(problems))
    return Asked(by, tuple(item.word for item in items), selection, tuple(items), ())


def _instead(by: str) -> str:
    """What to write in the place of a filter that says the same as the items."""
    reason = _("is not a filter of a comparison by %(by)s: what is compared is given as item, for example %(example)s")
    return reason % {"by": by, "example": EXAMPLES[by]}


def _filters_beside(by: str) -> tuple[str, ...]:
    return tuple(name for name in PARAMETERS if name not in SAID_BY_ITEMS[by])


def _item(by: str, word: str, selection: Selection) -> Item | FilterProblem:
    if by == "period":
        return _period(word, selection)
    basis = selection.basis
    if by == "mission":
        name = basis.mission_aliases.get(word, word)
        if name not in basis.missions:
            return FilterProblem("item", word, _("is not a mission in this data"), tuple(basis.missions))
        own = selection.change(mission=name)
        if not own.mission_ids:
            return FilterProblem("item", word, _("is excluded by the filters of this comparison"))
        return Item(name, name, own)
    if word not in basis.countries:
        return FilterProblem("item", word, _("is not the code of a country in this data"), tuple(basis.countries))
    return Item(word, basis.countries[word], selection.change(nationality=word))


def _period(word: str, selection: Selection) -> Item | FilterProblem:
    """A year (2017) or years from and to (2013-2017, 2013-17)."""
    found = WRITTEN_YEARS.fullmatch(word)
    if not found:
        return FilterProblem("item", word, _("is not a period written as 2013-2017 or 2017"))
    first, last = found[1], found[2] or found[1]
    if len(last) == 2:
        last = f"{first[:2]}{last}"
    own = selection.change(**{"from": first, "to": last})
    if own.problems:
        return FilterProblem("item", word, own.problems[0].reason)
    return Item(f"{first}-{last}" if first != last else first, wording.years(int(first), int(last)), own)


def choices(by: str, basis: Basis) -> Mapping[str, str] | None:
    """What an item can be, with its words; None for periods, which are written."""
    if by == "period":
        return None
    names = PARAMETERS["mission"].choices if by == "mission" else None
    return names(basis) if names else basis.countries
