"""Two to six missions, contributors or periods side by side: counts, shares, windows and rates on one scale."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.charts.side_by_side import (
    Counted,
    rates_beside,
    shares_side_by_side,
    windows_side_by_side,
    years_side_by_side,
)
from casualties.counts import NotAvailable
from casualties.exports.meanings import COMPARED
from casualties.filters import FilterProblem, allowed_word
from casualties.views import headlines, states
from casualties.views.access import readers
from casualties.views.addresses import with_query
from casualties.views.compare.asking import LEAST, MOST, SAID_BY_ITEMS, Asked, asked_of, choices
from casualties.views.compare.counting import Comparison, comparison
from casualties.views.compare.files import VIEWS
from casualties.views.compare.tables import counts_table
from casualties.views.figures_cache import for_reader, kept
from casualties.views.files.frames import Made, frame_file
from casualties.views.files.sending import own_of
from casualties.views.page_filter import filter_form
from casualties.views.scope_bar import scope_bar, scope_with_causes, source_of

COUNTS, WINDOWS = "counts", "windows"
FIELDS = ("cause", "personnel", "scope", "from", "to")


@readers
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The comparison of an address; with fewer than two items the form alone."""
    asked = asked_of(request)
    heading = _("Compare")
    if asked.problems:
        return states.refused(request, asked.problems, heading=heading, back=reverse("compare"))
    if asked.selection.release is None:
        return states.nothing_loaded(request)
    page: dict[str, Any] = {"heading": heading, "form": _form(asked), "too_few": len(asked.words) == 1}
    if len(asked.items) >= LEAST:
        try:
            page |= kept("compare", asked.selection, lambda: _figures(asked), own=asked.query_string)
        except NotAvailable as reason:
            return states.not_available(request, str(reason), heading=heading, back=reverse("compare"))
    return for_reader(request, render(request, "compare/compare.html", page))


@readers
@require_safe
def compare_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """The same comparison as a file: its table (?view=counts, or no view), or that of one of its charts (VIEWS)."""
    asked = asked_of(request, *own_of(form, "view"))
    problems = list(asked.problems)
    view = allowed_word(request.GET, "view", tuple(VIEWS), problems) or COUNTS
    if asked.by == "period" and view == WINDOWS:
        reason = _("is not of periods, which are compared as they stand")
        problems.append(FilterProblem("view", view, reason, tuple(name for name in VIEWS if name != WINDOWS)))
    if not problems and len(asked.items) < LEAST:
        problems.append(FilterProblem("item", "", _("needs two values at least")))

    def make() -> Made:
        name = f"compare_{asked.by}s" if view == COUNTS else f"compare_{asked.by}s_{view}"
        counted = asked.selection.change(**headlines.ANY_TIME) if view == WINDOWS else asked.selection
        facts = {"compared": "; ".join(item.word for item in asked.items)}
        return Made(name=name, selection=counted, frame=VIEWS[view](comparison(asked)), facts=facts, meanings=COMPARED)

    return frame_file(request, problems, make, form=form)


def _form(asked: Asked) -> dict[str, Any]:
    """Six places for items and the filters they share; the kinds of comparison as links."""
    known = choices(asked.by, asked.selection.basis)
    words = [*asked.words, *[""] * (MOST - len(asked.words))]
    filters = filter_form(asked.selection, reverse("compare"), names=FIELDS)
    dropped = SAID_BY_ITEMS[asked.by]
    return {
        "by": asked.by,
        "kinds": [
            {
                "label": label,
                "url": with_query(
                    reverse("compare"),
                    f"by={by}&{asked.selection.change(**dict.fromkeys(SAID_BY_ITEMS[by])).query_string}".rstrip("&"),
                ),
                "current": by == asked.by,
            }
            for by, label in (("mission", _("Missions")), ("contributor", _("Contributors")), ("period", _("Periods")))
        ],
        "places": [
            {
                "n": n,
                "value": word,
                "options": [(value, text, value == word) for value, text in known.items()] if known else None,
            }
            for n, word in enumerate(words, 1)
        ],
        "fields": [field for field in filters["fields"] if field.name not in dropped],  # type: ignore[attr-defined]
        "hidden": filters["hidden"],
        "examples": _examples(asked) if not asked.words else [],
    }


def _examples(asked: Asked) -> list[dict[str, str]]:
    """Ways to begin, of items that the data have."""
    ready = {
        "mission": (("MINUSMA", "MONUSCO", "MINUSCA", "UNAMID", "UNMISS"), ("UNIFIL", "UNFICYP", "UNDOF")),
        "contributor": (("BGD", "IND", "PAK", "ETH"), ("TCD", "NGA", "GHA")),
        "period": (("1992-1996", "2013-2017"), ("2009-2013", "2014-2018", "2019-2023")),
    }[asked.by]
    basis, last = asked.selection.basis, asked.selection.basis.last_covered_year or 0
    found = []
    for words in ready:
        if asked.by == "period":
            usable = all(int(word[-4:]) <= last for word in words)
        else:
            usable = all(word in (basis.missions if asked.by == "mission" else basis.countries) for word in words)
        if usable:
            query = "&".join([f"by={asked.by}", *(f"item={word}" for word in words)])
            label = ", ".join(basis.countries.get(word, word) if asked.by == "contributor" else word for word in words)
            found.append({"label": label.replace("-", "–") if asked.by == "period" else label, "url": f"?{query}"})
    return found


def _figures(asked: Asked) -> dict[str, Any]:
    """The figures as HTML, and the scope bar."""
    found = comparison(asked)
    selection = asked.selection
    scope, source = scope_with_causes(selection), source_of(selection)
    series = [
        Counted(key=str(n), name=one.item.name, counts=one.counts, years=one.years, line=one.line)
        for n, one in enumerate(found.compared)
    ]
    about: dict[str, Any] = {"scope": scope, "outcome": selection.outcome, "source": source}

    def csv_url(view: str) -> str:
        own = "" if view == COUNTS else f"view={view}"
        return with_query(reverse("compare-csv"), "&".join(part for part in (own, asked.query_string) if part))

    body = {
        "sentence": _sentence(found),
        "counts": counts_table(found),
        "counted": headlines.counted(selection),
        "scope": wording.capitalised(scope),
        "source": source,
        "csv_url": csv_url(COUNTS),
        "years": years_side_by_side(
            series, found.causes, cause=found.cause, open_year=found.open_year, csv_url=csv_url("years"), **about
        ),
        "shares": shares_side_by_side(series, found.causes, csv_url=csv_url("shares"), **about)
        if len(found.causes) > 1
        else None,
        "rates": rates_beside(
            {one.item.word: one.item.name for one in found.compared},
            found.rates,
            cause=found.cause,
            csv_url=csv_url("rates"),
            **about,
        ),
        "windows": windows_side_by_side(series, cause=found.cause, csv_url=csv_url(WINDOWS), **about),
        "period_left_aside": found.by != "period" and any(name in selection.values for name in headlines.ANY_TIME),
    }
    bar = scope_bar(selection, found.axis, found.until, [])
    if found.by == "period":
        bar["period"] = ", ".join(one.item.name for one in found.compared)
    return {"body": render_to_string("compare/_figures.html", body), "scope_bar": bar}


def _sentence(found: Comparison) -> str:
    """ "Three missions side by side: MINUSMA (2013–23), MONUSCO (2010–23) and UNIFIL (1978–2023)." """
    names = [
        one.item.name
        if found.by == "period" or not one.years
        else f"{one.item.name} ({wording.years(one.years[0], one.years[-1])})"
        for one in found.compared
    ]
    kinds = {"mission": _("missions"), "contributor": _("contributors"), "period": _("periods")}
    facts = {
        "n": wording.capitalised(wording.number_word(len(names))),
        "kind": kinds[found.by],
        "names": wording.listed(names),
    }
    said = _("%(n)s %(kind)s side by side: %(names)s.") % facts
    if found.open_year is not None:
        still = _("%(year)s is still open: figures that reach into it are provisional.") % {"year": found.open_year}
        said = f"{said} {still}"
    return said
