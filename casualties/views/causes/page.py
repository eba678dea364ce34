"""A cause's page: the finding, the figures, the files, then years, windows, who and where, how, and incidents."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.charts.filling import filled, joined
from casualties.charts.window_titles import Line
from casualties.choices import Cause
from casualties.counts import total
from casualties.filters import Selection
from casualties.frames import MISSION, NATIONALITY, PERSONNEL, YEAR
from casualties.views import headlines, one_series, sentences, states
from casualties.views.access import readers
from casualties.views.addresses import cause_url, everywhere, open_cases_url, trends_url, with_query
from casualties.views.causes.manner import manner
from casualties.views.figures_cache import for_reader
from casualties.views.figures_page import figures_page
from casualties.views.leads import leading
from casualties.views.one_series import SeriesCounts, counted_series
from casualties.views.page_filter import filter_form
from casualties.views.people_tables import by_mission, by_nationality, by_personnel
from casualties.views.revised_marks import revised_in
from casualties.views.scope_bar import is_filtered, scope_bar, scope_in_words
from casualties.views.selecting import selection_of
from casualties.views.series_files import days_and_latest, files

FIELDS = ("mission", "from", "to", "personnel", "nationality", "scope")


@readers
@require_safe
def cause(request: HttpRequest, cause: str) -> HttpResponse:
    """One cause, under any filters but those by cause."""
    if cause not in Cause.values:
        return _elsewhere(request, cause)
    selection = selection_of(request, fixed={"cause": cause})
    return figures_page(
        request,
        selection,
        "causes/cause.html",
        lambda shown: _page(shown, cause),
        name="cause",
        heading=heading_of(cause),
        back=cause_url(cause),
    )


def heading_of(cause: str) -> str:
    """The name of a cause over its page."""
    return {
        Cause.MALICIOUS_ACT: _("Malicious acts"),
        Cause.ACCIDENT: _("Accidents"),
        Cause.ILLNESS: _("Illness"),
        Cause.SELF_INFLICTED: _("Self-inflicted"),
        Cause.TO_BE_DETERMINED: _("Cause to be determined"),
        Cause.UNKNOWN: _("Unknown cause"),
    }[Cause(cause)]


def _elsewhere(request: HttpRequest, asked: str) -> HttpResponse:
    """The cause in other words ("Malicious Act") leads to its page; anything else to the six causes there are."""
    word = asked.strip().lower().replace(" ", "-").replace("_", "-")
    if word in Cause.values:
        return redirect(with_query(cause_url(word), request.GET.urlencode()))
    causes = [{"label": heading_of(known), "url": cause_url(known)} for known in Cause.values]
    return for_reader(request, render(request, "causes/unknown.html", {"asked": asked, "causes": causes}, status=404))


def _page(selection: Selection, cause: str) -> dict[str, Any]:
    """Context of cause.html: the figures as HTML, the scope bar, the title."""
    known = SeriesCounts(**counted_series(selection, [MISSION, PERSONNEL, NATIONALITY]))
    body: dict[str, Any] = {
        "title": heading_of(cause),
        "cause": cause,
        "meaning": _meaning(cause),
        "causes": [
            {
                "label": heading_of(other),
                "url": cause_url(other, selection.query_string) if _is_possible(selection, other) else cause_url(other),
                "current": other == cause,
            }
            for other in Cause.values
        ],
        "open_cases_url": open_cases_url(selection) if cause == Cause.TO_BE_DETERMINED else "",
        "trends_url": trends_url(selection),
        "filter": filter_form(selection, cause_url(cause), names=FIELDS),
        "filtered": is_filtered(selection),
        "source": known.source,
        "scope": wording.capitalised(scope_in_words(selection)),
        "counted": headlines.counted(selection),
        "one_cause": True,
    }
    if known.total:
        body |= _figures(known, cause) | files(known) | manner(selection, cause) | days_and_latest(known)
    else:
        body |= {
            "sentence": _("%(happened)s%(when)s in this selection.")
            % {
                "happened": wording.capitalised(sentences.happened(cause, 0, selection.outcome)),
                "when": sentences.period(selection),
            },
            "empty": states.counted_zero(selection, cause_url(cause)),
        }
    return {
        "title": heading_of(cause),
        "body": render_to_string("causes/_cause_figures.html", body),
        "scope_bar": scope_bar(selection, known.axis, known.until, [{"url": reverse("method"), "label": _("Method")}]),
    }


def _is_possible(selection: Selection, cause: str) -> bool:
    """Whether the filters of the page can stand with another cause: means are said of malicious acts alone."""
    return not everywhere(selection, cause=cause).problems


def _meaning(cause: str) -> str:
    """What the word says in the UN's data, where it is misread."""
    return {
        Cause.TO_BE_DETERMINED: _("An open state: these deaths move to another cause when it is settled."),
        Cause.UNKNOWN: _("A finding, and not an open case: the cause could not be established."),
        Cause.SELF_INFLICTED: _("As the data say it; the category names the manner and judges nobody."),
    }.get(Cause(cause), "")


def _figures(known: SeriesCounts, cause: str) -> dict[str, Any]:
    """Sentence, headline figures, charts and tables."""
    selection = known.selection
    so_far = one_series.so_far(known)
    windows, line = one_series.windows_and_rates(known)
    counted = wording.capitalised(wording.persons_of(cause, selection.outcome))
    figures = [_figure_of_all(known, f"{counted}, {known.span}", so_far)]
    if window := one_series.figure_of_window(known, line, counted):
        figures.append(window)
    if highest := _highest_year(known):
        figures.append(highest)
    if selection.outcome == "fatality":
        figures.append(headlines.injuries(selection))
    return {
        "sentence": _sentence(known, cause, line),
        "figures": figures,
        "by_year": one_series.by_year(known),
        "by_mission": by_mission(selection, known.counts),
        **by_personnel(selection, known.counts),
        **by_nationality(selection, known.counts),
        **windows,
    }


def _figure_of_all(known: SeriesCounts, label: str, so_far: tuple[int, list[int]] | None) -> dict[str, Any]:
    """People of the cause with their share among those of all causes, and the open year."""
    everyone = total(everywhere(known.selection, cause=None))
    note = []
    if (share := wording.share(known.total, everyone)) != wording.NOT_AVAILABLE:
        counted = headlines.counted(known.selection).lower()
        all_causes = leading(everywhere(known.selection, cause=None))(everyone)
        facts = {"share": share, "all": all_causes, "counted": counted}
        note.append(filled(_("%(share)s of %(all)s %(counted)s of all causes."), facts))
    note.append(one_series.note_so_far(known, so_far))
    figure = headlines.whole_series(
        known.selection, known.total, label, joined(*note), provisional=known.open_year is not None
    )
    return headlines.revised_marked(figure, revised_in(known.selection), known.axis[0], known.axis[-1])


def _highest_year(known: SeriesCounts) -> dict[str, Any] | None:
    """The closed year with the most people; none where fewer than two closed years are shown."""
    closed = [year for year in known.axis if year != known.open_year]
    if len(closed) < 2 or known.selection.by_day:
        return None
    persons = known.counts[known.counts[YEAR].isin(closed)].groupby(YEAR)["persons"].sum()
    if persons.empty:
        return None
    top = sorted(int(year) for year in persons[persons == persons.max()].index)
    lead = leading(known.selection)
    others = [lead(int(persons.max()), text=str(year), years=(year, year)) for year in top[:-1]]
    figure = headlines.whole_series(
        known.selection.change(**known.selection.fixed, year=top[-1]),
        int(persons.max()),
        _("Highest year, %(year)s") % {"year": top[-1]},
        filled(_("Also in %(years)s."), {"years": wording.listed(others)}) if others else "",
        provisional=False,
    )
    figure = headlines.revised_marked(figure, revised_in(known.selection), top[-1], top[-1])
    return {**figure, "note_link": _("Incidents of %(year)s") % {"year": top[-1]}}


def _sentence(known: SeriesCounts, cause: str, line: Line) -> str:
    """ "Since 1948, 1,110 people were killed by malicious acts. In 2018-22, the last closed window, ..." """
    lead = leading(known.selection)
    happened = sentences.happened(cause, known.total, known.selection.outcome, lead=lead)
    facts = {"first": known.axis[0], "last": known.axis[-1], "happened": happened}
    if len(known.axis) == 1:
        said = filled(_("In %(first)s, %(happened)s."), facts)
    elif known.open_year is not None:
        said = filled(_("Since %(first)s, %(happened)s."), facts)
    else:
        said = filled(_("From %(first)s to %(last)s, %(happened)s."), facts)
    if known.has_period:
        return said
    return joined(said, sentences.windows(line, outcome=known.selection.outcome, lead=lead))
