"""/reports/build/: rows, columns, measure and selection are chosen, the table stands below, the address says it all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from casualties.charts import wording
from casualties.counts import MEASURES, NotAvailable
from casualties.filters import OUTCOMES, PARAMETERS, FilterProblem, Selection, chips
from casualties.reports.asked import Asked, too_large
from casualties.reports.building import BUILD, MEASURE_WORDS, OFFERED, definition_of
from casualties.reports.tables import ReportTooLarge
from casualties.reports.words import dimension_word
from casualties.views import states
from casualties.views.access import readers
from casualties.views.addresses import with_query
from casualties.views.figures_cache import for_reader, kept
from casualties.views.page_filter import filter_form
from casualties.views.refusals import in_words
from casualties.views.reports.asking import asked_of
from casualties.views.reports.keeping import offers
from casualties.views.reports.page import report_scope
from casualties.views.reports.shown import figures_of
from casualties.views.scope_bar import is_filtered, scope_of_series, scope_with_causes
from peacekeeping.htmx import render_page, wants_part

FIELDS = (
    "mission", "nationality", "cause", "from", "to", "personnel", "scope", "kind", "region", "gender",
)  # fmt: skip
EXAMPLES = (
    ("rows=mission&columns=year&cause=malicious-act", gettext_lazy("malicious acts by mission and year")),
    ("rows=nationality&rows=cause", gettext_lazy("nationality and cause, with sub-totals")),
    ("rows=year&columns=kind&measure=incidents", gettext_lazy("incidents by year and kind of mission")),
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A field of the form: its options are value, words, and whether it stands."""

    id: str
    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]
    none: str = ""


@readers
@require_safe
def build(request: HttpRequest) -> HttpResponse:
    """The form, and the table of what it asks; without rows the form alone. What is wrong is named, with no figure."""
    asked = asked_of(request, BUILD)
    if asked.asked.release is None:
        return states.nothing_loaded(request)
    nothing_yet = not definition_of(request.GET).is_asked
    problems = [problem for problem in asked.problems if not (nothing_yet and problem.parameter == "rows")]
    page: dict[str, Any] = {}
    if not problems and not nothing_yet:
        try:
            page = kept("report-build", asked.counted, lambda: _built(asked), own=asked.query_string)
            page = {**page, **offers(request, asked), **_share(request, asked)}
        except NotAvailable as reason:
            page = {"not_available": f"{wording.capitalised(str(reason))}."}
        except ReportTooLarge as reason:
            problems = [too_large(reason, asked)]
    if not page and not problems:
        page = {"scope_bar": {**scope_of_series(asked.asked), "counting": "", "takes_known_at": False}}
    context = {**page, **_form(request, asked, problems)}
    part = "reports/_build_in_place.html"
    response = render_page(request, "reports/build.html", context, part=part, status=400 if problems else 200)
    if wants_part(request) and "share_path" in page:
        push_url(response, page["share_path"])  # the address to share, without the form's empty fields
    return for_reader(request, response)


def _built(asked: Asked) -> dict[str, Any]:
    """What depends on the selection alone: the figures as HTML, and the scope bar."""
    return {
        "title": asked.title,
        "scope": wording.capitalised(scope_with_causes(asked.counted)),
        "body": render_to_string("reports/_report_table.html", figures_of(asked)),
        "scope_bar": report_scope(asked),
    }


def _share(request: HttpRequest, asked: Asked) -> dict[str, str]:
    path = with_query(reverse("report", args=[BUILD]), asked.query_string)
    return {"share_path": path, "share_url": request.build_absolute_uri(path)}


def _form(request: HttpRequest, asked: Asked, problems: Sequence[FilterProblem]) -> dict[str, Any]:
    """The form as it was filled in. With problems the selection is empty: its fields say what is allowed."""
    path = reverse("report", args=[BUILD])
    selection = asked.asked if not asked.asked.problems else asked.asked.change(**dict.fromkeys(asked.asked.values))
    choices = _choices(request, selection)
    suppress = {"suppress": str(asked.suppress)} if asked.suppress else {}
    own = "&".join(part for part in (urlencode(asked.own), urlencode(suppress)) if part)
    form = filter_form(selection, path, names=(*FIELDS, "outcome"), own=suppress)
    ours = {choice.name for choice in choices}
    return {
        "choices": choices,
        "filter": {
            **form,
            "chips": [
                {"words": chip.text, "remove_url": with_query(path, "&".join(filter(None, (own, chip.query_string))))}
                for chip in chips(selection)
                if not chip.is_default
            ],
        },
        "filtered": is_filtered(selection) and not problems,
        "open": is_filtered(selection) or any(problem.parameter not in ours for problem in problems),
        "problems": [in_words(problem, {choice.name: choice.id for choice in choices}) for problem in problems],
        "examples": [{"label": str(words), "url": with_query(path, query)} for query, words in EXAMPLES],
    }


def _choices(request: HttpRequest, selection: Selection) -> list[Choice]:
    """What is asked of the report itself, and the outcome, of which a table has one. What is wrong is not chosen."""
    given = definition_of(request.GET)
    rows = [*given.rows, "", ""]
    return [
        _by("rows-1", "rows", _("Rows"), rows[0], none=_("Choose")),
        _by("rows-2", "rows", _("Rows within these"), rows[1], none=_("None")),
        _by("columns", "columns", _("Columns"), given.columns, none=_("None")),
        Choice(
            id="build-measure",
            name="measure",
            label=_("Counting"),
            options=tuple((name, str(MEASURE_WORDS[name]), name == given.measure) for name in MEASURES),
        ),
        Choice(
            id="build-outcome",
            name="outcome",
            label=PARAMETERS["outcome"].label,
            options=(("injury", str(OUTCOMES["injury"]), selection.outcome == "injury"),),
            none=str(OUTCOMES["fatality"]),
        ),
    ]


def _by(place: str, name: str, label: str, chosen: str, *, none: str) -> Choice:
    options = tuple((word, dimension_word(word), word == chosen) for word in OFFERED)
    return Choice(id=f"build-{place}", name=name, label=label, options=options, none=none)
