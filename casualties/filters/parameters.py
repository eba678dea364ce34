"""The parameters of a selection: their names, their values, and how a value is said in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from casualties.choices import AccidentType, Cause, Context, Gender, Means, Personnel, Scope, Severity
from casualties.filters.vocabulary import Basis
from missions.models import Mission

NOT_RECORDED = "not-recorded"
UNDETERMINED = "undetermined"
NOT_STATED = "not-stated"
# What is said of an incident and not of a person, by the only cause of which it is said.
OF_INCIDENT = {"means": Cause.MALICIOUS_ACT, "context": Cause.MALICIOUS_ACT, "accident_type": Cause.ACCIDENT}
TEXT_SEARCH = "q"
PERIOD = ("from", "to", "date_from", "date_to")
FIRST_YEAR = 1945  # the United Nations did not exist before
OUTCOMES = {"fatality": _("Deaths"), "injury": _("Injuries"), "all": _("Deaths and injuries, apart")}


def said(words: type[TextChoices]) -> dict[str, str]:
    """The values of a vocabulary with their words, in the language of the page."""
    return dict(_said(words, get_language()))


@cache
def _said(words: type[TextChoices], language: str | None) -> dict[str, str]:
    """Found once for a language: a page with hundreds of addresses asks as often what a parameter may say."""
    return {str(value): str(label) for value, label in words.choices}


@dataclass(frozen=True)
class Parameter:
    """`choices` gives the allowed values with their words; years, days and texts have none."""

    name: str
    title: Promise
    kind: Literal["word", "year", "day", "text"]
    repeats: bool = False
    choices: Callable[[Basis], Mapping[str, str]] | None = None

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        return str(self.title)


def _missions(basis: Basis) -> Mapping[str, str]:
    return {acronym: acronym for acronym in basis.missions}


def _families(basis: Basis) -> Mapping[str, str]:
    return {name: ", ".join(members) for name, members in basis.families.items()}


def _nationalities(basis: Basis) -> Mapping[str, str]:
    return {**basis.countries, **_no_country(get_language())}


@cache
def _no_country(language: str | None) -> dict[str, str]:
    return {NOT_RECORDED: str(_("Nationality not recorded")), UNDETERMINED: str(_("Nationality undetermined"))}


@cache
def _outcomes(language: str | None) -> dict[str, str]:
    return {value: str(words) for value, words in OUTCOMES.items()}


PARAMETERS: Mapping[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Parameter("mission", _("Mission"), "word", True, _missions),
        Parameter("family", _("Mission family"), "word", True, _families),
        Parameter("kind", _("Kind of mission"), "word", True, lambda basis: said(Mission.Kind)),
        Parameter(
            "region", _("Region"), "word", True, lambda basis: {region: gettext(region) for region in basis.regions}
        ),
        Parameter("cause", _("Cause"), "word", True, lambda basis: said(Cause)),
        Parameter("from", _("From year"), "year"),
        Parameter("to", _("To year"), "year"),
        Parameter("date_from", _("From day"), "day"),
        Parameter("date_to", _("To day"), "day"),
        Parameter(
            "outcome",
            _("Outcome"),
            "word",
            False,
            lambda basis: dict(_outcomes(get_language())),
        ),
        Parameter("personnel", _("Personnel"), "word", True, lambda basis: said(Personnel)),
        Parameter("nationality", _("Nationality"), "word", True, _nationalities),
        Parameter(
            "gender",
            _("Gender"),
            "word",
            True,
            lambda basis: {**said(Gender), NOT_RECORDED: str(_("Gender not recorded"))},
        ),
        *(
            Parameter(
                name,
                label,
                "word",
                True,
                lambda basis, words=words, none=none: {  # type: ignore[misc]
                    **said(words),
                    NOT_RECORDED: str(none),
                },
            )
            for name, label, words, none in (
                ("means", _("Means"), Means, _("Means not recorded")),
                ("context", _("Context"), Context, _("Context not recorded")),
                ("accident_type", _("Type of accident"), AccidentType, _("Type not recorded")),
            )
        ),
        Parameter(
            "severity",
            _("Severity"),
            "word",
            True,
            lambda basis: {**said(Severity), NOT_STATED: str(_("Severity not stated"))},
        ),
        Parameter(TEXT_SEARCH, _("Text in place or summary"), "text"),
        Parameter("scope", _("Scope"), "word", False, lambda basis: said(Scope)),
        Parameter("known_at", _("As known at"), "day"),
    )
}
