"""Tables of open cases: by age and mission, and what became of those that were open at the first release."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
from django.urls import reverse
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Cell, Embed, Heading, Row, Table, share_cell, words
from casualties.charts.leading import Lead, linked
from casualties.charts.open_cases import AGES, age_label, between_ages
from casualties.choices import Cause
from casualties.counts import count_each, ends_before_gender, same_day, total
from casualties.exports.ledger import RECLASSIFIED, WENT, ledger
from casualties.exports.versions import WITHDRAWN
from casualties.filters import Selection
from casualties.frames import MISSION, PERSONS
from casualties.views.addresses import incidents_url, with_query
from casualties.views.revisions.address import Asked
from casualties.views.revisions.compared_dates import release_dates

OPEN = Cause.TO_BE_DETERMINED.value


@dataclass(frozen=True)
class Band:
    """Cases of an age: the selection of their days, their people by mission. No selection: nobody can be counted in
    them, since there are no such days, or no gender was recorded by then."""

    label: str
    selection: Selection | None
    persons: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.persons.values())

    def cell(self, mission: str = "") -> Cell:
        """The people of a mission, or of all, with the way to their incidents."""
        number = self.persons.get(mission, 0) if mission else self.total
        if self.selection is None:
            return Cell(text=wording.NOT_AVAILABLE)
        narrow = {"mission": mission} if mission else {}
        url = incidents_url(self.selection, **narrow) if number else ""
        return Cell(text=wording.count(number), url=url)


def age_table(selection: Selection, on: date) -> tuple[Table | None, list[Band]]:
    """Missions (most cases first) by age, and the ages; None where there is no case. One query.

    A case of which only a month or year is known, and which lies across two ages, is in neither: the table says so.
    """
    all_cases, bands = age_bands(selection, on, [MISSION])
    everybody = dict(zip(all_cases[MISSION], all_cases[PERSONS], strict=True))
    if not everybody:
        return None, bands
    loose = sum(everybody.values()) - sum(band.total for band in bands)
    order = sorted(everybody, key=lambda acronym: (-everybody[acronym], acronym))
    rows = [_row(acronym, acronym, bands, everybody, selection, loose=bool(loose)) for acronym in order]
    rows.append(_row(_("All missions"), "", bands, everybody, selection, loose=bool(loose)))
    headings = [
        Heading(text=_("Mission"), number=False),
        *(Heading(text=band.label) for band in bands),
        *([Heading(text=between_ages())] if loose else []),
        Heading(text=_("All")),
    ]
    return Table(headings=tuple(headings), rows=tuple(rows)), bands


def age_bands(selection: Selection, on: date, by: Sequence[str]) -> tuple[pd.DataFrame, list[Band]]:
    """count(selection, by) of open cases, and the ages, in one query; `on` is the day of the release."""
    cut = [selection.within(*_days(first, before, on)) for first, before in AGES]
    asked = [part for part in cut if not part.problems and not ends_before_gender(part)]
    *frames, everybody = count_each([*((part, [MISSION]) for part in asked), (selection, by)])
    found = (dict(zip(frame[MISSION], frame[PERSONS], strict=True)) for frame in frames)
    of = dict(zip(map(id, asked), found, strict=True))
    bands = [
        Band(age_label(first, before), part if id(part) in of else None, of.get(id(part), {}))
        for (first, before), part in zip(AGES, cut, strict=True)
    ]
    return everybody, bands


def ages_frame(selection: Selection, on: date) -> pd.DataFrame:
    """One row per mission with a case and age: full years since the incident, from `years_from` to below `years_below`.

    Both are empty of cases between two ages: so little of their day is known.
    """
    everybody, bands = age_bands(selection, on, [MISSION])
    rows: list[tuple[int | None, int | None, str, int]] = []
    for mission, persons in zip(everybody[MISSION], everybody[PERSONS], strict=True):
        of_age = [band.persons.get(mission, 0) for band in bands]
        rows += [(first, below, mission, n) for (first, below), n in zip(AGES, of_age, strict=True)]
        rows.append((None, None, mission, persons - sum(of_age)))
    frame = pd.DataFrame(rows, columns=["years_from", "years_below", MISSION, PERSONS])
    frame = frame.astype({"years_from": "Int64", "years_below": "Int64"})
    return frame[(frame[PERSONS] > 0) | frame["years_from"].notna()].assign(mark="")


def ages_csv_url(selection: Selection) -> str:
    """The ages of the open cases of a selection, as a file."""
    return with_query(reverse("open-case-ages-csv"), selection.change(cause=None).query_string)


def longest_lead(bands: Sequence[Band]) -> Lead:
    """The cases of the last age as a link to them, where that is the same number of people."""
    last = bands[-1]

    def lead(n: int, **_of: Any) -> str:
        return linked(n, last.cell().url if last.total == n else "")

    return lead


def ages_linked(chart: Embed, bands: Sequence[Band], url: str) -> Embed:
    """The chart's table with its figures leading to their incidents; no address has those whose day is not known."""
    ages = {band.label: band.cell() for band in bands}
    rows = []
    for row in chart.table.rows:
        first, figure = row.cells
        led = replace(figure, url=url) if row.total else ages.get(first.text, figure)
        rows.append(replace(row, cells=(first, led)))
    return replace(chart, table=replace(chart.table, rows=tuple(rows)))


def became(selection: Selection) -> dict[str, Any]:
    """What became of the cases open at the first release: first_release and, with a later one, until, n and table."""
    dates = release_dates(selection.basis)
    until = selection.known_at
    if until is None or until <= dates[0]:
        return {"first_release": dates[0]}
    anytime = selection.change(known_at=None)
    found = ledger(anytime, since=dates[0], until=until)
    asked = Asked(dates[0], until)
    n = total(found.then)
    gone, went = (found.people(kind) for kind in (WITHDRAWN, WENT))
    rows = []
    settled = found.reclassified().to_dict("records")
    for cause in Cause.values:
        people = sum(row["persons"] for row in settled if row["to"] == cause and row["from"] == OPEN)
        if people:
            url = asked.address(anytime, show=RECLASSIFIED, old=OPEN, new=cause)
            rows.append((_("Now: %(cause)s") % {"cause": wording.cause_label(cause).lower()}, people, url))
    if gone:
        rows.append((_("Withdrawn"), gone, asked.address(anytime, show=WITHDRAWN)))
    if elsewhere := found.people(WENT, new=OPEN):
        url = asked.address(anytime, show=WENT) if elsewhere == went else ""
        rows.append((_("Still open, but no longer in this selection by another change"), elsewhere, url))
    still = n - gone - went
    url = with_query(reverse("open-cases"), f"also_at={dates[0]}&{selection.query_string}") + "#cases"
    rows.append((_("Still to be determined"), still, url if still and "persons" not in found.fields() else ""))
    then = incidents_url(anytime.change(known_at=dates[0].isoformat())) if n else ""
    table = Table(
        headings=(Heading(text=_("Cause"), number=False), Heading(text=_("People")), Heading(text=_("Share"))),
        rows=(
            *(
                Row(cells=(words(label), Cell(text=wording.count(m), url=url), share_cell(m, n, sign=True)))
                for label, m, url in rows
            ),
            Row(cells=(words(_("Open then")), Cell(text=wording.count(n), url=then), words("")), total=True),
        ),
    )
    return {"first_release": dates[0], "until": until, "n": n, "table": table}


def _row(
    label: str, mission: str, bands: Sequence[Band], everybody: dict[str, int], selection: Selection, *, loose: bool
) -> Row:
    number = everybody[mission] if mission else sum(everybody.values())
    cells = [words(label), *(band.cell(mission) for band in bands)]
    if loose:
        inside = sum(band.persons.get(mission, 0) if mission else band.total for band in bands)
        cells.append(Cell(text=wording.count(number - inside)))
    narrow = {"mission": mission} if mission else {}
    cells.append(Cell(text=wording.count(number), url=incidents_url(selection, **narrow)))
    return Row(cells=tuple(cells), total=not mission)


def _days(first: int, before: int | None, on: date) -> tuple[date | None, date | None]:
    """The days of incidents that are `first` full years old, but not `before`, on a day; the youngest have no end."""
    start = same_day(on, on.year - before) + timedelta(days=1) if before is not None else None
    return start, same_day(on, on.year - first) if first else None
