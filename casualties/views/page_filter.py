"""The small filter of a page: fields for its commonest parameters, chips for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casualties.filters import OUTCOMES, PARAMETERS, Selection, chips
from casualties.views.addresses import own_first, with_query

FIELDS = ("cause", "from", "to", "personnel", "scope")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field: a choice (several when several values stand) or, where `choices` are None, a year."""

    name: str
    label: str
    choices: tuple[tuple[str, str, bool], ...] | None = None
    value: str = ""
    several: bool = False


def filter_form(
    selection: Selection, path: str, *, names: Sequence[str] = FIELDS, own: Mapping[str, str] | None = None
) -> dict[str, object]:
    """Fields, hidden values of the other parameters (a form sends only what it holds), chips, the way back.

    `path` is the page's address without a query, `own` what it takes beside a selection and keeps (its sort).
    """
    own = own or {}
    shown = chips(selection)
    return {
        "fields": [_field(selection, name) for name in names if name not in selection.fixed],
        "hidden": [
            *own.items(),
            *(
                (name, value)
                for name, values in selection.values.items()
                if name not in names and name not in selection.fixed
                for value in values
            ),
        ],
        "chips": [
            {"words": chip.text, "remove_url": with_query(path, own_first(own, chip.query_string))}
            for chip in shown
            if not chip.is_default
        ],
        # The default scope is no chip here: the address says the mission, the scope bar who is counted.
        "defaults": [
            chip.text for chip in shown if chip.is_default and chip.text in {str(words) for words in OUTCOMES.values()}
        ],
        "action": path,
        "clear_url": with_query(path, own_first(own, "")),
    }


def _field(selection: Selection, name: str) -> Field:
    parameter = PARAMETERS[name]
    chosen: Sequence[str] = selection.values.get(name, ())
    if parameter.choices is None:
        return Field(name=name, label=parameter.label, value=chosen[0] if chosen else "")
    options = tuple((value, words, value in chosen) for value, words in parameter.choices(selection.basis).items())
    return Field(name=name, label=parameter.label, choices=options, several=len(chosen) > 1)
