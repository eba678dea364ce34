"""A selection in words: chips, the line under a title, the subject of a sentence."""

from dataclasses import dataclass

from casualties.choices import Cause, Scope
from casualties.filters.parameters import OUTCOMES, PARAMETERS
from casualties.filters.selection import Selection

CAUSE_PEOPLE = {
    Cause.MALICIOUS_ACT: "killed by malicious acts",
    Cause.ACCIDENT: "killed by accidents",
    Cause.ILLNESS: "who died of illness",
    Cause.SELF_INFLICTED: "whose deaths are recorded as self-inflicted",
    Cause.TO_BE_DETERMINED: "whose cause of death is to be determined",
    Cause.UNKNOWN: "whose cause of death is unknown",
}


@dataclass(frozen=True)
class Chip:
    """One filter in words; `query_string` is the selection without it. A default cannot be taken away."""

    text: str
    query_string: str
    is_default: bool = False


def years_in_words(selection: Selection) -> str:
    """ "2013 to 2017", "2019", "since 2013", "to 2017"; blank without a period."""
    first = selection.one("from") or selection.one("date_from")
    last = selection.one("to") or selection.one("date_to")
    if first and last:
        return first if first == last else f"{first} to {last}"
    if first:
        return f"since {first}"
    return f"to {last}" if last else ""


def chips(selection: Selection) -> list[Chip]:
    """Every filter in words, each with the selection that remains without it, then the defaults that stand."""
    found: list[Chip] = []
    period = ("from", "to", "date_from", "date_to")
    if years_in_words(selection):
        rest = selection.change(**dict.fromkeys(period))
        found.append(Chip(f"Incidents of {years_in_words(selection)}", rest.query_string))
    for name, values in selection.values.items():
        if name in selection.fixed or name in period:
            continue
        if name == "known_at":
            rest = selection.change(known_at=None)
            found.append(Chip(f"As known at {values[0]}", rest.query_string))
            continue
        parameter = PARAMETERS[name]
        texts = parameter.choices(selection.basis) if parameter.choices else {}
        for value in values:
            rest = selection.change(**{name: [other for other in values if other != value]})
            found.append(Chip(_capital(texts.get(value, value)), rest.query_string))
    if "scope" not in selection.values:
        found.append(Chip(_capital(Scope.ALL.label), "", is_default=True))
    if "outcome" not in selection.values:
        found.append(Chip(OUTCOMES["fatality"], "", is_default=True))
    return found


def in_words(selection: Selection) -> str:
    """The whole selection in one line, for files and for the line under a title."""
    parts = [Scope(selection.scope).label, OUTCOMES[selection.outcome].lower()]
    for name, values in selection.values.items():
        parameter = PARAMETERS[name]
        if name in {"scope", "outcome", "from", "to", "date_from", "date_to", "known_at"}:
            continue
        texts = parameter.choices(selection.basis) if parameter.choices else {}
        parts.append(f"{parameter.label.lower()}: {', '.join(texts.get(value, value) for value in values)}")
    period = years_in_words(selection)
    parts.append(f"incidents of {period}" if period else "all years")
    if "known_at" in selection.values:
        parts.append(f"as known at {selection.one('known_at')}")
    return "; ".join(parts)


def people(selection: Selection, persons: int, number: str) -> str:
    """The subject of a sentence, with the number as it is to be written: "203 people killed by malicious acts"."""
    noun = "person" if persons == 1 else "people"
    if selection.outcome == "injury":
        return f"{number} {noun} injured"
    causes = selection.values.get("cause", ())
    if len(causes) == 1:
        manner = CAUSE_PEOPLE[Cause(causes[0])]
        return f"{number} {noun} {manner}"
    return f"{number} {noun} who died"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
