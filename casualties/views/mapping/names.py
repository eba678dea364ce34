"""What our fields are called and hold, for the page on which columns are mapped."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casualties.intake.mapping.vocabulary import CHOICES

LABELS: Mapping[str, Promise] = {
    "reference": _("Reference"),
    "incident": _("Name of the incident"),
    "mission": _("Mission"),
    "date": _("Date of the incident"),
    "cause": _("Cause"),
    "outcome": _("Outcome"),
    "personnel": _("Personnel"),
    "nationality": _("Nationality"),
    "other_nationalities": _("Other nationality labels"),
    "gender": _("Gender"),
    "persons": _("People"),
    "severity": _("Severity"),
    "died_on": _("Day of death"),
    "released": _("Released"),
    "means": _("Means"),
    "context": _("Context"),
    "accident_type": _("Accident type"),
    "place": _("Place"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "summary": _("What happened"),
    "last_update": _("Release date"),
}
HOLDS: Mapping[str, Promise] = {
    "reference": _("Number of the person; not beside columns that count people"),
    "incident": _("Number of the incident; a text before it keeps it apart from others"),
    "mission": _("Acronym; countries can be made to mean missions"),
    "date": _("One column, or year, month and day; without a day or month that much is known"),
    "cause": _("Often the same for a whole file"),
    "outcome": _("Death or injury; not beside columns that count people"),
    "personnel": _("May also be said of each column that counts people"),
    "nationality": _("ISO code or name; blank is not recorded"),
    "other_nationalities": _("Further labels of one person, separated by ;"),
    "gender": _("Blank is not recorded"),
    "persons": _("How many people the row counts; not beside columns that count people"),
    "severity": _("Of an injury"),
    "died_on": _("Of somebody who died of wounds later"),
    "released": _("Without it everybody is released"),
    "means": _("Of a malicious act"),
    "context": _("Of a malicious act"),
    "accident_type": _("Of an accident"),
    "place": _("Name of the place"),
    "latitude": _("Decimal degrees with a point"),
    "longitude": _("Decimal degrees with a point"),
    "summary": _("A text"),
    "last_update": _("The same in every row; else it is given below"),
}
ORDERS: Mapping[str, Promise] = {
    "iso": _("2019-03-17"),
    "dmy": _("17/03/2019, 17 March 2019"),
    "mdy": _("03/17/2019, March 17, 2019"),
}
YES_OR_NO = {"yes": _("Yes"), "no": _("No")}


def words_of(field: str) -> list[tuple[str, str]]:
    """The words of a short vocabulary as (stored word, label in the reader's language); none of missions, countries."""
    if field == "released":
        return [(word, str(label)) for word, label in YES_OR_NO.items()]
    return [(choice.value, str(choice.label)) for choice in CHOICES[field]] if field in CHOICES else []


def label_of(field: str, word: str) -> str:
    """A stored word as the reader's language has it; acronyms and codes are themselves."""
    return dict(words_of(field)).get(word, word)
