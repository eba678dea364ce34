"""Who died in a mission: tables by personnel type and by nationality whose parts add up to their total."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.choices import Cause
from casualties.filters import NOT_RECORDED, UNDETERMINED, Selection
from casualties.frames import CAUSE, NATIONALITY, PERSONNEL
from casualties.views.adding import most_first, sums
from casualties.views.addresses import counts_csv_url, incidents_url
from casualties.views.incident_rows import nationality_word, personnel_word

SHOWN_NATIONALITIES = 10
MANY = 100  # an address with more values is no use to anybody
NAMED_CAUSES = (Cause.MALICIOUS_ACT.value, Cause.ACCIDENT.value, Cause.ILLNESS.value)


@dataclass(frozen=True, kw_only=True)
class PeopleRow:
    """People of one personnel type or nationality; `causes` are those of NAMED_CAUSES and all others together."""

    label: str
    persons: int
    causes: tuple[int, ...]
    url: str = ""
    has_bar: bool = True


def by_personnel(selection: Selection, counts: pd.DataFrame) -> dict[str, Any]:
    """Personnel types, most people first, and all of them."""
    rows = [
        _row(personnel_word(key), counts[counts[PERSONNEL] == key], incidents_url(selection, personnel=key))
        for key, _persons in most_first(counts, PERSONNEL)
    ]
    return {
        "personnel": rows,
        "personnel_all": _row(_("All"), counts),
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
        url = incidents_url(selection, nationality=rest) if len(rest) <= MANY else ""
        rows.append(replace(_row(more, others, url), has_bar=False))  # the sum of many is on no scale with one
    rows += [
        replace(_of_nationality(selection, counts, code), has_bar=False)
        for code in unnamed
        if (counts[NATIONALITY] == code).any()
    ]
    return {
        "nationalities": rows,
        "nationalities_all": _row(_("All"), counts),
        "nationalities_shown": len(top),
        "nationalities_count": len(order),
        "nationalities_longest": longest,
        "nationalities_csv_url": counts_csv_url(selection, [NATIONALITY, CAUSE]),
    }


def _of_nationality(selection: Selection, counts: pd.DataFrame, code: str) -> PeopleRow:
    label = nationality_word(code, selection.basis)
    return _row(label, counts[counts[NATIONALITY] == code], incidents_url(selection, nationality=code))


def _row(label: str, counts: pd.DataFrame, url: str = "") -> PeopleRow:
    persons = sums(counts, CAUSE)
    named = [persons.get(cause, 0) for cause in NAMED_CAUSES]
    total = sum(persons.values())
    return PeopleRow(label=label, persons=total, causes=(*named, total - sum(named)), url=url)
