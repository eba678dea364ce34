"""Query parameters -> checked values, or the problems that refuse the whole selection.

Nothing is ignored: a name or a value that is not known answers no figure at all, because a misspelt filter that is
dropped silently answers with everybody.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from casualties.filters import texts
from casualties.filters.parameters import FIRST_YEAR, PARAMETERS, Parameter
from casualties.filters.problems import FilterProblem, ProblemKind
from casualties.filters.together import problems_together
from casualties.filters.viewer import Viewer
from casualties.filters.vocabulary import Basis

MANY = 200  # values of one parameter; more is no selection anybody made
NOT_AVAILABLE = noop("not available: annual counts only")
WHICH_MISSION = {"mission", "family"}  # an address that says one of them has said both
NOT_A_DAY = noop("is not a day written as YYYY-MM-DD")
Fixed = Mapping[str, str | tuple[str, ...]]  # what an address says of a selection beside its query: a value, or several


@dataclass
class Reading:
    """Values by parameter, in the order of PARAMETERS, each without doubles; what was wrong; and the basis meant."""

    basis: Basis
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[FilterProblem] = field(default_factory=list)


def lists_of(params: Mapping[str, object] | str) -> dict[str, list[str]]:
    """A QueryDict, a mapping of names to a value or values, or a query string -> lists of values by name."""
    if isinstance(params, str):
        return parse_qs(params, keep_blank_values=True, max_num_fields=2000)
    if hasattr(params, "lists"):
        return {name: list(values) for name, values in params.lists()}
    found: dict[str, list[str]] = {}
    for name, value in params.items():
        if value is None:
            continue
        many: Iterable[object] = value if isinstance(value, (list, tuple, set, frozenset)) else [value]
        found[name] = [str(one) for one in many]
    return found


def read(
    params: Mapping[str, object] | str,
    basis: Basis,
    *,
    viewer: Viewer,
    own: Collection[str],
    fixed: Fixed,
) -> Reading:
    """Check every name and value, then whether the values can hold together.

    `viewer`: only those who see the texts of incidents may search them.

    `own`: parameters that belong to the endpoint (view, sort ...). `fixed`: values that the address itself says, as a
    mission's own page does; a query string may not say them again.
    """
    reading = Reading(basis)
    try:
        given = lists_of(params)
    except ValueError:
        reading.problems.append(FilterProblem("query", "", _("has too many parameters")))
        return reading
    for name in given:
        if name not in PARAMETERS and name not in own:
            known = (*PARAMETERS, *sorted(own))
            reading.problems.append(FilterProblem(name, "", _("is not a filter"), known, kind=ProblemKind.UNKNOWN_NAME))
    basis = reading.basis = _basis_at(given.get("known_at", ()), basis, reading.problems)
    of_address = WHICH_MISSION | fixed.keys() if WHICH_MISSION & fixed.keys() else fixed.keys()
    for name, parameter in PARAMETERS.items():
        if name not in given and name not in of_address:
            continue  # a page makes hundreds of addresses; each names one parameter or two
        values = [value.strip() for value in given.get(name, ()) if value.strip()]
        if name in of_address:
            values = _said_by_address(name, values, fixed, reading.problems)
        if not values or (name == "known_at" and basis.known_at is None):
            continue
        if parameter.kind == "text":
            kept = _texts(parameter, values, viewer, reading.problems)
        else:
            kept = _values(parameter, values, basis, reading.problems)
        if kept:
            reading.values[name] = kept
    if not reading.problems:
        reading.problems += problems_together(reading.values, basis)
    return reading


def _said_by_address(name: str, values: list[str], fixed: Fixed, problems: list[FilterProblem]) -> list[str]:
    """What the address itself says of a parameter; its query may not say it too."""
    if values:
        problems.append(FilterProblem(name, values[0], _("is already said by the address of this page")))
    said = fixed.get(name, ())
    return [said] if isinstance(said, str) else list(said)


def _values(parameter: Parameter, values: list[str], basis: Basis, problems: list[FilterProblem]) -> tuple[str, ...]:
    """The values of one parameter, canonical and without doubles; what is not allowed goes to `problems`."""
    if len(values) > MANY:
        problems.append(FilterProblem(parameter.name, "", _("has more than %(n)s values") % {"n": MANY}))
        return ()
    if not parameter.repeats and len(set(values)) > 1:
        allowed = tuple(parameter.choices(basis)) if parameter.choices else ()
        problems.append(FilterProblem(parameter.name, ", ".join(values), _("may be given once only"), allowed))
        return ()
    if parameter.kind == "word":
        return _words(parameter, values, basis, problems)
    read_one = _year if parameter.kind == "year" else _day
    return tuple(dict.fromkeys(read_one(parameter, value, basis, problems) for value in values))


def _texts(parameter: Parameter, values: list[str], viewer: Viewer, problems: list[FilterProblem]) -> tuple[str, ...]:
    """The one text that is searched."""
    found = list(dict.fromkeys(texts.plain(value) for value in values))
    for text in found:
        if reason := texts.problem_with(text, viewer):
            problems.append(FilterProblem(parameter.name, text, reason))
            return ()
    if len(found) > 1:
        problems.append(FilterProblem(parameter.name, ", ".join(found), _("may be given once only")))
        return ()
    return tuple(found)


def _basis_at(given: Iterable[str], basis: Basis, problems: list[FilterProblem]) -> Basis:
    """The basis at the date that `known_at` asks for; itself where none is asked, or none that can be answered."""
    asked = {value.strip() for value in given if value.strip()}
    if not asked:
        return basis
    value = ", ".join(sorted(asked))
    if len(asked) > 1:
        problems.append(FilterProblem("known_at", value, _("may be given once only")))
        return basis
    try:
        day = strict_day(value)
    except ValueError:
        problems.append(FilterProblem("known_at", value, _(NOT_A_DAY)))
        return basis
    if not basis.releases:
        problems.append(FilterProblem("known_at", value, _("cannot be answered: no data are loaded")))
        return basis
    first, newest = basis.releases[0].date, basis.releases[-1].date
    if day < first:
        problems.append(FilterProblem("known_at", value, _("lies before %(day)s, the first release") % {"day": first}))
    elif day > newest:
        problems.append(FilterProblem("known_at", value, _("lies after %(day)s, the newest release") % {"day": newest}))
    else:
        return basis.at(day)
    return basis


def _words(parameter: Parameter, values: list[str], basis: Basis, problems: list[FilterProblem]) -> tuple[str, ...]:
    allowed = parameter.choices(basis) if parameter.choices else {}
    kept: dict[str, None] = {}
    for value in values:
        canonical = basis.mission_aliases.get(value, value) if parameter.name == "mission" else value
        if canonical in allowed:
            kept[canonical] = None
        elif parameter.name == "mission" and value in basis.umbrella_of:
            umbrella = basis.umbrella_of[value]
            problems.append(
                FilterProblem(
                    "mission",
                    value,
                    _("has no records of its own; they are filed under %(mission)s") % {"mission": umbrella},
                    (umbrella,),
                )
            )
        elif parameter.name == "family" and value in basis.missions and not basis.missions[value].family:
            # So figures by family name it.
            reason = _("is a mission without a family: ask for mission=%(mission)s") % {"mission": value}
            problems.append(FilterProblem("family", value, reason, tuple(allowed)))
        else:
            problems.append(FilterProblem(parameter.name, value, _("is not one of the allowed values"), tuple(allowed)))
    return tuple(kept) if len(kept) < 2 else tuple(name for name in allowed if name in kept)


def _year(parameter: Parameter, value: str, basis: Basis, problems: list[FilterProblem]) -> str:
    if not re.fullmatch(r"[0-9]{4}", value):
        problems.append(FilterProblem(parameter.name, value, _("is not a year of four digits")))
    elif problem := _not_covered(parameter, value, int(value), basis):
        problems.append(problem)
    return value


def _day(parameter: Parameter, value: str, basis: Basis, problems: list[FilterProblem]) -> str:
    released_on = basis.release.date if basis.release else None
    if parameter.name == "known_at":
        return value  # checked already: it is what the basis stands on
    try:
        day = strict_day(value)
    except ValueError:
        problems.append(FilterProblem(parameter.name, value, _(NOT_A_DAY)))
        return value
    if problem := _not_covered(parameter, value, day.year, basis):
        problems.append(problem)
    elif parameter.name == "date_from" and released_on is not None and day > released_on:
        reason = _("lies after %(day)s, the day of the release, which knows nothing of later days")
        said = reason % {"day": released_on.isoformat()}
        problems.append(FilterProblem(parameter.name, value, said, kind=ProblemKind.NOT_COVERED_YET))
    return value


def _not_covered(parameter: Parameter, value: str, year: int, basis: Basis) -> FilterProblem | None:
    """Why no record can be of the year of a value; None where some can."""
    last = basis.last_covered_year
    if year < FIRST_YEAR:
        reason = _("lies before %(year)s, the year the UN was founded") % {"year": FIRST_YEAR}
        return FilterProblem(parameter.name, value, reason)
    if last is not None and year > last:
        reason = _("lies after %(year)s, the last year that the release covers") % {"year": last}
        return FilterProblem(parameter.name, value, reason, kind=ProblemKind.NOT_COVERED_YET)
    return None


def strict_day(value: str) -> date:
    """A day written as YYYY-MM-DD, and in no other of the ways of ISO 8601. Raises ValueError for anything else."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError(value)
    return date.fromisoformat(value)
