"""What the brief of a mission says: the figures, charts and windows of its dashboard, counted by the same functions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casualties import briefs
from casualties.charts import wording
from casualties.charts.embed import Cell, Embed, sentences
from casualties.charts.embed import Table as PageTable
from casualties.charts.filling import as_text
from casualties.charts.window_titles import Line, line_of, record_names
from casualties.filters import Selection, in_words
from casualties.views import states
from casualties.views.addresses import mission_url, own_first, with_query
from casualties.views.mission import charts as mission_charts
from casualties.views.mission.counts import MissionCounts
from casualties.views.mission.facts import mission_facts
from casualties.views.mission.family import own_of
from casualties.views.one_series import MALICIOUS
from casualties.views.scope_bar import period_in_words, scope_with_causes

# Columns of the two tables of the page that stand side by side in the brief; both have the window first.
OF_WINDOWS = (0, 1, 4, 2, 3)
OF_RATES = (2, 3, 4, 5, 6, 7)
MARK = 5


def brief_url(known: MissionCounts) -> str:
    """The brief of what the page shows."""
    return with_query(reverse("mission-brief", args=[known.acronym]), query_of(known.selection))


def contents(known: MissionCounts) -> briefs.Contents:
    """The brief of a mission's selection that holds at least one person."""
    selection = known.selection
    page = mission_charts.charts(known)
    facts = mission_facts(known.acronym, selection.basis)
    together = len(known.members) > 1
    title = known.name if together else facts.title
    language = (get_language() or "en").partition("-")[0]
    cause = _lines_of(known)[0]
    return {
        "language": "en-GB" if language == "en" else language,
        "author": _("Casualty statistics, United Nations peacekeeping"),
        "title": title,
        "kicker": _("Mission brief"),
        "facts": "" if together else _facts(facts.facts),
        "sentence": as_text(page["sentence"]),
        "figures": [_figure(figure) for figure in page["figures"]],
        "bars": _bars(page["by_year"], known.open_year),
        "lines": _lines(page["windows"], [line_of(known.windows, each) for each in _lines_of(known)], _any_time(known)),
        "table": _table(page, cause, known),
        "method_heading": _("How these figures are made"),
        "method": _method(known, page),
        "foot": _foot(known),
        "page": _("Page %(n)s of 2"),
    }


def query_of(selection: Selection) -> str:
    """What the addresses of the page and of its brief ask alike."""
    return own_first(own_of(selection), selection.query_string)


def _lines_of(known: MissionCounts) -> list[str]:
    """The causes whose windows the chart of the page draws, the one that it is about first."""
    if not known.causes:
        return [MALICIOUS, wording.ALL_CAUSES]
    return [known.causes[0]] if len(known.causes) == 1 else [wording.ALL_CAUSES]


def _facts(facts: Any) -> str:
    """Full name, dates and place; not the strength, which has a date of its own."""
    return _("; ").join(fact.alone or fact.value for fact in facts[:3] if fact.value)


def _figure(figure: dict[str, Any]) -> briefs.Figure:
    value = figure["value"]
    return {
        "label": str(figure["label"]),
        "value": value if isinstance(value, str) else wording.count(value),
        "mark": str(figure.get("mark") or "") if value is not None else "",
        "note": as_text(figure.get("note") or ""),
    }


def _bars(chart: Embed, open_year: int | None) -> briefs.Bars:
    """The numbers of the page's own drawing."""
    traces = chart.figure.data if chart.figure is not None else ()
    return {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "caveat": chart.caveat,
        "years": [int(year) for year in traces[0].x] if traces else [],
        "causes": [entry.sign for entry in chart.key],
        "labels": [entry.label for entry in chart.key],
        "persons": [[wording.whole(n) for n in trace.y] for trace in traces],
        "open_year": open_year,
    }


def _lines(chart: Embed, lines: list[Line], any_time: str) -> briefs.Lines:
    return {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "caveat": sentences(
            _("The shaded field is the record.") if lines[0].records and lines[0].drawn else "",
            _("The hollow point is provisional: its last year is still open.") if lines[0].open_window else "",
            any_time if lines[0].drawn else chart.caveat,
        ),
        "lines": [
            {
                "cause": line.cause,
                "label": wording.cause_label(line.cause),
                "windows": [
                    {
                        "name": point.name,
                        "first": point.first_year,
                        "last": point.last_year,
                        "persons": point.persons,
                        "provisional": point.provisional,
                        "record": point.record,
                    }
                    for point in line.drawn
                ],
            }
            for line in lines
        ],
        "record": _("Record %(window)s: %(n)s")
        % {"window": record_names(lines[0]), "n": wording.count(lines[0].records[0].persons)}
        if lines[0].records
        else "",
    }


def _any_time(known: MissionCounts) -> str:
    """What a chosen period does to the windows: nothing."""
    return _("Windows are of five whole years; the chosen period is left aside here.") if known.has_period else ""


def _table(page: dict[str, Any], cause: str, known: MissionCounts) -> briefs.Table:
    """The windows with ranks, and beside them their rates; – where the page has none."""
    windows: PageTable = page["windows_table"]
    rates: PageTable | None = page["rates"]["table"]
    of_window = {row.cells[0].text: row.cells for row in rates.rows} if rates else {}
    columns = OF_RATES if rates else ()
    headings = [windows.headings[i].text for i in OF_WINDOWS]
    headings += [rates.headings[i].text for i in columns] if rates else []
    headings.append(windows.headings[MARK].text)
    none = Cell(text=wording.NOT_AVAILABLE, missing=True)
    rows: list[briefs.Row] = []
    for row in windows.rows:
        beside = of_window.get(row.cells[0].text)
        cells = [row.cells[i] for i in OF_WINDOWS]
        cells += [beside[i] if beside else none for i in columns]
        cells.append(row.cells[MARK])
        rows.append({"cells": [(cell.text, cell.mark) for cell in cells], "record": row.record})
    return {
        "heading": _("Five-year windows"),
        "caption": sentences(
            _("%(what)s, the latest window first.")
            % {"what": wording.capitalised(wording.persons_of(cause, known.selection.outcome))},
            _any_time(known),
            _("A rank in parentheses is the one that the open window would have."),
            page["rates"]["sentence"],
        ),
        "headings": headings,
        "words": [0, len(headings) - 1],
        "rows": rows,
        "more": _("And %(n)s other windows, which the page and its files hold."),
    }


def _method(known: MissionCounts, page: dict[str, Any]) -> list[str]:
    address = with_query(mission_url(known.acronym), query_of(known.selection))
    return [
        _(
            "One person is counted once, by the date of the incident. Deaths before 2000 may be incomplete. Local "
            "civilian staff were seldom recorded before 1990, so long comparisons use uniformed personnel. Agencies, "
            "funds and programmes are not included."
        ),
        _(
            "A window is five calendar years. Windows are ranked by their count, equal ones alike; the open window is "
            "not ranked. Changes and ranks are among complete windows of this selection."
        ),
        _(
            "Rates are uniformed deaths per 1,000 uniformed person-years, in the mission-months for which person-years "
            "are held. %(notes)s"
        )
        % {"notes": page["rates"]["notes"]},
        _(
            "p: provisional, the period is still open. r: revised since first published. –: not available, which is "
            "not zero. Causes to be determined are open cases; unknown is a finding."
        ),
        known.source,
        _("The people and incidents behind every figure are on the page %(address)s; definitions under %(method)s.")
        % {"address": address, "method": reverse("method")},
    ]


def _foot(known: MissionCounts) -> list[str]:
    """Scope, selection, release, known-at and version: which figures these are, on each page."""
    selection = known.selection
    release = states.loaded(selection)
    day = selection.known_at or release.date
    facts = {
        "release": wording.dated(release.date, "j F Y"),
        "day": wording.dated(day, "j F Y"),
        "version": selection.basis.version,
    }
    scope = wording.capitalised(scope_with_causes(selection))
    return [
        _("Scope: %(scope)s. Incidents of %(period)s.")
        % {"scope": scope, "period": period_in_words(selection, known.axis, known.until)},
        _("Selection: %(words)s.") % {"words": in_words(selection)},
        _("Release of %(release)s. Known at %(day)s. Data version %(version)s.") % facts,
    ]
