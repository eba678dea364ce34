"""The words that our own format understands, by column: what a word of another file may be made to mean."""

from collections.abc import Mapping

from django.db.models import TextChoices

from casualties.choices import AccidentType, Cause, Context, Gender, Means, Outcome, Personnel, Severity, word_of
from casualties.intake.cells import yes_or_no_from
from casualties.intake.names import Lookups, fold
from casualties.intake.own_rows import (
    ACCIDENT_TYPES,
    CAUSES,
    CONTEXTS,
    GENDERS,
    MEANS,
    OUTCOMES,
    PERSONNEL,
    SEVERITIES,
)
from peacekeeping.tables.cells import CellError, folded_word

WORDS: Mapping[str, Mapping[str, str]] = {
    "cause": CAUSES,
    "outcome": OUTCOMES,
    "personnel": PERSONNEL,
    "gender": GENDERS,
    "severity": SEVERITIES,
    "means": MEANS,
    "context": CONTEXTS,
    "accident_type": ACCIDENT_TYPES,
}
# Fields whose words can be given a meaning, one by one.
VOCABULARIES = ("mission", "cause", "outcome", "personnel", "nationality", "gender", "severity", "means", "context",
                "accident_type", "released")  # fmt: skip
# A blank cell is refused in these, so no word can be made to mean it.
NEEDED = ("mission", "cause", "outcome", "personnel", "released")
# The same for a whole file.
CONSTANTS = (*VOCABULARIES, "place")
UNDETERMINED = "undetermined"
CHOICES: Mapping[str, type[TextChoices]] = {
    "cause": Cause,
    "outcome": Outcome,
    "personnel": Personnel,
    "gender": Gender,
    "severity": Severity,
    "means": Means,
    "context": Context,
    "accident_type": AccidentType,
}


def meaning(field: str, text: str, lookups: Lookups) -> str:
    """The stored word, acronym or ISO3 code that our format reads `text` as, or "" when it does not understand it."""
    if field == "mission":
        mission = lookups.missions.get(fold(text))
        return mission.acronym if mission else ""
    if field == "nationality":
        if folded_word(text) == UNDETERMINED:
            return UNDETERMINED
        country = lookups.codes.get(text.strip().upper()) or lookups.countries.get(fold(text))
        return country.iso3 if country else ""
    if field == "released":
        return _yes_or_no(text)
    if field in WORDS:
        return WORDS[field].get(folded_word(text), "")
    return text


def _yes_or_no(text: str) -> str:
    """A blank cell is "no" to our format; as a word it says nothing."""
    try:
        return ("yes" if yes_or_no_from(text) else "no") if text else ""
    except CellError:
        return ""


def targets(field: str, lookups: Lookups) -> list[tuple[str, str]]:
    """What a word of a vocabulary may mean, as (stored word, label in English), in the order of the vocabulary."""
    if field == "mission":
        entries = {entry.acronym: entry.acronym for entry in lookups.missions.values()}
        return sorted(entries.items(), key=lambda pair: pair[0].casefold())
    if field == "nationality":
        countries = sorted((entry.name, iso3) for iso3, entry in lookups.codes.items())
        return [(UNDETERMINED, "Undetermined"), *((iso3, name) for name, iso3 in countries)]
    if field == "released":
        return [("yes", "yes"), ("no", "no")]
    return [(choice.value, word_of(choice)) for choice in CHOICES[field]]
