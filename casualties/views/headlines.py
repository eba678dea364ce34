"""Headline figures of the overview and of a mission's page, as templates/casualties/_figures.html takes them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.filling import filled, joined
from casualties.charts.window_titles import NAMED_TIES, Line, Point, record_names
from casualties.choices import Cause, Outcome
from casualties.counts import total
from casualties.filters import PERIOD, Selection
from casualties.frames import CAUSE, YEAR
from casualties.trends.revised import Revised
from casualties.views import open_year_sentences
from casualties.views.adding import sums
from casualties.views.addresses import incidents_url, open_cases_url
from casualties.views.leads import leading

Figure = dict[str, Any]

ANY_TIME: Mapping[str, None] = dict.fromkeys(PERIOD)


def whole_series(selection: Selection, n: int, label: str, note: str, *, provisional: bool) -> Figure:
    """Everybody in the selection."""
    return {
        "label": label,
        "value": n,
        "mark": "p" if provisional else "",
        "note": note,
        "value_url": incidents_url(selection),
        "note_url": incidents_url(selection),
        "note_link": _("All incidents"),
    }


def open_year(selection: Selection, n: int, before: Sequence[int], malicious: int | None, until: date) -> Figure:
    """The open year to the day, beside the same days of the years before it (`before`) and never beside whole years."""
    notes, lead = [], leading(selection)
    if malicious is not None:
        killed = lead(malicious, cause=Cause.MALICIOUS_ACT.value, up_to=(until.year, until))
        notes.append(filled(_("%(n)s by malicious acts."), {"n": killed}))
    if before:
        facts = {
            "years": wording.years(until.year - len(before), until.year - 1),
            "range": open_year_sentences.range_of(before, until, lead),
        }
        notes.append(filled(_("Same days of %(years)s: %(range)s."), facts))
    return {
        "label": _("%(counted)s in %(year)s, to %(day)s")
        % {"counted": counted(selection), "year": until.year, "day": wording.day_and_month(until)},
        "value": n,
        "mark": "p",
        "note": joined(*notes),
        # To the day, as it is counted: a person of whom only the month or year is known is under no day.
        "value_url": incidents_url(
            selection, **{**ANY_TIME, "date_from": f"{until.year}-01-01", "date_to": until.isoformat()}
        ),
        "note_url": incidents_url(selection, **{**ANY_TIME, "from": until.year, "to": until.year}),
        "note_link": _("Incidents of %(year)s") % {"year": until.year},
    }


def open_year_without_days(selection: Selection, n: int, year: int) -> Figure:
    """The open year where only annual counts are loaded."""
    return {
        "label": _("%(counted)s in %(year)s so far") % {"counted": counted(selection), "year": year},
        "value": n,
        "mark": "p",
        "note": _("To which day is not known: annual counts only."),
        "value_url": incidents_url(selection, year=year),
    }


def window(selection: Selection, line: Line, label: str) -> Figure | None:
    """The open window (else the last closed one) with the one before it and the record; `label` takes its name."""
    now = line.open_window or (line.closed[-1] if line.closed else None)
    if now is None:
        return None
    note, lead = [], leading(selection)

    def led(point: Point, text: str = "") -> str:
        return lead(point.persons, text=text, cause=line.cause, years=point.years)

    if line.closed and line.closed[-1] is not now:
        note.append(_said(line.closed[-1].name, led(line.closed[-1])))
    if line.records:
        first, *others = line.records
        names = wording.listed([first.name, *(led(point, point.name) for point in others)])
        if len(line.records) > NAMED_TIES:
            names = record_names(line)
        note.append(filled(_("Record %(said)s"), {"said": _said(names, led(first))}))
    causes = {"cause": line.cause} if line.cause else {}
    years = {**ANY_TIME, "from": now.first_year, "to": now.last_year}
    return {
        "label": label % {"window": now.name},
        "value": now.persons,
        "mark": "p" if now.provisional else "",
        "note": joined(*note),
        "value_url": incidents_url(selection, **causes, **years),
        "note_url": incidents_url(selection, **causes, **years),
        "note_link": _("Incidents of %(window)s") % {"window": now.name},
    }


def to_be_determined(selection: Selection, n: int, note: str) -> Figure:
    """The open cases: work to do."""
    return {
        "label": _("Cause still to be determined"),
        "value": n,
        "note": note,
        "value_url": incidents_url(selection, cause=Cause.TO_BE_DETERMINED.value),
        "note_url": open_cases_url(selection),
        "note_link": _("Open cases"),
    }


def injuries(selection: Selection) -> Figure:
    """Injuries of the selection; – with the reason where the release holds none, since nobody recorded them."""
    if not selection.basis.injuries_recorded:
        return {"label": _("Injuries"), "value": None, "note": _("Not in this release. Not zero.")}
    injured = selection.change(outcome=Outcome.INJURY.value)
    return {
        "label": _("Injuries"),
        "value": total(injured),
        "mark": "p",
        "note": _("As far as they are recorded; never added to deaths."),
        "value_url": incidents_url(injured),
        "note_url": incidents_url(injured),
        "note_link": _("Incidents with injured"),
    }


def revised_marked(figure: Figure, revised: Revised, first_year: int, last_year: int, cause: str = "") -> Figure:
    """The figure with its r, where the people of these closed years were another number once they were published."""
    if figure.get("mark") or not revised.differs(first_year, last_year, cause):
        return figure
    return {**figure, "mark": "r"}


def now_and_before(this_year: pd.DataFrame, year: int) -> tuple[dict[str, int], list[int]]:
    """A frame of same_days by cause -> the open year by cause, and the years before it, oldest first."""
    before = sums(this_year[this_year[YEAR] < year], YEAR)
    return sums(this_year[this_year[YEAR] == year], CAUSE), list(before.values())


def counted(selection: Selection) -> str:
    """ "Deaths" or "Injuries"."""
    return wording.noun(selection.outcome)


def _said(window_name: str, persons: str) -> str:
    return filled(_("%(label)s: %(words)s."), {"label": window_name, "words": persons})
