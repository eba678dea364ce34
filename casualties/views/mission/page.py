"""A mission's dashboard: the finding, the figures, the files, then years, windows, people and incidents."""

from difflib import get_close_matches
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.filters import Basis, FilterProblem, Selection, first_word
from casualties.views import headlines, sentences, states
from casualties.views.access import readers
from casualties.views.addresses import cause_links, mission_url, with_query
from casualties.views.cause_trends import rates_and_trends
from casualties.views.delay_note import delay_note
from casualties.views.figures_cache import for_reader
from casualties.views.figures_page import figures_page
from casualties.views.mission import charts as mission_charts
from casualties.views.mission.brief_contents import brief_url
from casualties.views.mission.counts import MissionCounts, mission_counts
from casualties.views.mission.facts import mission_facts
from casualties.views.mission.family import asked_family, family_toggles, own_of
from casualties.views.one_series import touched
from casualties.views.operations import has_begun, kind_word, missions_begun
from casualties.views.page_filter import filter_form
from casualties.views.people_tables import by_nationality, by_personnel
from casualties.views.scope_bar import is_filtered, known_query, scope_bar, scope_with_causes
from casualties.views.selecting import basis_of, selection_of
from casualties.views.series_files import days_and_latest, files

CHOOSING_MISSIONS = ("scope", "kind", "region")


@readers
@require_safe
def mission(request: HttpRequest, acronym: str) -> HttpResponse:
    """The dashboard of one operation, under any filters but those that choose missions."""
    selection = asked(request, acronym)
    if isinstance(selection, HttpResponse):
        return selection
    return figures_page(
        request,
        selection,
        "missions/dashboard.html",
        lambda shown: _page(shown, acronym),
        name="mission",
        heading=acronym,
        back=mission_url(acronym),
        own=acronym,
        beside={"part": first_word(request.GET, "part"), "acronym": acronym},
    )


def asked(request: HttpRequest, acronym: str) -> Selection | HttpResponse:
    """The selection of a mission's address, or the answer that refuses it or leads elsewhere."""
    found = read(request, acronym)
    if isinstance(found, HttpResponse):
        return found
    selection, problems = found
    if problems:
        return states.refused(request, problems, heading=acronym, back=mission_url(acronym))
    return selection


def read(request: HttpRequest, acronym: str, *own: str) -> tuple[Selection, list[FilterProblem]] | HttpResponse:
    """The selection of a mission's address and what is wrong with it, or the answer that leads elsewhere."""
    basis = basis_of(request)
    if acronym not in basis.missions:
        return _elsewhere(request, basis, acronym)
    part, family = first_word(request.GET, "part"), asked_family(first_word(request.GET, "with"), acronym, basis)
    fixed = {"family": family} if isinstance(family, str) and family else {"mission": acronym}
    selection = selection_of(request, own=("part", "with", *own), fixed=fixed)
    problems = [*selection.problems, *_impossible(selection, acronym)]
    if isinstance(family, FilterProblem):
        problems.append(family)
    if part and basis.umbrella_of.get(part) != acronym:
        parts = tuple(name for name, umbrella in basis.umbrella_of.items() if umbrella == acronym)
        problems.append(FilterProblem("part", part, _("is not a part of %(name)s") % {"name": acronym}, parts))
    return selection, problems


def _elsewhere(request: HttpRequest, basis: Basis, acronym: str) -> HttpResponse:
    """An alias, a part of an umbrella or another spelling leads to the page; anything else to the list of missions."""
    query = request.GET.copy()
    names = {name.casefold(): name for name in (*basis.missions, *basis.mission_aliases, *basis.umbrella_of)}
    name = names.get(acronym.casefold(), "")
    if name in basis.umbrella_of:
        query["part"] = name
        name = basis.umbrella_of[name]
    name = basis.mission_aliases.get(name, name)
    if name:
        here = request.resolver_match.view_name if request.resolver_match else "mission"
        return redirect(with_query(reverse(here, args=[name]), query.urlencode()))
    context = {"acronym": acronym, "near": _near(basis, acronym), "missions": missions_begun(basis)}
    return for_reader(request, render(request, "missions/unknown.html", context, status=404))


def _near(basis: Basis, acronym: str) -> list[str]:
    """Acronyms that look like the one asked for."""
    known = {name.casefold(): name for name in basis.missions}
    return [known[name] for name in get_close_matches(acronym.casefold(), known, n=5, cutoff=0.6)]


def _impossible(selection: Selection, acronym: str) -> list[FilterProblem]:
    """Filters that exclude the page's own mission: a mistake, and 0 would read as a finding."""
    if selection.problems or selection.mission_ids:
        return []
    entry = selection.basis.missions[acronym]
    reason = _("excludes %(acronym)s (%(kind)s, %(region)s)") % {
        "acronym": acronym,
        "kind": kind_word(entry.kind).lower(),
        "region": entry.region or _("region not known"),
    }
    return [
        FilterProblem(name, selection.values[name][0], reason)
        for name in CHOOSING_MISSIONS
        if name in selection.values and not _alone(selection, name, acronym).mission_ids
    ]


def _alone(selection: Selection, name: str, acronym: str) -> Selection:
    """The mission under one of the filters that choose missions."""
    return selection.change(**{other: None for other in CHOOSING_MISSIONS if other != name}, mission=acronym)


def _page(selection: Selection, acronym: str) -> dict[str, Any]:
    """Context of dashboard.html: the figures as HTML, the scope bar, the title."""
    known = mission_counts(selection, acronym)
    facts = mission_facts(acronym, selection.basis)
    body: dict[str, Any] = {
        "acronym": acronym,
        "title": facts.title,
        "facts": facts.facts,
        "family": family_toggles(selection, acronym),
        "together": known.name if len(known.members) > 1 else "",
        "filter": filter_form(selection, mission_url(acronym), own=own_of(selection)),
        "cause_links": cause_links(selection),
        "filtered": is_filtered(selection),
        "source": known.source,
        "known_query": known_query(selection),
        "known_day": selection.basis.known_at,
        "missions": missions_begun(selection.basis),
        "scope": wording.capitalised(scope_with_causes(selection)),
        "counted": headlines.counted(selection),
    }
    if known.total:
        body["brief_url"] = brief_url(known)
        body |= files(known) | mission_charts.charts(known) | _people(known) | days_and_latest(known)
        body |= rates_and_trends(known, touched(known.windows, selection.change(**headlines.ANY_TIME)))
        body["delay"] = delay_note(selection) if known.open_year is not None else None
    elif has_begun(selection.basis.missions[acronym], selection.basis):
        body |= _nobody(known)
    else:
        body |= _not_begun(known)
    return {
        "title": facts.title,
        "body": render_to_string("missions/_dashboard_figures.html", body),
        "scope_bar": scope_bar(selection, known.years_looked_at, known.until, []),
    }


def _people(known: MissionCounts) -> dict[str, Any]:
    return {
        **by_personnel(known.selection, known.counts),
        **by_nationality(known.selection, known.counts),
        "one_cause": len(known.selection.values.get("cause", ())) == 1,
    }


def _not_begun(known: MissionCounts) -> dict[str, Any]:
    """A mission that is younger than the release: nothing is known, which is not zero."""
    began = known.selection.basis.missions[known.acronym].started_on
    day = states.loaded(known.selection).date
    return {
        "sentence": _("No figure of %(acronym)s is available.") % {"acronym": known.acronym},
        "not_begun": _("It began in %(year)s; the release of %(day)s cannot hold a record of it. This is not zero.")
        % {"year": began.year if began else "", "day": f"{wording.day_and_month(day)} {day.year}"},
    }


def _nobody(known: MissionCounts) -> dict[str, Any]:
    """A counted zero: why it is one, and the selections next to it that are wider."""
    selection = known.selection
    entry = selection.basis.missions[known.acronym]
    if is_filtered(selection):
        sentence = _("No one in %(acronym)s is in this selection.") % {"acronym": known.name}
    elif known.axis and entry.started_on and not entry.ended_on and not entry.active:
        sentence = _("No death is recorded in %(acronym)s, which began in %(year)s; its end is not known.") % {
            "acronym": known.acronym,
            "year": entry.started_on.year,
        }
    elif known.axis:
        sentence = sentences.mission(
            0, 0, acronym=known.name, years=known.axis, until=known.until, still_open=known.still_open
        )
    else:
        sentence = _("No death is recorded in %(acronym)s, and its years are not known.") % {"acronym": known.acronym}
    empty = states.counted_zero(selection, mission_url(known.acronym), own=own_of(selection))
    return {"sentence": sentence, "empty": empty}
