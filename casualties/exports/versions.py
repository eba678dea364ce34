"""The same people at two dates: who stood at either, with which values, and what of them differs."""

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
Version = dict[str, Any]
"""One of versions_at(): casualty, chosen, known_from, before, year and FIELDS."""
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
    """What the viewer may see at the date of the selection, of the years covered then, whatever its filters; people
    withdrawn left out."""
    if selection.basis.is_current:
        rows = CasualtyVersion.objects.filter(known_until=None, withdrawn=False)
    else:
        rows = CasualtyVersion.objects.known_at(selection.known_at)
    return rows.filter(selection.countable)


def chosen(selection: Selection) -> Q:
    """What the filters of a selection ask of a person, without the date at which it is known."""
    return selection.conditions & selection.of_records & whole_periods_within(*selection.days)


def versions_at(selection: Selection, later: QuerySet[CasualtyVersion], then: Selection) -> dict[int, Version]:
    """Those of the people with a version of `later` who stand at the date of the selection, in words, by casualty.

    `then` is the selection at the date since which changes are asked.
    """
    own = CasualtyVersion.objects.filter(casualty=OuterRef("casualty"))
    earlier = own.filter(then.countable, withdrawn=False, known_from__lte=then.known_at)
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
    versions = (_in_words(dict(zip(_READ, row, strict=True)), selection.basis) for row in rows)
    return {version["casualty"]: version for version in versions}


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


def compared(before: dict[int, Version], after: dict[int, Version], basis: Basis) -> pd.DataFrame:
    """The rows of Ledger.changes, latest incident first, out of two answers of versions_at().

    `basis` is that of `since`.
    """
    closed_before = basis.last_covered_year or 0
    rows = []
    for casualty, newest in (before | after).items():
        old, new = before.get(casualty), after.get(casualty)
        row: dict[Any, Any] = {"casualty": casualty, "what": _what(old, new), "known_from": newest["known_from"]}
        row["fields"] = _differing(old, new) if old and new else ()
        row["back_dated"] = row["what"] == ADDED and newest["year"] < closed_before
        for side, version in (("then", old), ("now", new)):
            row |= {f"{name}_{side}": version[name] if version else None for name in (*FIELDS, "year")}
            row[f"persons_{side}"] = int(version["persons"]) if version else 0
            row[f"chosen_{side}"] = bool(version and version["chosen"])
        if (row["chosen_then"] or row["chosen_now"]) and (row["what"] != CHANGED or row["fields"]):
            rows.append(row)
    rows.sort(key=lambda row: (row["date_now"] or row["date_then"], row["casualty"]), reverse=True)
    return _typed(rows)


def _what(old: Version | None, new: Version | None) -> str:
    if new is None:
        return WITHDRAWN
    if old is not None:
        return CHANGED
    return REINSTATED if new["before"] else ADDED


def _differing(old: Version, new: Version) -> tuple[str, ...]:
    names = [name for name in FIELDS if old[name] != new[name]]
    if MAKE_THE_INCIDENT & set(names):
        names = [name for name in names if name != "incident"]
    return tuple(names)


def _typed(rows: list[dict[Any, Any]]) -> pd.DataFrame:
    sides = [f"{name}_{side}" for name in (*FIELDS, "year") for side in ("then", "now")]
    flags = ["back_dated", "chosen_then", "chosen_now"]
    frame = pd.DataFrame(rows, columns=["casualty", "what", *flags, "known_from", "fields", *sides], dtype=object)
    for name in flags:
        frame[name] = frame[name].astype(bool)
    for name in ("persons_then", "persons_now"):
        frame[name] = frame[name].astype("int64")
    return frame
