"""The same people at two dates: who stood at either, with which values, and what of them differs."""

from datetime import date
from typing import Any

import pandas as pd
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from casualties.choices import DatePrecision
from casualties.filters import NOT_RECORDED, UNDETERMINED, Basis, Selection, whole_periods_within
from casualties.models import CasualtyVersion
from missions.models import UNDETERMINED_COUNTRY

ADDED, REINSTATED, WITHDRAWN, CHANGED = "added", "reinstated", "withdrawn", "changed"
# The values that are compared, in words as files write them; the name is that of the field in addresses and files.
FIELDS = (
    "cause",
    "date",
    "mission",
    "outcome",
    "severity",
    "personnel",
    "nationality",
    "other_nationalities",
    "gender",
    "died_on",
    "persons",
    "reference",
    "released",
    "incident",
)
# An incident follows from these; it is a change of its own only where none of them changed.
MAKE_THE_INCIDENT = {"mission", "date", "cause"}
_READ = (
    "casualty_id",
    "chosen",
    "known",
    "before",
    "year",
    "persons",
    "mission_id",
    "occurred_on",
    "occurred_precision",
    "cause",
    "outcome",
    "severity",
    "personnel",
    "nationality_id",
    "other_nationalities",
    "gender",
    "died_on",
    "reference",
    "released",
    "incident__key",
)


def standing(selection: Selection) -> QuerySet[CasualtyVersion]:
    """What the viewer may see at the date of the selection, whatever its filters; people withdrawn left out."""
    if selection.basis.is_current:
        rows = CasualtyVersion.objects.filter(known_until=None, withdrawn=False)
    else:
        rows = CasualtyVersion.objects.known_at(selection.known_at)
    return rows.filter(selection.viewer.conditions)


def chosen(selection: Selection) -> Q:
    """What the filters of a selection ask of a person, without the date at which it is known."""
    return selection.conditions & selection.of_records & whole_periods_within(*selection.days)


def versions_at(selection: Selection, later: QuerySet[CasualtyVersion], since: date) -> pd.DataFrame:
    """Those of the people with a version of `later` who stand at the date of the selection, in words."""
    own = CasualtyVersion.objects.filter(casualty=OuterRef("casualty"))
    earlier = own.filter(selection.viewer.conditions, withdrawn=False, known_from__lte=since)
    yes, no = Value(True), Value(False)
    rows = (
        standing(selection)
        .filter(casualty__in=later.values("casualty"))
        .annotate(
            chosen=Case(When(chosen(selection), then=yes), default=no, output_field=BooleanField()),
            known=Subquery(
                later.filter(casualty=OuterRef("casualty")).order_by("-known_from").values("known_from")[:1]
            ),
            before=Exists(earlier),
        )
        .values_list(*_READ)
    )
    return pd.DataFrame.from_records(
        [_in_words(dict(zip(_READ, row, strict=True)), selection.basis) for row in rows],
        columns=["casualty", "chosen", "known_from", "before", "year", *FIELDS],
    )


def _in_words(row: dict[str, Any], basis: Basis) -> dict[str, Any]:
    """A version with its values as files write them, so that they can be compared, shown and handed out."""
    precision = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(row["occurred_precision"], 10)
    country = row["nationality_id"]
    return {
        "casualty": row["casualty_id"],
        "chosen": bool(row["chosen"]),
        "known_from": row["known"],
        "before": row["before"],
        "year": row["year"],
        "cause": row["cause"],
        "date": row["occurred_on"].isoformat()[:precision],
        "mission": basis.acronym_of[row["mission_id"]],
        "outcome": row["outcome"],
        "severity": row["severity"],
        "personnel": row["personnel"],
        "nationality": NOT_RECORDED
        if country is None
        else UNDETERMINED
        if country == UNDETERMINED_COUNTRY
        else country,
        "other_nationalities": "; ".join(row["other_nationalities"]),
        "gender": row["gender"] or NOT_RECORDED,
        "died_on": row["died_on"].isoformat() if row["died_on"] else "",
        "persons": str(row["persons"]),
        "reference": row["reference"] or "",
        "released": "yes" if row["released"] else "no",
        "incident": row["incident__key"] or "",
    }


def compared(then: pd.DataFrame, now: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """The rows of Ledger.changes, latest incident first, out of two answers of versions_at().

    `basis` is that of `since`.
    """
    both = then.merge(now, on="casualty", how="outer", suffixes=("_then", "_now"), indicator=True).astype(object)
    both = both.where(both.notna(), None)
    closed_before = basis.last_covered_year or 0
    rows = []
    for row in both.to_dict("records"):
        side = str(row["_merge"])
        row["what"] = {"left_only": WITHDRAWN, "both": CHANGED}.get(side) or (
            REINSTATED if row["before_now"] else ADDED
        )
        row["chosen_then"], row["chosen_now"] = bool(row["chosen_then"]), bool(row["chosen_now"])
        row["fields"] = _differing(row) if row["what"] == CHANGED else ()
        row["known_from"] = row["known_from_now"] or row["known_from_then"]
        row["back_dated"] = row["what"] == ADDED and row["year_now"] < closed_before
        if (row["chosen_then"] or row["chosen_now"]) and (row["what"] != CHANGED or row["fields"]):
            rows.append(row)
    return _typed(rows)


def _differing(row: dict[Any, Any]) -> tuple[str, ...]:
    names = [name for name in FIELDS if row[f"{name}_then"] != row[f"{name}_now"]]
    if MAKE_THE_INCIDENT & set(names):
        names = [name for name in names if name != "incident"]
    return tuple(names)


def _typed(rows: list[dict[Any, Any]]) -> pd.DataFrame:
    sides = [f"{name}_{side}" for name in (*FIELDS, "year") for side in ("then", "now")]
    flags = ["back_dated", "chosen_then", "chosen_now"]
    frame = pd.DataFrame(rows, columns=["casualty", "what", *flags, "known_from", "fields", *sides], dtype=object)
    for flag in flags:
        frame[flag] = frame[flag].astype(bool)
    for side in ("then", "now"):
        frame[f"persons_{side}"] = frame[f"persons_{side}"].fillna(0).astype("int64")
        years = [None if year is None else int(year) for year in frame[f"year_{side}"]]  # joining made them floats
        frame[f"year_{side}"] = pd.Series(years, index=frame.index, dtype=object)
    newest = frame["date_now"].fillna(frame["date_then"])
    order = pd.DataFrame({"day": newest, "key": frame["casualty"].astype("int64")})
    return frame.loc[order.sort_values(["day", "key"], ascending=False).index].reset_index(drop=True)
