"""The result of the incident explorer as a sentence, and why a zero is a zero. Nothing here counts."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.choices import Cause, Scope
from casualties.filters import PARAMETERS, PERIOD, Selection, labelled, people, values_in_words
from casualties.views.explorer.facets import Counts
from casualties.views.scope_bar import scope_in_words
from casualties.views.sentences import period

NAMED_MISSIONS = 3
MOST_NAMED = 4
NO_ONE = {
    Cause.MALICIOUS_ACT: noop("No one was killed by a malicious act"),
    Cause.ACCIDENT: noop("No one died in an accident"),
    Cause.ILLNESS: noop("No one died of illness"),
    Cause.SELF_INFLICTED: noop("No death is recorded as self-inflicted"),
    Cause.TO_BE_DETERMINED: noop("No death has a cause to be determined"),
    Cause.UNKNOWN: noop("No death has an unknown cause"),
}
OF_THEM = {
    Cause.MALICIOUS_ACT: noop("by a malicious act"),
    Cause.ACCIDENT: noop("in an accident"),
    Cause.ILLNESS: noop("of illness"),
    Cause.SELF_INFLICTED: noop("self-inflicted"),
    Cause.TO_BE_DETERMINED: noop("with a cause to be determined"),
    Cause.UNKNOWN: noop("with an unknown cause"),
}


def result(selection: Selection, counts: Counts, incidents: int | None) -> str:
    """ "203 people killed by malicious acts from 2013 to 2017, in 95 incidents (nationality: Chad)".

    Everything that narrows the selection is in it, so that the sentence can be quoted alone. `incidents`: None where
    they are not available.
    """
    where_and_when = "".join([_where(selection), period(selection)])
    if selection.outcome == "all":
        deaths, injuries = counts.by_outcome["fatality"], counts.by_outcome.get("injury")
        who = people(selection.change(outcome=None, cause=None), deaths, wording.count(deaths))
        if injuries is not None:
            injured = people(selection.change(outcome="injury"), injuries, wording.count(injuries))
            who = _("%(deaths)s and, counted apart, %(injuries)s") % {"deaths": who, "injuries": injured}
    elif counts.persons == 0:
        causes = selection.values.get("cause", ())
        who = _("No one was injured") if selection.outcome == "injury" else _("No one died")
        if selection.outcome != "injury" and len(causes) == 1:
            who = _(NO_ONE[Cause(causes[0])])
    else:
        who = people(selection, counts.persons, wording.count(counts.persons))
    in_incidents = ""
    if incidents:
        in_incidents = ngettext(", in %(n)s incident", ", in %(n)s incidents", incidents) % {
            "n": wording.count(incidents)
        }
    rest = narrowing(selection)
    return f"{who}{where_and_when}{in_incidents}{f' ({rest})' if rest else ''}"


def narrowing(selection: Selection) -> str:
    """The filters that no other part of the sentence says: "nationality: Chad; uniformed personnel only"."""
    parts = []
    for name, values in selection.values.items():
        if _said_elsewhere(selection, name, len(values)):
            continue
        words = values_in_words(selection, name)
        if name == "scope":
            parts.append(words[0])
        elif name == "known_at":
            parts.append(_("as known at %(day)s") % {"day": wording.dated(date.fromisoformat(values[0]), "j F Y")})
        else:
            parts.append(
                labelled(name, _either(words))
                if len(words) <= MOST_NAMED
                else _("%(label)s: %(n)s chosen") % {"label": PARAMETERS[name].label.lower(), "n": len(words)}
            )
    return _("; ").join(parts)


def _said_elsewhere(selection: Selection, name: str, values: int) -> bool:
    """Whether the sentence says the filter by its verb, its place or its years."""
    if name == "cause":
        return values == 1 and selection.outcome == "fatality"
    if name == "mission":
        return values <= NAMED_MISSIONS
    return name in {"outcome", *PERIOD} or (name, selection.scope) == ("scope", Scope.ALL)


def below(selection: Selection, until: date | None, *, provisional: bool) -> str:
    """The line under the sentence: which total this is. `until`: the last day known of an open year."""
    release = selection.release
    if release is None:
        return ""
    parts = [wording.capitalised(scope_in_words(selection))]
    if "nationality" not in selection.values:
        parts.append(_("all nationalities"))
    line = _("; ").join(parts) + ". "
    line += _("Release of %(day)s") % {"day": wording.dated(release.date, "j F Y")}
    if provisional:
        year = release.last_covered_year
        if until is not None:
            day = wording.dated(until, "j F")
            return line + _("; %(year)s is provisional (p), to %(day)s.") % {"year": year, "day": day}
        return line + _("; %(year)s is provisional (p).") % {"year": year}
    return f"{line}."


def reaches_open_year(selection: Selection, years: range) -> bool:
    """Whether the selection reaches into the year that the release leaves open; `years` are those of its figures."""
    last = selection.one("to") or selection.one("date_to")
    open_year = selection.basis.last_covered_year
    return open_year is not None and open_year in years and (last is None or int(last[:4]) >= open_year)


def why_zero(
    selection: Selection, *, all_causes: int | None, latest: date | None, not_recorded: Mapping[str, int]
) -> str:
    """Why a zero is a counted zero, as far as the data say.

    `all_causes`: people of the same selection whatever the cause (None: no cause is chosen). `latest`: the newest
    incident of the selection in any year. `not_recorded`: people who would be selected had their gender or nationality
    been recorded; then the zero is none.
    """
    said = []
    for name, persons in not_recorded.items():
        facts = {"n": wording.count(persons), "what": PARAMETERS[name].label.lower()}
        said.append(
            ngettext(
                "Not a full zero: %(n)s person of this selection has no %(what)s recorded.",
                "Not a full zero: %(n)s people of this selection have no %(what)s recorded.",
                persons,
            )
            % facts
        )
    if not said:
        said.append(_("This is a counted zero."))
    open_sentence = _mission_open(selection)
    if open_sentence:
        said.append(open_sentence)
    causes = selection.values.get("cause", ())
    if all_causes is not None:
        manner = _(OF_THEM[Cause(causes[0])]) if len(causes) == 1 else _("of these causes")
        said.append(
            _("Over all causes the same selection holds %(n)s, none of them %(manner)s.")
            % {
                "n": ngettext("%(n)s death", "%(n)s deaths", all_causes) % {"n": wording.count(all_causes)},
                "manner": manner,
            }
        )
    if latest is not None:
        said.append(_("The latest one on record was on %(day)s.") % {"day": wording.dated(latest, "j M Y")})
    return " ".join(said)


def _mission_open(selection: Selection) -> str:
    """Whether one chosen mission was open in the chosen years."""
    missions = selection.values.get("mission", ())
    first, last = (selection.one(name) for name in ("from", "to"))
    if len(missions) != 1 or not (first or last):
        return ""
    entry = selection.basis.missions[missions[0]]
    if entry.started_on is None or not (entry.ended_on or entry.active):
        return ""
    years = range(
        int(first) if first else entry.started_on.year, int(last or selection.basis.last_covered_year or 0) + 1
    )
    until = entry.ended_on.year if entry.ended_on else selection.basis.last_covered_year
    active = [year for year in years if entry.started_on.year <= year <= (until or 0)]
    if not active:
        if years and years[0] > (until or 0) and entry.ended_on:
            return _("%(mission)s had ended by then, on %(day)s.") % {
                "mission": entry.acronym,
                "day": wording.dated(entry.ended_on, "j F Y"),
            }
        return _("%(mission)s was not open yet: it began on %(day)s.") % {
            "mission": entry.acronym,
            "day": wording.dated(entry.started_on, "j F Y"),
        }
    if len(active) < len(years):
        return _("%(mission)s was open in %(n)s of the %(of)s years.") % {
            "mission": entry.acronym,
            "n": len(active),
            "of": len(years),
        }
    if len(years) == 1:
        return _("%(mission)s was open in that year.") % {"mission": entry.acronym}
    return _("%(mission)s was open in all %(n)s years.") % {"mission": entry.acronym, "n": len(years)}


def _where(selection: Selection) -> str:
    missions = selection.values.get("mission", ())
    return _(" in %(missions)s") % {"missions": wording.listed(missions)} if 0 < len(missions) <= NAMED_MISSIONS else ""


def _either(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(items)s or %(last)s") % {"items": ", ".join(words[:-1]), "last": words[-1]}
