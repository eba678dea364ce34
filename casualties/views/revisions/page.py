"""Revisions: what a newer release says otherwise than an older one, as a page and as a file."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from casualties.charts import wording
from casualties.charts.embed import source_line
from casualties.choices import Cause, Gender, Outcome, Personnel, Severity
from casualties.counts import NO_INJURIES, NotAvailable
from casualties.exports.ledger import BACK_DATED, RECLASSIFIED, Ledger, ledger, ledger_frame
from casualties.exports.meanings import LEDGER
from casualties.exports.versions import WITHDRAWN
from casualties.filters import NOT_RECORDED, TEXT_SEARCH, Basis, FilterProblem, Selection, chips
from casualties.trends.series_years import series_years
from casualties.views import states
from casualties.views.access import readers
from casualties.views.figures_cache import for_reader, kept
from casualties.views.files.frames import Made, frame_file, one_outcome
from casualties.views.files.sending import own_of
from casualties.views.filter_form import filter_form
from casualties.views.incident_rows import nationality_word
from casualties.views.revisions.address import KINDS, OWN, Asked, asked_of
from casualties.views.revisions.compared_dates import compared_dates, release_dates
from casualties.views.revisions.tables import (
    balance_table,
    fields_table,
    group_tables,
    kind_words,
    matrix_table,
)
from casualties.views.scope_bar import scope_bar, scope_with_causes
from casualties.views.selecting import selection_of

SIZE = 25
FORM = ("mission", "cause", "from", "to", "scope")


@readers
@require_safe
def revisions(request: HttpRequest) -> HttpResponse:
    """The page: the balance, the matrix of causes, fields, tables by cause, mission and year, and the people."""
    heading = _("What changed between two releases")
    selection, asked, problems = _read(request, OWN)
    if problems:
        return states.refused(request, problems, heading=heading, back=reverse("revisions"))
    if selection.release is None:
        return states.nothing_loaded(request)
    if asked is None:
        context = {"heading": heading, "first_release": selection.release.date}
        return for_reader(request, render(request, "casualties/revisions.html", context))
    if selection.outcome == Outcome.INJURY and not selection.basis.injuries_recorded:
        return states.not_available(request, _(NO_INJURIES), heading=heading, back=reverse("revisions"))
    shown = states.deaths_beside_injuries(selection)
    try:
        page = kept("revisions", shown, lambda: _page(shown, asked, heading), own=str(asked))
    except NotAvailable as reason:
        return states.not_available(request, str(reason), heading=heading, back=reverse("revisions"))
    if page is None:
        problem = FilterProblem("page", str(asked.page), _("is not a page of this list"))
        return states.refused(request, [problem], heading=heading, back=asked.address(shown, page=1))
    dates = release_dates(selection.basis)
    form = filter_form(request.GET, [], selection.basis)
    context = {
        **page,
        "fields": [field for name, field in form.shown.items() if name in FORM],
        "others": [(name, value) for name, values in shown.values.items() if name not in FORM for value in values],
        "since": asked.since,
        "until": asked.until,
        "dates": dates,
    }
    return for_reader(request, render(request, "casualties/revisions.html", context))


@readers
@require_safe
def revisions_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """One row per person and field that changed; the same people as the list of the page under the same address."""
    selection, asked, problems = _read(request, tuple(own_of(form, *OWN)))

    def make() -> Made:
        if selection.outcome == Outcome.INJURY and not selection.basis.injuries_recorded:
            raise NotAvailable(NO_INJURIES)
        if asked is None:
            raise NotAvailable(_("not available: there is one release, and nothing to compare it with"))
        found = ledger(selection, since=asked.since, until=asked.until)
        frame = ledger_frame(found.of(asked.show, old=asked.old, new=asked.new))
        dated = frame.assign(since=asked.since.isoformat(), until=asked.until.isoformat())
        name = "-".join(part for part in ("revisions", asked.show, "since", asked.since.isoformat()) if part)
        return Made(name=name, selection=found.now, frame=dated, meanings=LEDGER)

    return frame_file(request, [*problems, *one_outcome(selection)], make, form=form)


def _read(request: HttpRequest, own: Sequence[str]) -> tuple[Selection, Asked | None, list[FilterProblem]]:
    """The selection, what is asked of it (None: there is one release only), and what is wrong with either."""
    selection = selection_of(request, own=own)
    problems = list(selection.problems)
    if "known_at" in selection.values:
        reason = _("cannot stand together with since and until, which say both dates")
        problems.append(FilterProblem("known_at", selection.values["known_at"][0], reason))
    if selection.text:
        reason = _("is not kept by date: what changed between two dates cannot be searched")
        problems.append(FilterProblem(TEXT_SEARCH, selection.text, reason))
    if selection.release is None:
        return selection, None, problems
    dates = compared_dates(request.GET, selection.basis)
    problems += dates.problems
    if dates.since is None or dates.until is None:
        return selection, None, problems
    asked, wrong = asked_of(request.GET, dates.since, dates.until)
    return selection, asked, [*problems, *wrong]


def _page(selection: Selection, asked: Asked, heading: str) -> dict[str, Any] | None:
    """The figures as HTML and the scope bar; None where the list has no such page."""
    found = ledger(selection, since=asked.since, until=asked.until)
    people = _people(found, selection, asked)
    if people is None:
        return None
    shown, sources = chips(selection), found.now.basis.sources
    body = {
        "heading": heading,
        "sentence": _sentence(found, asked),
        "scope": wording.capitalised(scope_with_causes(selection)),
        "chips": [
            {
                "words": chip.text,
                "remove_url": f"{reverse('revisions')}?since={asked.since}&until={asked.until}&{chip.query_string}",
            }
            for chip in shown
            if not chip.is_default
        ],
        "fixed_chips": [chip.text for chip in shown if chip.is_default],
        "balance": balance_table(found, selection, asked),
        "matrix": matrix_table(found, selection, asked),
        "fields": fields_table(found, selection, asked),
        "groups": group_tables(found, selection, asked),
        "csv_url": asked.address(selection, to="revisions-csv", show="", old="", new="", page=1),
        "source": source_line(sources.published_on, own_on=sources.own_on),
        **people,
    }
    years = series_years(found.now)
    return {
        "body": [render_to_string(f"casualties/_revisions_{part}.html", body) for part in ("lede", "figures")],
        "scope_bar": {**scope_bar(selection, years, None, []), "takes_known_at": False},
        "release_date": asked.until,
        "release_words": _("compared with %(day)s") % {"day": f"{asked.since.day} {asked.since:%b %Y}"},
    }


def _sentence(found: Ledger, asked: Asked) -> str:
    """ "From 4,344 as known at 28 November 2023 to 4,345 at 5 December 2023: 3 added, 1 of them back-dated ..." """
    n = found.balance()
    facts = {name: wording.count(value) for name, value in n.items()}
    facts |= {
        name: f"{wording.day_and_month(day)} {day.year}" for name, day in (("d1", asked.since), ("d2", asked.until))
    }
    count = _("%(since)s people as known at %(d1)s became %(until)s as known at %(d2)s") % facts
    if found.changes.empty:
        return _("Nothing changed between %(d1)s and %(d2)s: %(until)s people at both dates.") % facts
    parts = []
    if n["added"]:
        said = ngettext("%(added)s was added", "%(added)s were added", n["added"]) % facts
        dated = _("%(said)s, %(back-dated)s of them back-dated") % {**facts, "said": said}
        parts.append(dated if n[BACK_DATED] else said)
    for kind, said in (
        ("reinstated", ngettext("%(n)s reinstated", "%(n)s reinstated", n["reinstated"])),
        (WITHDRAWN, ngettext("%(n)s withdrawn", "%(n)s withdrawn", n[WITHDRAWN])),
    ):
        if n[kind]:
            parts.append(said % {"n": wording.count(n[kind])})
    for kind, said in ((RECLASSIFIED, _("%(n)s reclassified")), ("changed", _("%(n)s changed in another field"))):
        if people := found.people(kind):
            parts.append(said % {"n": wording.count(people)})
    return f"{wording.told(count, wording.listed(parts))}."


def _people(found: Ledger, selection: Selection, asked: Asked) -> dict[str, Any] | None:
    """The page of the list that is asked for, with the choices of what it shows."""
    rows = found.of(asked.show, old=asked.old, new=asked.new)
    pages = max(1, -(-len(rows) // SIZE))
    if asked.page > pages:
        return None
    first = (asked.page - 1) * SIZE
    counts = {kind: found.people(kind) for kind in ("", *KINDS)}
    named = kind_words()
    toggles = [
        {
            "label": f"{named.get(kind, _('All changes'))}, {wording.count(n)}",
            "url": asked.address(selection, show=kind, old="", new="", page=1),
            "current": kind == asked.show,
        }
        for kind, n in counts.items()
        if n or not kind
    ]
    words = named.get(asked.show, _("All changes"))
    if asked.old or asked.new:
        said = {"old": wording.cause_label(asked.old), "new": wording.cause_label(asked.new), "words": words}
        words = _("%(words)s, from %(old)s to %(new)s") % said
    return {
        "toggles": toggles,
        "list_words": words,
        "list_people": found.people(asked.show, old=asked.old, new=asked.new),
        "people": [_person(row, found.now.basis) for row in rows.iloc[first : first + SIZE].to_dict("records")],
        "list_csv_url": asked.address(selection, to="revisions-csv", page=1),
        "pager": {
            "noun": _("Rows"),
            "first": first + 1 if len(rows) else 0,
            "last": min(first + SIZE, len(rows)),
            "total": len(rows),
            "size": SIZE,
            "previous_url": asked.address(selection, page=asked.page - 1) if asked.page > 1 else "",
            "next_url": asked.address(selection, page=asked.page + 1) if asked.page < pages else "",
        },
    }


def _person(row: Mapping[Any, Any], basis: Basis) -> dict[str, Any]:
    side = "then" if row["what"] == WITHDRAWN else "now"
    named = kind_words()
    what = named[BACK_DATED] if row["back_dated"] else named[row["what"]] if row["what"] != "changed" else _("Changed")
    return {
        "reference": row[f"reference_{side}"],
        "incident": row[f"incident_{side}"],
        "mission": row[f"mission_{side}"],
        "date": _day(row[f"date_{side}"]),
        "cause": row[f"cause_{side}"],
        "persons": row[f"persons_{side}"],
        "what": what,
        "changes": [
            (named[name], _said(name, row[f"{name}_then"], basis), _said(name, row[f"{name}_now"], basis))
            for name in row["fields"]
        ],
        "known_from": row["known_from"],
    }


def _said(name: str, value: Any, basis: Basis) -> str:
    """A value of a field in words, – where there is none."""
    if value in {"", None}:
        return wording.NOT_AVAILABLE
    choices = {"cause": Cause, "outcome": Outcome, "severity": Severity, "personnel": Personnel, "gender": Gender}
    if name in {"date", "died_on"}:
        return _day(value)
    if name == "nationality":
        return nationality_word(value, basis)
    if value == NOT_RECORDED:
        return _("Not recorded")
    return str(choices[name](value).label) if name in choices else str(value)


def _day(written: str) -> str:
    """An ISO day, month or year as tables have it: 21 Nov 2023, Nov 2023, 2023."""
    year, *rest = written.split("-")
    month = _(date(int(year), int(rest[0]), 1).strftime("%b")) if rest else ""
    day = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(part for part in (day, month, year) if part)
