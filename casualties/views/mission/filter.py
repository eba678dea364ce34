"""The small filter of a mission's page: fields for its commonest parameters, chips for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from casualties.filters import OUTCOMES, PARAMETERS, Selection, chips
from casualties.views.addresses import mission_url

FIELDS = ("cause", "from", "to", "personnel", "scope")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field: a choice (several when several values stand) or, without `choices`, a year."""

    name: str
    label: str
    choices: tuple[tuple[str, str, bool], ...] = ()
    value: str = ""
    several: bool = False


def filter_form(selection: Selection, acronym: str) -> dict[str, object]:
    """Fields, hidden values of the other parameters (a form sends only what it holds), chips, the way back."""
    shown = chips(selection)
    return {
        "fields": [_field(selection, name) for name in FIELDS],
        "hidden": [
            (name, value)
            for name, values in selection.values.items()
            if name not in FIELDS and name not in selection.fixed
            for value in values
        ],
        "chips": [
            {"words": chip.text, "remove_url": mission_url(acronym, chip.query_string)}
            for chip in shown
            if not chip.is_default
        ],
        # The default scope is no chip here: the address says the mission, the scope bar who is counted.
        "defaults": [chip.text for chip in shown if chip.is_default and chip.text in OUTCOMES.values()],
        "action": mission_url(acronym),
    }


def _field(selection: Selection, name: str) -> Field:
    parameter = PARAMETERS[name]
    chosen: Sequence[str] = selection.values.get(name, ())
    if parameter.choices is None:
        return Field(name=name, label=parameter.label, value=chosen[0] if chosen else "")
    options = tuple((value, words, value in chosen) for value, words in parameter.choices(selection.basis).items())
    return Field(name=name, label=parameter.label, choices=options, several=len(chosen) > 1)
