"""The filter form of the incident explorer: it works without script and keeps every filter of its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from casualties.choices import Scope
from casualties.filters import (
    NOT_AVAILABLE,
    OUTCOMES,
    PARAMETERS,
    TEXT_SEARCH,
    Basis,
    FilterProblem,
    Parameter,
    given_words,
)
from casualties.filters.parameters import FIRST_YEAR
from casualties.filters.texts import LONGEST
from casualties.templatetags.options import Option

SHOWN = ("mission", "cause", "from", "to", "scope", "personnel", "nationality", "outcome")
FURTHER = (
    "family",
    "kind",
    "region",
    "gender",
    "means",
    "context",
    "accident_type",
    "severity",
    "date_from",
    "date_to",
    "known_at",
)
EVERYTHING = {
    "mission": noop("All missions"),
    "cause": noop("All causes"),
    "personnel": noop("All personnel"),
    "nationality": noop("All nationalities"),
    "family": noop("All families"),
    "kind": noop("All kinds"),
    "region": noop("All regions"),
    "gender": noop("All"),
    "means": noop("All"),
    "context": noop("All"),
    "accident_type": noop("All"),
    "severity": noop("All"),
}


@dataclass(frozen=True, kw_only=True)
class FormField:
    """A field with what the address says in it, right or wrong.

    A select can show one value; further ones stand in `kept` and go along, and are taken away by their chips.
    """

    name: str
    label: str
    kind: str
    value: str = ""
    options: Sequence[Option] = ()
    kept: Sequence[str] = ()
    error: str = ""
    hint: str = ""
    smallest: str = ""
    largest: str = ""
    longest: int = 0

    @property
    def id(self) -> str:
        """The id of the element, which the note about a wrong value points to."""
        return f"filter-{self.name}"


@dataclass(frozen=True)
class FilterForm:
    """`shown` are the fields in sight, `further` those in the fold, open where one of them is used."""

    shown: Mapping[str, FormField]
    further: Sequence[FormField]

    @property
    def is_open(self) -> bool:
        return any(field.value or field.kept or field.error for field in self.further)

    @property
    def keeps_several(self) -> bool:
        """Whether a field keeps several values: then the form is sent as a whole page, which writes them anew."""
        return any(field.kept for field in (*self.shown.values(), *self.further))


def filter_form(
    given: QueryDict, problems: Sequence[FilterProblem], basis: Basis, *, searches: bool = False
) -> FilterForm:
    """The form for what an address says; `problems` mark their fields. `searches`: with the field of the text."""
    errors: dict[str, str] = {}
    for problem in problems:
        said = f"“{problem.value}” {problem.reason}" if problem.value else problem.reason
        errors.setdefault(problem.parameter, said)
    shown = (*SHOWN, TEXT_SEARCH) if searches else SHOWN
    fields = {name: _field(PARAMETERS[name], given, errors.get(name, ""), basis) for name in (*shown, *FURTHER)}
    return FilterForm({name: fields[name] for name in shown}, [fields[name] for name in FURTHER])


def _field(parameter: Parameter, given: QueryDict, error: str, basis: Basis) -> FormField:
    values = given_words(given, parameter.name)
    named = partial(FormField, name=parameter.name, label=parameter.label, error=error)
    if parameter.kind == "word":
        several = len(values) > 1 and parameter.repeats
        return named(
            kind="choice",
            value="" if several or not values else values[-1],
            options=_options(parameter, values, basis, several=several),
            kept=values if several else (),
        )
    value = values[-1] if values else ""
    if parameter.kind == "text":
        return named(kind="search", value=value, hint=_not_of_annual_counts(basis), longest=LONGEST)
    smallest, largest = _bounds(parameter, basis)
    if parameter.kind == "year":
        return named(kind="number", value=value, smallest=smallest, largest=largest)
    hint = "" if parameter.name == "known_at" else _not_of_annual_counts(basis)
    return named(kind="date", value=value, hint=hint, smallest=smallest, largest=largest)


def _bounds(parameter: Parameter, basis: Basis) -> tuple[str, str]:
    """The first and the last year or day that can be asked for; blank where there is none."""
    if parameter.name == "known_at":
        days = [release.date.isoformat() for release in basis.releases]
        return (days[0], days[-1]) if days else ("", "")
    first, last = str(FIRST_YEAR), str(basis.last_covered_year or "")
    return (first, last) if parameter.kind == "year" else (f"{first}-01-01", f"{last}-12-31" if last else "")


def _not_of_annual_counts(basis: Basis) -> str:
    return _(NOT_AVAILABLE).capitalize() if basis.annual_counts_only else ""


def _options(parameter: Parameter, values: Sequence[str], basis: Basis, *, several: bool) -> list[Option]:
    """Everything that can be chosen, and a wrong value that the address has."""
    choices = dict(parameter.choices(basis)) if parameter.choices else {}
    default = {"scope": Scope.ALL.value, "outcome": "fatality"}.get(parameter.name)
    if default is None:
        label = _("%(n)s chosen; add another") % {"n": len(values)} if several else _(EVERYTHING[parameter.name])
        options = [Option(value="", label=label)]
    else:
        options = [Option(value="", label=_capital(str(choices.pop(default))))]
    missing = not basis.injuries_recorded and parameter.name == "outcome"
    for value, text in choices.items():
        label = (
            _("%(outcome)s (not in this release)") % {"outcome": OUTCOMES[value]} if missing else _capital(str(text))
        )
        selected = not several and value in values
        options.append(Option(value=value, label=label, selected=selected, disabled=missing and not selected))
    unknown = [value for value in values if value not in choices and value != default]
    options += [Option(value=value, label=value, selected=not several) for value in unknown]
    return options


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
