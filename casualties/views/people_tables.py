"""Who died: tables by personnel type, nationality, mission and cause whose parts add up to their total."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.choices import Cause
from casualties.filters import NOT_RECORDED, UNDETERMINED, Selection
from casualties.frames import CAUSE, MISSION, NATIONALITY, PERSONNEL
from casualties.views.adding import most_first, sums
from casualties.views.addresses import (
    cause_url,
    contributor_of,
    counts_csv_url,
    everywhere,
    incidents_url,
    mission_of,
)
from casualties.views.incident_rows import nationality_word, personnel_word

SHOWN_NATIONALITIES = 10
SHOWN_MISSIONS = 10
MANY = 100  # an address with more values is no use to anybody
NAMED_CAUSES = (Cause.MALICIOUS_ACT.value, Cause.ACCIDENT.value, Cause.ILLNESS.value)


@dataclass(frozen=True, kw_only=True)
class PeopleRow:
    """People of one personnel type, nationality or mission; `causes` are those of NAMED_CAUSES and all others together.

    `url` leads to the people, `cause_urls` to those of each of `causes`, `page` to the page about the row."""

    label: str
    persons: int
    causes: tuple[int, ...]
    url: str = ""
    has_bar: bool = True
    page: str = ""
    cause_urls: tuple[str, ...] = ()

    @property
    def figures(self) -> list[tuple[int, str]]:
        """Each of `causes` with the address of its people; nobody leads nowhere."""
        urls = self.cause_urls or [""] * len(self.causes)
        return [(n, url if n else "") for n, url in zip(self.causes, urls, strict=True)]


def by_personnel(selection: Selection, counts: pd.DataFrame) -> dict[str, Any]:
    """Personnel types, most people first, and all of them."""
    rows = [
        linked_row(personnel_word(key), counts[counts[PERSONNEL] == key], everywhere(selection, personnel=key))
        for key, _persons in most_first(counts, PERSONNEL)
    ]
    return {
        "personnel": rows,
        "personnel_all": linked_row(_("All"), counts, everywhere(selection)),
        "personnel_longest": max((row.persons for row in rows), default=0),
        "personnel_csv_url": counts_csv_url(selection, [PERSONNEL, CAUSE]),
    }


def by_nationality(selection: Selection, counts: pd.DataFrame) -> dict[str, Any]:
    """Ten nationalities, the others together, people without one apart, and all of them."""
    unnamed = (UNDETERMINED, NOT_RECORDED)
    named = counts[~counts[NATIONALITY].isin(unnamed)]
    persons = sums(named, NATIONALITY)
    order = sorted(persons, key=lambda code: (-persons[code], nationality_word(code, selection.basis)))
    top, rest = order[:SHOWN_NATIONALITIES], order[SHOWN_NATIONALITIES:]
    rows = [_of_nationality(selection, counts, code) for code in top]
    longest = max((row.persons for row in rows), default=0)
    if rest:
        more = ngettext("%(n)s more nationality", "%(n)s more nationalities", len(rest)) % {"n": len(rest)}
        others = named[named[NATIONALITY].isin(rest)]
        row = _row(more, others)
        if len(rest) <= MANY:
            row = linked_row(more, others, everywhere(selection, nationality=rest))
        rows.append(replace(row, has_bar=False))  # the sum of many is on no scale with one
    rows += [
        replace(_of_nationality(selection, counts, code), has_bar=False)
        for code in unnamed
        if (counts[NATIONALITY] == code).any()
    ]
    return {
        "nationalities": rows,
        "nationalities_all": linked_row(_("All"), counts, everywhere(selection)),
        "nationalities_shown": len(top),
        "nationalities_count": len(order),
        "nationalities_longest": longest,
        "nationalities_csv_url": counts_csv_url(selection, [NATIONALITY, CAUSE]),
    }


def by_mission(selection: Selection, counts: pd.DataFrame) -> dict[str, Any]:
    """Ten missions, the others together, and all of them; every figure leads to its people."""
    order = [acronym for acronym, _persons in most_first(counts, MISSION)]
    top, rest = order[:SHOWN_MISSIONS], order[SHOWN_MISSIONS:]
    rows = [
        linked_row(acronym, counts[counts[MISSION] == acronym], everywhere(selection, mission=acronym))
        for acronym in top
    ]
    rows = [replace(row, page=mission_of(selection, row.label)) for row in rows]
    longest = max((row.persons for row in rows), default=0)
    if rest:
        more = ngettext("%(n)s more mission", "%(n)s more missions", len(rest)) % {"n": len(rest)}
        others = counts[counts[MISSION].isin(rest)]
        rows.append(replace(linked_row(more, others, everywhere(selection, mission=rest)), has_bar=False))
    return {
        "rows": rows,
        "all": linked_row(_("All"), counts, everywhere(selection)),
        "longest": longest,
        "shown": len(top),
        "count": len(order),
        "csv_url": counts_csv_url(selection, [MISSION, CAUSE]),
    }


def by_cause(selection: Selection, counts: pd.DataFrame) -> list[dict[str, Any]]:
    """The six causes, each with its people, its share and the page about it; then all of them."""
    persons = sums(counts, CAUSE)
    total = sum(persons.values())
    rows = [
        {
            "cause": cause,
            "persons": persons.get(cause, 0),
            "share": wording.share(persons.get(cause, 0), total),
            "url": incidents_url(selection, cause=cause) if persons.get(cause) else "",
            "page": cause_url(cause, everywhere(selection, cause=None).query_string),
        }
        for cause in Cause.values
    ]
    whole = {"cause": "", "persons": total, "share": wording.share(total, total), "url": incidents_url(selection)}
    return [*rows, whole]


def linked_row(label: str, counts: pd.DataFrame, selection: Selection) -> PeopleRow:
    """A row of which every figure leads to its people; `selection` is that of the row."""
    chosen = selection.values.get("cause", Cause.values)
    others = [cause for cause in chosen if cause not in NAMED_CAUSES]
    urls = [incidents_url(selection, cause=cause) for cause in (*NAMED_CAUSES, others)]
    return replace(_row(label, counts, incidents_url(selection)), cause_urls=tuple(urls))


def _of_nationality(selection: Selection, counts: pd.DataFrame, code: str) -> PeopleRow:
    label = nationality_word(code, selection.basis)
    row = linked_row(label, counts[counts[NATIONALITY] == code], everywhere(selection, nationality=code))
    return replace(row, page=contributor_of(selection, code) if code in selection.basis.countries else "")


def _row(label: str, counts: pd.DataFrame, url: str = "") -> PeopleRow:
    persons = sums(counts, CAUSE)
    named = [persons.get(cause, 0) for cause in NAMED_CAUSES]
    total = sum(persons.values())
    return PeopleRow(label=label, persons=total, causes=(*named, total - sum(named)), url=url)
