"""A contributor's page: the finding, the figures, the files, then years, missions, causes, windows and incidents."""

from difflib import get_close_matches
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.charts.filling import filled, joined
from casualties.filters import Basis, Selection, first_word, people, values_in_words
from casualties.frames import CAUSE, MISSION, NATIONALITY, PERSONNEL, YEAR
from casualties.views import headlines, one_series, open_year_sentences, sentences, states
from casualties.views.access import readers
from casualties.views.addresses import cause_links, contributor_url, counts_csv_url, with_query
from casualties.views.contributors.lineage import lineage
from casualties.views.contributors.together import (
    are_together,
    asked_nationalities,
    counted_in_full,
    own_of,
    toggles,
)
from casualties.views.figures_cache import for_reader
from casualties.views.figures_page import figures_page
from casualties.views.leads import leading
from casualties.views.one_series import MALICIOUS, SeriesCounts, counted_series
from casualties.views.page_filter import filter_form
from casualties.views.people_tables import by_cause, by_mission, by_personnel
from casualties.views.scope_bar import either, is_filtered, scope_bar, scope_with_causes
from casualties.views.selecting import basis_of, selection_of
from casualties.views.series_files import files, latest

FIELDS = ("mission", "cause", "from", "to", "personnel", "scope")


@readers
@require_safe
def contributor(request: HttpRequest, iso3: str) -> HttpResponse:
    """One nationality as it is recorded, or with its dissolved predecessors, under any filters but those that choose
    nationalities."""
    basis = basis_of(request)
    if iso3 not in basis.countries:
        return _elsewhere(request, basis, iso3)
    nationalities, problems = asked_nationalities(first_word(request.GET, "with"), iso3, basis)
    selection = selection_of(request, own=("with",), fixed={NATIONALITY: nationalities})
    return figures_page(
        request,
        selection,
        "contributors/contributor.html",
        lambda shown: _page(shown, iso3),
        name="contributor",
        heading=basis.countries[iso3],
        back=contributor_url(iso3),
        problems=[*selection.problems, *problems],
    )


def _elsewhere(request: HttpRequest, basis: Basis, asked: str) -> HttpResponse:
    """Another spelling of the code, or the name of the country, leads to the page; anything else to the list."""
    codes = {name.casefold(): code for code, name in basis.countries.items()}
    code = asked.upper() if asked.upper() in basis.countries else codes.get(asked.casefold(), "")
    if code:
        return redirect(with_query(contributor_url(code), request.GET.urlencode()))
    near = [codes[name] for name in get_close_matches(asked.casefold(), codes, n=5, cutoff=0.6)]
    context = {
        "asked": asked,
        "near": [(code, basis.countries[code]) for code in near],
        "countries": basis.countries,
    }
    return for_reader(request, render(request, "contributors/unknown.html", context, status=404))


def _page(selection: Selection, iso3: str) -> dict[str, Any]:
    """Context of contributor.html: the figures as HTML, the scope bar, the title."""
    known = SeriesCounts(**counted_series(selection, [MISSION, PERSONNEL]))
    together, own, path = are_together(selection), own_of(selection), contributor_url(iso3)
    title = selection.basis.countries[iso3]
    name = either(values_in_words(selection, NATIONALITY))
    if together:
        title = _("%(name)s with dissolved predecessors") % {"name": title}
    body: dict[str, Any] = {
        "iso3": iso3,
        "title": title,
        "lineage": lineage(selection, iso3),
        "together": counted_in_full(selection, iso3) if together else "",
        "toggles": toggles(selection, iso3),
        "filter": filter_form(selection, path, names=FIELDS, own=own),
        "cause_links": cause_links(selection),
        "filtered": is_filtered(selection),
        "source": known.source,
        "countries": selection.basis.countries,
        "known_day": selection.basis.known_at,
        "scope": wording.capitalised(scope_with_causes(selection)),
        "counted": headlines.counted(selection),
    }
    if known.total:
        body |= _figures(known, name) | files(known) | latest(known)
    else:
        sentence = _("No one with the nationality %(name)s is in this selection.") % {"name": name}
        body |= {"sentence": sentence, "empty": states.counted_zero(selection, path, own=own)}
    return {
        "title": title,
        "body": render_to_string("contributors/_contributor_figures.html", body),
        "scope_bar": scope_bar(selection, known.axis, known.until, []),
    }


def _figures(known: SeriesCounts, name: str) -> dict[str, Any]:
    """Sentence, headline figures, charts and tables."""
    selection = known.selection
    so_far = one_series.so_far(known)
    windows, line = one_series.windows_and_rates(known)
    figures = [one_series.figure_of_all(known, so_far)]
    if not known.causes:
        figures.append(one_series.figure_of_malicious_acts(known))
    if window := one_series.figure_of_window(known, line):
        figures.append(window)
    if not known.causes:
        figures.append(one_series.figure_of_open_cases(known))
    if selection.outcome == "fatality":
        figures.append(headlines.injuries(selection))
    return {
        "sentence": _sentence(known, name, so_far),
        "figures": figures,
        "by_year": one_series.by_year(known),
        "by_mission": by_mission(selection, known.counts),
        "by_cause": by_cause(selection, known.counts),
        "by_cause_csv_url": counts_csv_url(selection, [CAUSE]),
        **by_personnel(selection, known.counts),
        "one_cause": len(known.causes) == 1,
        **windows,
    }


def _sentence(known: SeriesCounts, name: str, so_far: tuple[int, list[int]] | None) -> str:
    selection, lead = known.selection, leading(known.selection)
    if is_filtered(selection):
        subject = filled(people(selection, known.total, "%(n)s"), {"n": lead(known.total)})
        said = sentences.selected_of(subject, known.total, name=name, when=sentences.period(selection))
        if so_far is None or known.until is None:
            return said
        return joined(said, open_year_sentences.of_them(*so_far, until=known.until, lead=lead))
    years = sorted(known.counts[YEAR])
    said = sentences.contributor(
        known.total,
        known.of_cause(MALICIOUS),
        name=name,
        first_year=int(years[0]),
        last_year=int(years[-1]),
        lead=lead,
    )
    if so_far is None or known.until is None:
        return said
    short = open_year_sentences.so_far_in_short(*so_far, until=known.until, outcome=selection.outcome, lead=lead)
    return joined(said, short)
