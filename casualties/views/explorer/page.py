"""The incident explorer: filters, the result as a sentence, counts per value, and the list of incidents or people.

One selection gives all of it, and the files beside it. What cannot be counted is said, and then no figure stands.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from casualties.charts import wording
from casualties.choices import DatePrecision
from casualties.counts import NotAvailable, count_each, left_out_by_days
from casualties.filters import NOT_RECORDED, PERIOD, TEXT_SEARCH, FilterProblem, Selection, chips, select
from casualties.frames import PERSONS
from casualties.trends.series_years import series_years
from casualties.views import states
from casualties.views.access import readers
from casualties.views.addresses import with_query
from casualties.views.explorer import words as explorer_words
from casualties.views.explorer.address import ORDERS, OWN, Asked, asked_of
from casualties.views.explorer.facets import Counts, counts_of
from casualties.views.explorer.files import files_of
from casualties.views.explorer.later_years import later_years
from casualties.views.explorer.quick_choices import quick_choices
from casualties.views.explorer.quoting import pinned, quotation
from casualties.views.explorer.rows import NEWEST_FIRST, incident_list, incidents_in, people_list
from casualties.views.figures_cache import for_reader, kept
from casualties.views.filter_form import filter_form
from casualties.views.paging import SIZE, NoSuchPlace
from casualties.views.refusals import in_words
from casualties.views.scope_bar import known_query, last_known_day, scope_bar
from casualties.views.selecting import basis_of, selection_of
from peacekeeping.htmx import render_page, wants_part

# Filters that can be taken away to find the nearest wider selections, in the order in which they are offered.
WIDER: Mapping[str, Sequence[str]] = {
    noop("All years"): PERIOD,
    noop("All causes"): ("cause",),
    noop("All personnel"): ("personnel",),
    noop("All nationalities"): ("nationality",),
    noop("All, whatever the gender"): ("gender",),
    noop("All incidents, whatever their text"): (TEXT_SEARCH,),
    noop("All missions"): ("mission", "family", "kind", "region"),
    noop("All peace operations, all personnel"): ("scope",),
}


@readers
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The explorer. The same address gives its results alone when htmx asks."""
    selection = selection_of(request, own=OWN)
    if selection.release is None:
        return states.nothing_loaded(request)
    asked = asked_of(request.GET, annual=selection.basis.annual_counts_only)
    problems = [*selection.problems, *asked.problems]
    results: dict[str, Any] = {}
    if not problems:
        try:
            own = urlencode({**asked.own, "after": asked.after})
            results = kept("incidents", selection, lambda: _results(selection, asked), own=own)
        except NoSuchPlace:
            problems.append(FilterProblem("after", asked.after, _("is not a place in this list")))
        except NotAvailable as reason:
            results = {"not_available": wording.capitalised(str(reason))}
    form = filter_form(request.GET, problems, selection.basis, searches=selection.viewer.sees_details)
    ids = {field.name: field.id for field in [*form.shown.values(), *form.further]}
    known = selection if not problems else select({}, selection.viewer, basis=basis_of(request))
    context = {
        "form": form,
        "own": asked.own if not asked.problems else {},
        "quick": quick_choices(known, asked.address if not asked.problems else _usual_address),
        "problems": [in_words(problem, ids) for problem in problems],
        "share_path": asked.address(selection),
        "share_url": request.build_absolute_uri(asked.address(selection)),
        **results,
    }
    if "sentence" in results:
        url = request.build_absolute_uri(asked.address(pinned(selection)))
        context["quotation"] = quotation(selection, results["sentence"], url, provisional=results["provisional"])
        context["saved_query"] = asked.address(selection).partition("?")[2]
    part = "casualties/_incidents_in_place.html"
    response = render_page(request, "casualties/incidents.html", context, part=part, status=400 if problems else 200)
    if wants_part(request) and not problems:
        push_url(response, context["share_path"])  # the address to share, without the form's empty fields
    return for_reader(request, response)


def _usual_address(selection: Selection) -> str:
    return with_query(reverse("incidents"), selection.query_string)


def _results(selection: Selection, asked: Asked) -> dict[str, Any]:
    """Everything that depends on the selection: figures in words, rows, addresses. Nothing of the reader."""
    counts = counts_of(selection, asked.address)
    annual = selection.basis.annual_counts_only
    incidents = incidents_in(selection) if selection.outcome == "all" and not annual else counts.incidents
    first, last = selection.one("from"), selection.one("to")
    years = range(int(first), int(last) + 1) if first and last else series_years(selection)
    provisional = explorer_words.reaches_open_year(selection, years)
    until = last_known_day(selection, years) if provisional else None
    found = chips(selection)
    results: dict[str, Any] = {
        "sentence": explorer_words.result(selection, counts, incidents),
        "below": explorer_words.below(selection, until, provisional=provisional),
        "provisional": provisional,
        "scope_bar": scope_bar(selection, years, until, []),
        "known_query": known_query(selection),
        "chips": [
            {"words": chip.text, "remove_url": asked.address(chip.query_string)}
            for chip in found
            if not chip.is_default
        ],
        "fixed_chips": [chip.text for chip in found if chip.is_default],
        "facets": counts.facets,
        "files": files_of(selection, counts, incidents),
        "columns_url": with_query(reverse("columns"), selection.query_string),
        "view": asked.view,
        "is_empty": not any(counts.by_outcome.values()),
        "later_years": later_years(selection),
    }
    if selection.by_day and (left_out := left_out_by_days(selection)):
        results["left_out"] = left_out
    if results["is_empty"]:
        return {**results, "empty": _empty(selection, asked)}
    return {**results, **_list(selection, asked, counts, incidents)}


def _list(selection: Selection, asked: Asked, counts: Counts, incidents: int | None) -> dict[str, Any]:
    """The list that is chosen: its rows, headings, page and notes."""
    persons = sum(counts.by_outcome.values())
    numbers = {"incidents": (_("Incidents, %(n)s"), incidents), "people": (_("People, %(n)s"), persons)}
    context: dict[str, Any] = {
        "toggles": [
            {
                "label": label % {"n": wording.count(n)},
                "url": asked.address(selection, view=view, sort=NEWEST_FIRST),
                "current": view == asked.view,
            }
            for view, (label, n) in numbers.items()
        ],
        "outcome": selection.outcome,
        "injuries_recorded": selection.basis.injuries_recorded,
    }
    if asked.view == "people":
        page, people = people_list(selection, asked.sort, asked.after)
        total = selection.rows.count()
        context |= {"rows": people, "several_persons": total != persons}
        noun = _("People") if total == persons else _("Rows")
    elif incidents is None:
        return {**context, "no_incidents": True}
    else:
        found = incident_list(selection, asked.sort, asked.after)
        context |= {
            "rows": found.rows,
            "without_incident": found.without_incident,
            "parts": any(row.deaths.of is not None or row.injured.of is not None for row in found.rows),
        }
        page, total, noun = found.page, incidents, _("Incidents")
    return {
        **context,
        "headings": _headings(selection, asked),
        "pager": {
            "noun": noun,
            "first": page.first,
            "last": page.last,
            "total": total,
            "size": SIZE,
            "previous_url": None if page.previous is None else asked.address(selection, after=page.previous),
            "next_url": None if page.following is None else asked.address(selection, after=page.following),
        },
    }


def _headings(selection: Selection, asked: Asked) -> dict[str, dict[str, str]]:
    """The headings that sort: their address (the other way round when they sort now) and their state."""
    headings = {}
    for name, first_way in (("date", "-date"), ("mission", "mission"), ("people", "-people")):
        if first_way in ORDERS[asked.view]:
            other_way = {f"-{name}": name, name: f"-{name}"}.get(asked.sort, first_way)
            state = {f"-{name}": "descending", name: "ascending"}.get(asked.sort, "")
            headings[name] = {"url": asked.address(selection, sort=other_way), "state": state}
    return headings


def _empty(selection: Selection, asked: Asked) -> dict[str, Any]:
    """Why it is a zero, and the nearest wider selections that hold somebody."""
    wider = {
        label: selection.change(**dict.fromkeys(names))
        for label, names in WIDER.items()
        if any(name in selection.values for name in names)
    }
    unrecorded = {
        name: selection.change(**{name: NOT_RECORDED})
        for name in ("gender", "nationality")
        if name in selection.values and NOT_RECORDED not in selection.values[name]
    }
    totals = [
        int(frame[PERSONS].sum())
        for frame in count_each([(other, []) for other in [*wider.values(), *unrecorded.values()]])
    ]
    of_wider = dict(zip(wider, totals, strict=False))
    of_unrecorded = dict(zip(unrecorded, totals[len(wider) :], strict=True))
    nearest = sorted((label for label, n in of_wider.items() if n), key=lambda label: of_wider[label])[:2]
    links = [
        {
            "label": _("%(label)s, otherwise the same: %(n)s")
            % {"label": _(label), "n": wording.count(of_wider[label])},
            "url": asked.address(wider[label]),
        }
        for label in nearest
    ] or [{"label": _("All filters cleared"), "url": reverse("incidents")}]
    any_time = wider.get("All years")
    latest = None
    if any_time is not None and of_wider["All years"] and not selection.basis.annual_counts_only:
        days = any_time.rows.filter(occurred_precision=DatePrecision.DAY)
        latest = days.aggregate(latest=Max("occurred_on"))["latest"]
    return {
        "reason": explorer_words.why_zero(
            selection,
            all_causes=of_wider.get("All causes") if "cause" in selection.values else None,
            latest=latest,
            not_recorded={name: n for name, n in of_unrecorded.items() if n},
        ),
        "wider": links,
    }
