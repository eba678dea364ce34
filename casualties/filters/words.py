"""A selection in words: chips, the line under a title, the subject of a sentence."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.choices import Cause, Scope
from casualties.filters.parameters import OUTCOMES, PARAMETERS, PERIOD, TEXT_SEARCH
from casualties.filters.selection import Selection


def numbered(one: str, many: str) -> tuple[str, str]:
    """Both forms of a text whose number is known later."""
    return one, many


CAUSE_PEOPLE = {
    Cause.MALICIOUS_ACT: numbered("%(n)s person killed by malicious acts", "%(n)s people killed by malicious acts"),
    Cause.ACCIDENT: numbered("%(n)s person who died in accidents", "%(n)s people who died in accidents"),
    Cause.ILLNESS: numbered("%(n)s person who died of illness", "%(n)s people who died of illness"),
    Cause.SELF_INFLICTED: numbered(
        "%(n)s person whose deaths are recorded as self-inflicted",
        "%(n)s people whose deaths are recorded as self-inflicted",
    ),
    Cause.TO_BE_DETERMINED: numbered(
        "%(n)s person whose cause of death is to be determined",
        "%(n)s people whose cause of death is to be determined",
    ),
    Cause.UNKNOWN: numbered(
        "%(n)s person whose cause of death is unknown", "%(n)s people whose cause of death is unknown"
    ),
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
        return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("since %(first)s") % {"first": first}
    return _("to %(last)s") % {"last": last} if last else ""


def _incidents_of_the_period(selection: Selection) -> str:
    """ "incidents of 2013 to 2017", "incidents since 2013"."""
    one_sided = not {"from", "to"} <= set(selection.values) and not {"date_from", "date_to"} <= set(selection.values)
    text = _("incidents %(years)s") if one_sided else _("incidents of %(years)s")
    return text % {"years": years_in_words(selection)}


def values_in_words(selection: Selection, name: str) -> list[str]:
    """The values of a filter as a reader is told them. Of a text also where it is searched, if not everywhere."""
    parameter, values = PARAMETERS[name], selection.values[name]
    if name == TEXT_SEARCH:
        searched = selection.viewer.missions
        if searched is None:
            return [_("“%(text)s”") % {"text": values[0]}]
        missions = [acronym for key, acronym in selection.basis.acronym_of.items() if key in searched]
        return [_("“%(text)s” (searched in %(missions)s)") % {"text": values[0], "missions": ", ".join(missions)}]
    texts = parameter.choices(selection.basis) if parameter.choices else {}
    return [str(texts.get(value, value)) for value in values]


def labelled(name: str, words: str) -> str:
    """ "nationality: Chad"; "gender not recorded" says already what it is."""
    label = str(PARAMETERS[name].label).lower()
    if words.lower().startswith(label):
        return words[:1].lower() + words[1:]
    return _("%(label)s: %(words)s") % {"label": label, "words": words}


def chips(selection: Selection) -> list[Chip]:
    """Every filter in words, each with the selection that remains without it, then the defaults that stand."""
    found: list[Chip] = []
    if years_in_words(selection):
        rest = selection.change(**dict.fromkeys(PERIOD))
        found.append(Chip(_capital(_incidents_of_the_period(selection)), rest.query_string))
    for name, values in selection.values.items():
        if name in selection.fixed or name in PERIOD:
            continue
        if name == "known_at":
            rest = selection.change(known_at=None)
            found.append(Chip(_("As known at %(day)s") % {"day": values[0]}, rest.query_string))
            continue
        if name == TEXT_SEARCH:
            rest = selection.change(**{name: None})
            found.append(Chip(_capital(labelled(name, values_in_words(selection, name)[0])), rest.query_string))
            continue
        for value, said in zip(values, values_in_words(selection, name), strict=True):
            rest = selection.change(**{name: [other for other in values if other != value]})
            found.append(Chip(_capital(said), rest.query_string))
    if "scope" not in selection.values:
        found.append(Chip(_capital(str(Scope.ALL.label)), "", is_default=True))
    if "outcome" not in selection.values:
        found.append(Chip(str(OUTCOMES["fatality"]), "", is_default=True))
    return found


def in_words(selection: Selection) -> str:
    """The whole selection in one line, for files and for the line under a title."""
    parts = [str(Scope(selection.scope).label), OUTCOMES[selection.outcome].lower()]
    for name in selection.values:
        if name in {"scope", "outcome", "known_at", *PERIOD}:
            continue
        words = ", ".join(values_in_words(selection, name))
        parts.append(labelled(name, words))
    parts.append(_incidents_of_the_period(selection) if years_in_words(selection) else _("all years"))
    if "known_at" in selection.values:
        parts.append(_("as known at %(day)s") % {"day": selection.one("known_at")})
    return _("; ").join(parts)


def people(selection: Selection, persons: int, number: str) -> str:
    """The subject of a sentence, with the number as it is to be written: "203 people killed by malicious acts"."""
    if selection.outcome == "injury":
        said = ngettext("%(n)s person injured", "%(n)s people injured", persons)
        return said % {"n": number}
    causes = selection.values.get("cause", ())
    if len(causes) == 1:
        return ngettext(*CAUSE_PEOPLE[Cause(causes[0])], persons) % {"n": number}
    return ngettext("%(n)s person who died", "%(n)s people who died", persons) % {"n": number}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
