"""The values of dimensions: which there are for a selection, in which order, and what they are called."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from casualties.choices import UNIFORMED, Scope
from casualties.filters import NOT_RECORDED, PARAMETERS, Selection
from casualties.frames import FAMILY, MONTH, PERSONNEL, REGION, YEAR

MONTHS = range(1, 13)
MONTH_NOT_RECORDED = 0
_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def dimension_word(dimension: str) -> str:
    """The heading of a column of values: "Mission"."""
    own = {YEAR: _("Year"), MONTH: _("Month")}
    return own[dimension] if dimension in own else PARAMETERS[dimension].label


def value_word(dimension: str, value: object, selection: Selection) -> str:
    """A value as it is shown: "MINUSMA", "Malicious act", "2019", "March"."""
    if dimension == YEAR:
        return str(value)
    if dimension == MONTH:
        return _("Month not recorded") if value == MONTH_NOT_RECORDED else _(_MONTH_NAMES[int(str(value)) - 1])
    if dimension == REGION and value == NOT_RECORDED:
        return _("Region not recorded")
    choices = PARAMETERS[dimension].choices
    texts = choices(selection.basis) if choices else {}
    if dimension == FAMILY:  # a mission without a family stands for itself
        return f"{value} ({texts[str(value)]})" if value in texts else str(value)
    return str(texts.get(str(value), value))


def closed_list(dimension: str, selection: Selection) -> list[str]:
    """Every word of a vocabulary that the selection leaves: also those that nobody has, whose figure is a counted 0."""
    choices = PARAMETERS[dimension].choices
    words = list(choices(selection.basis)) if choices else []
    chosen = selection.values.get(dimension)
    if dimension == PERSONNEL and selection.scope in {Scope.UNIFORMED, Scope.UNIFORMED_PKO}:
        words = [word for word in words if word in set(UNIFORMED)]
    return [word for word in words if chosen is None or word in chosen]


def in_order(dimension: str, found: Sequence[str], selection: Selection) -> list[str]:
    """Values that occur, in the order of their list (missions and countries by name); others after them."""
    places = {word: place for place, word in enumerate(closed_list(dimension, selection))}
    return sorted(set(found), key=lambda word: (places.get(word, len(places)), word))
