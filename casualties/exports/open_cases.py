"""Open cases as rows: who still waits for a cause, oldest first, and for how long on the day of the release."""

from datetime import date
from typing import Any

import pandas as pd
from django.db.models import F, QuerySet

from casualties.counts import NotAvailable
from casualties.exports.columns import PEOPLE
from casualties.exports.versions import chosen, standing
from casualties.filters import NOT_AVAILABLE, Selection
from casualties.trends.revised import as_known

CELLS = ("reference", "incident", "mission", "date", "date_precision", "year", "personnel", "nationality", "persons")
OPEN_CASE_COLUMNS = [*CELLS, "open_days", "open_on"]


def open_rows(selection: Selection, *, also_at: date | None = None) -> QuerySet[Any]:
    """The people of a selection; with `also_at` those whom the same filters selected at that date too."""
    rows = selection.rows
    if also_at is None:
        return rows
    then = as_known(selection.change(known_at=None), also_at)
    person = "pk" if selection.basis.is_current else "casualty_id"
    return rows.filter(**{f"{person}__in": standing(then).filter(chosen(then)).values("casualty_id")})


def open_cases_frame(selection: Selection, *, also_at: date | None = None) -> pd.DataFrame:
    """OPEN_CASE_COLUMNS, oldest first. `open_days` counts from the first day that the date of the incident can mean to
    the release (`open_on`). Raises NotAvailable where nothing, or annual counts alone, is loaded."""
    release = selection.release
    if release is None or release.annual_counts:
        raise NotAvailable(NOT_AVAILABLE)
    columns = {column.name: column for column in PEOPLE}
    cells = {f"cell_{name}": columns[name].cell(selection) for name in CELLS}
    rows = open_rows(selection, also_at=also_at).order_by("occurred_on", "pk").annotate(**cells, since=F("occurred_on"))
    found = []
    for *values, since in rows.values_list(*cells, "since"):
        found.append((*values, max((release.date - since).days, 0), release.date.isoformat()))
    return pd.DataFrame(found, columns=OPEN_CASE_COLUMNS)
