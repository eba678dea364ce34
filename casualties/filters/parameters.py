"""The parameters of a selection: their names, their values, and how a value is said in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from casualties.choices import AccidentType, Cause, Context, Gender, Means, Personnel, Scope, Severity
from casualties.filters.vocabulary import Basis
from missions.models import Mission

NOT_RECORDED = "not-recorded"
UNDETERMINED = "undetermined"
NOT_STATED = "not-stated"
# What is said of an incident and not of a person, by the only cause of which it is said.
OF_INCIDENT = {"means": Cause.MALICIOUS_ACT, "context": Cause.MALICIOUS_ACT, "accident_type": Cause.ACCIDENT}
FIRST_YEAR = 1945  # the United Nations did not exist before
OUTCOMES = {"fatality": "Deaths", "injury": "Injuries", "all": "Deaths and injuries, apart"}


@dataclass(frozen=True)
class Parameter:
    """`choices` gives the allowed values with their words; years and days have none."""

    name: str
    label: str
    kind: Literal["word", "year", "day"]
    repeats: bool = False
    choices: Callable[[Basis], Mapping[str, str]] | None = None


def _missions(basis: Basis) -> Mapping[str, str]:
    return {acronym: acronym for acronym in basis.missions}


def _families(basis: Basis) -> Mapping[str, str]:
    return {name: ", ".join(members) for name, members in basis.families.items()}


def _nationalities(basis: Basis) -> Mapping[str, str]:
    return {**basis.countries, NOT_RECORDED: "Nationality not recorded", UNDETERMINED: "Nationality undetermined"}


PARAMETERS: Mapping[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Parameter("mission", "Mission", "word", True, _missions),
        Parameter("family", "Mission family", "word", True, _families),
        Parameter("kind", "Kind of mission", "word", True, lambda basis: dict(Mission.Kind.choices)),
        Parameter("region", "Region", "word", True, lambda basis: {region: region for region in basis.regions}),
        Parameter("cause", "Cause", "word", True, lambda basis: dict(Cause.choices)),
        Parameter("from", "From year", "year"),
        Parameter("to", "To year", "year"),
        Parameter("date_from", "From day", "day"),
        Parameter("date_to", "To day", "day"),
        Parameter("outcome", "Outcome", "word", False, lambda basis: OUTCOMES),
        Parameter("personnel", "Personnel", "word", True, lambda basis: dict(Personnel.choices)),
        Parameter("nationality", "Nationality", "word", True, _nationalities),
        Parameter(
            "gender",
            "Gender",
            "word",
            True,
            lambda basis: {**dict(Gender.choices), NOT_RECORDED: "Gender not recorded"},
        ),
        *(
            Parameter(name, label, "word", True, lambda basis, words=words: words)  # type: ignore[misc]
            for name, label, words in (
                ("means", "Means", {**dict(Means.choices), NOT_RECORDED: "Means not recorded"}),
                ("context", "Context", {**dict(Context.choices), NOT_RECORDED: "Context not recorded"}),
                (
                    "accident_type",
                    "Type of accident",
                    {**dict(AccidentType.choices), NOT_RECORDED: "Type not recorded"},
                ),
            )
        ),
        Parameter(
            "severity",
            "Severity",
            "word",
            True,
            lambda basis: {**dict(Severity.choices), NOT_STATED: "Severity not stated"},
        ),
        Parameter("scope", "Scope", "word", False, lambda basis: dict(Scope.choices)),
        Parameter("known_at", "As known at", "day"),
    )
}
