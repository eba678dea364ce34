"""Open cases: deaths whose cause is to be determined, by age and mission, and what became of earlier ones.

Their age is that on the day of the release, never that of the clock: nobody knows what was settled since.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.charts.open_cases import full_years
from casualties.charts.open_cases import open_cases as open_cases_chart
from casualties.choices import Cause
from casualties.counts import NO_INJURIES, NotAvailable, count
from casualties.exports.late_registrations import late_registrations_frame
from casualties.exports.meanings import AGES_OF_CASES
from casualties.exports.open_cases import open_cases_frame, open_rows
from casualties.filters import NOT_AVAILABLE, TEXT_SEARCH, FilterProblem, Selection, first_word
from casualties.frames import DAY, PERSONS
from casualties.trends.series_years import series_years
from casualties.views import states
from casualties.views.access import readers
from casualties.views.addresses import incidents_url, with_query
from casualties.views.delay_note import delay_note
from casualties.views.explorer.rows import NEWEST_FIRST, PEOPLE_ORDERS
from casualties.views.figures_cache import for_reader, kept
from casualties.views.files.asking import left_aside
from casualties.views.files.frames import Made, frame_file, one_outcome
from casualties.views.files.sending import own_of
from casualties.views.incident_rows import nationality_word, personnel_word
from casualties.views.leads import leading
from casualties.views.open_cases.tables import age_table, ages_csv_url, ages_frame, ages_linked, became, longest_lead
from casualties.views.paging import NoSuchPlace, page_of
from casualties.views.revisions.compared_dates import day_of, release_dates
from casualties.views.scope_bar import is_filtered, known_query, scope_bar, scope_in_words, source_of
from casualties.views.selecting import selection_of

OPEN = Cause.TO_BE_DETERMINED.value
OWN = ("after", "also_at")
OLDEST_FIRST = NEWEST_FIRST.removeprefix("-")


@readers
@require_safe
def open_cases(request: HttpRequest) -> HttpResponse:
    """The page: by age, by age and mission, what became of those that were open before, and the list."""
    heading = _("Open cases")
    selection, also_at, problems = _read(request, OWN)
    if problems:
        return states.refused(request, problems, heading=heading, back=reverse("open-cases"))
    if selection.release is None:
        return states.nothing_loaded(request)
    if selection.basis.annual_counts_only:
        return states.not_available(request, NOT_AVAILABLE, heading=heading, back=reverse("open-cases"))
    after = first_word(request.GET, "after")
    try:
        own = f"{after} {also_at}"
        page = kept("open-cases", selection, lambda: _page(selection, also_at, after, heading), own=own)
    except NoSuchPlace:
        problem = FilterProblem("after", after, _("is not a place in this list"))
        return states.refused(request, [problem], heading=heading, back=reverse("open-cases"))
    return for_reader(request, render(request, "casualties/open_cases.html", page))


@readers
@require_safe
def open_cases_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """One row per open case, oldest first, with its age on the day of the release."""
    selection, also_at, problems = _read(request, tuple(own_of(form, "also_at")))

    def make() -> Made:
        _loaded_records(selection)
        return Made(name="open-cases", selection=selection, frame=open_cases_frame(selection, also_at=also_at))

    return frame_file(request, [*problems, *one_outcome(selection)], make, form=form)


@readers
@require_safe
def open_case_ages_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """One row per age and mission: how many open cases have waited for so long on the day of the release."""
    selection, _also_at, problems = _read(request, tuple(own_of(form)))

    def make() -> Made:
        _loaded_records(selection)
        frame = ages_frame(selection, states.loaded(selection).date)
        return Made(name="open-case-ages", selection=selection, frame=frame, meanings=AGES_OF_CASES)

    return frame_file(request, problems, make, form=form)


@readers
@require_safe
def late_registrations_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """One row per person of the last ten years who was registered in a later month than that of the incident."""
    selection = selection_of(request, own=own_of(form))

    def make() -> Made:
        _loaded_records(selection)
        told, frame = late_registrations_frame(selection)
        return Made(name="late-registrations", selection=told, frame=frame, facts=left_aside(selection, told))

    return frame_file(request, [*selection.problems, *one_outcome(selection)], make, form=form)


def _read(request: HttpRequest, own: tuple[str, ...]) -> tuple[Selection, date | None, list[FilterProblem]]:
    """The open cases of a selection, the earlier date at which they must have been open too, and what is wrong."""
    selection = selection_of(request, own=own)
    problems = list(selection.problems)
    for cause in selection.values.get("cause", ()):
        if cause != OPEN:
            reason = _("is no open cause; this page is about causes to be determined")
            problems.append(FilterProblem("cause", cause, reason, (OPEN,)))
    if selection.outcome != "fatality":
        reason = _("is not a filter of this page, which is about deaths")
        problems.append(FilterProblem("outcome", selection.outcome, reason, ("fatality",)))
    if selection.text:
        reason = _("is not kept by date, and this page sets two dates side by side")
        problems.append(FilterProblem(TEXT_SEARCH, selection.text, reason))
    also_at = None
    if "also_at" in own:
        also_at = day_of(request.GET, "also_at", release_dates(selection.basis), problems)
    if problems:
        return selection, also_at, problems
    of_open = selection.change(cause=OPEN)  # what is said of another cause (means) cannot be asked of these
    return of_open, also_at, list(of_open.problems)


def _loaded_records(selection: Selection) -> None:
    """Raise NotAvailable where there are no records of what is asked."""
    states.loaded(selection)
    if selection.basis.annual_counts_only:
        raise NotAvailable(NOT_AVAILABLE)
    if selection.outcome == "injury" and not selection.basis.injuries_recorded:
        raise NotAvailable(NO_INJURIES)


def _page(selection: Selection, also_at: date | None, after: str, heading: str) -> dict[str, Any]:
    """The figures as HTML and the scope bar. Raises NoSuchPlace."""
    on = states.loaded(selection).date
    cases = count(selection, [DAY])
    total = int(cases[PERSONS].sum())
    by_mission, bands = age_table(selection, on)
    chart = open_cases_chart(
        [band.total for band in bands],
        total,
        id="open-cases",
        on=on,
        scope=scope_in_words(selection),
        csv_url=ages_csv_url(selection),
        source=source_of(selection),
        lead=leading(selection),
        lead_longest=longest_lead(bands),
    )
    body = {
        "heading": heading,
        "total": total,
        "people_url": incidents_url(selection),
        "on": on,
        "delay": delay_note(selection),
        "oldest": min(cases[DAY].dropna(), default=None),
        "some_days_unknown": bool(cases[DAY].isna().any()),
        "filtered": is_filtered(selection.change(cause=None)),
        "scope": wording.capitalised(scope_in_words(selection)),
        "chart": ages_linked(chart, bands, incidents_url(selection) if total else ""),
        "by_mission": by_mission,
        "became": became(selection),
        "source": source_of(selection),
        "known_query": known_query(selection),
        "csv_url": with_query(reverse("open-cases-csv"), f"header=1&{selection.query_string}"),
        "back": reverse("open-cases"),
        **_list(selection, also_at, after, on),
    }
    return {
        "body": render_to_string("casualties/_open_cases_figures.html", body),
        "scope_bar": scope_bar(selection, series_years(selection), None, []),
        "release_date": on,
    }


def _list(selection: Selection, also_at: date | None, after: str, on: date) -> dict[str, Any]:
    """A page of the cases, oldest first."""
    rows: QuerySet[Any] = open_rows(selection, also_at=also_at)
    page = page_of(
        rows.values(
            "pk",
            "reference",
            "incident__key",
            "occurred_on",
            "occurred_precision",
            "mission_id",
            "persons",
            "personnel",
            "nationality_id",
        ),
        PEOPLE_ORDERS[OLDEST_FIRST],
        after,
    )

    def address(place: str | None) -> str | None:
        if place is None:
            return None
        own = [f"also_at={also_at}"] if also_at else []
        own += [f"after={place}"] if place else []
        return with_query(reverse("open-cases"), "&".join([*own, selection.query_string])) + "#cases"

    return {
        "also_at": also_at,
        "cases": [
            {
                "reference": row["reference"] or "",
                "incident": row["incident__key"] or "",
                "day": row["occurred_on"],
                "precision": row["occurred_precision"],
                "mission": selection.basis.acronym_of[row["mission_id"]],
                "persons": row["persons"],
                "personnel": personnel_word(row["personnel"]),
                "nationality": nationality_word(row["nationality_id"], selection.basis),
                "years": full_years(min(row["occurred_on"], on), on),
            }
            for row in page.rows
        ],
        "pager": {
            "noun": _("Cases"),
            "first": page.first if page.rows else 0,
            "last": page.last if page.rows else 0,
            "total": rows.count(),
            "size": 25,
            "previous_url": address(page.previous),
            "next_url": address(page.following),
        },
    }
