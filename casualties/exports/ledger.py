"""What changed between two dates: who was added, withdrawn or reinstated, and which values of whom are others now.

Two states are compared, that of `since` and that of `until`; what came and went again between them is in neither. A
change is seen with the viewer's eyes: somebody whose release to the public falls between the dates is added for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from casualties.choices import DatePrecision
from casualties.counts import NotAvailable, count
from casualties.filters import NOT_AVAILABLE, NOT_RECORDED, UNDETERMINED, Basis, Selection, whole_periods_within
from casualties.frames import CAUSE, MISSION, PERSONS, YEAR
from casualties.models import CasualtyVersion
from casualties.trends.revised import as_known
from missions.models import UNDETERMINED_COUNTRY

ADDED, REINSTATED, WITHDRAWN, CHANGED = "added", "reinstated", "withdrawn", "changed"
BACK_DATED, RECLASSIFIED, CAME, WENT = "back-dated", "reclassified", "came", "went"
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
# Steps from the count at `since` to that at `until`, with their signs. Back-dated are part of the added.
STEPS: Mapping[str, int] = {ADDED: 1, REINSTATED: 1, WITHDRAWN: -1, CAME: 1, WENT: -1, "recounted": 1}


@dataclass(frozen=True)
class Ledger:
    """The changes of a selection between two dates.

    `changes` has one row per person: casualty, what (added, reinstated, withdrawn, changed), back_dated, known_from
    (since when the values of `until` are known), fields (the names of those that changed), chosen_then and chosen_now
    (whether the filters select the person at either date), persons_then and persons_now (0 where nobody stood), and
    each of FIELDS with _then and _now, in words; None where nobody stood.
    """

    then: Selection
    now: Selection
    changes: pd.DataFrame

    @cached_property
    def _counts(self) -> dict[str, pd.DataFrame]:
        by = [YEAR, MISSION, CAUSE]
        return {"since": count(self.then, by), "until": count(self.now, by)}

    def balance(self) -> dict[str, int]:
        """The count at `since`, each of STEPS and the back-dated among the added, and the count at `until`."""
        return self._balance(self.changes, None, "")

    def balances(self, by: str) -> pd.DataFrame:
        """balance() of each year, mission or cause in which something changed, in the order of the words."""
        columns = {YEAR: ("year_then", "year_now")}.get(by, (f"{by}_then", f"{by}_now"))
        groups = sorted(set(self.changes[columns[0]].dropna()) | set(self.changes[columns[1]].dropna()))
        rows = [{by: group, **self._balance(self.changes, group, by)} for group in groups]
        moved = [row for row in rows if any(row[step] for step in STEPS)]
        return pd.DataFrame(moved, columns=[by, "since", BACK_DATED, *STEPS, "until"])

    def reclassified(self) -> pd.DataFrame:
        """People whose cause is another: columns from, to, persons."""
        rows = self.of(RECLASSIFIED)
        named = rows.assign(**{"from": rows["cause_then"], "to": rows["cause_now"], PERSONS: persons_of(rows)})
        return named.groupby(["from", "to"], as_index=False)[[PERSONS]].sum()

    def fields(self) -> dict[str, int]:
        """People by field that changed, the cause left out; a person is counted under each field."""
        found = {name: int(persons_of(self.of(name)).sum()) for name in FIELDS if name != "cause"}
        return {name: n for name, n in found.items() if n}

    def of(self, kind: str = "", *, old: str = "", new: str = "") -> pd.DataFrame:
        """The rows of one kind: a step, back-dated, reclassified, changed (another field than the cause) or a field.

        `old` and `new` narrow those reclassified to one cell of the matrix. Raises ValueError for an unknown kind.
        """
        rows = self.changes
        if kind:
            rows = rows[_of_kind(rows, kind)]
        if old:
            rows = rows[rows["cause_then"] == old]
        return rows[rows["cause_now"] == new] if new else rows

    def _balance(self, rows: pd.DataFrame, group: Any, by: str) -> dict[str, int]:
        """The balance of one group (a value of `by`), or of everybody."""
        then, now = rows["chosen_then"], rows["chosen_now"]
        if by:
            then, now = then & (rows[f"{by}_then"] == group), now & (rows[f"{by}_now"] == group)
        changed = rows["what"] == CHANGED
        before, after = rows["persons_then"], rows["persons_now"]
        found = {
            name: int(frame[frame[by] == group][PERSONS].sum()) if by else int(frame[PERSONS].sum())
            for name, frame in self._counts.items()
        }
        return {
            "since": found["since"],
            ADDED: int(after[now & (rows["what"] == ADDED)].sum()),
            BACK_DATED: int(after[now & rows["back_dated"]].sum()),
            REINSTATED: int(after[now & (rows["what"] == REINSTATED)].sum()),
            WITHDRAWN: int(before[then & (rows["what"] == WITHDRAWN)].sum()),
            CAME: int(after[changed & now & ~then].sum()),
            WENT: int(before[changed & then & ~now].sum()),
            "recounted": int((after - before)[changed & then & now].sum()),
            "until": found["until"],
        }


def persons_of(rows: pd.DataFrame) -> "pd.Series[int]":
    """How many people each row is: as they stand at `until`, or as they stood where they are no longer selected."""
    return rows["persons_now"].where(rows["chosen_now"], rows["persons_then"])


def ledger(selection: Selection, *, since: date, until: date) -> Ledger:
    """What changed of a selection between two dates, for its viewer.

    Three or four queries, whatever the number of changes. Raises SelectionRefused for a selection with problems,
    ValueError for dates the wrong way round and for outcome=all, NotAvailable for annual counts.
    """
    selection.refuse_problems()
    if since >= until:
        raise ValueError(f"{since} is not before {until}")
    if selection.outcome == "all":
        raise ValueError("deaths and injuries are never added: choose an outcome")
    if selection.basis.annual_counts_only:
        raise NotAvailable(NOT_AVAILABLE)
    then, now = as_known(selection, since), as_known(selection, until)
    later = CasualtyVersion.objects.filter(known_from__gt=since)
    if not now.basis.is_current:
        later = later.filter(known_from__lte=until)
    return Ledger(then, now, _compared(_read(then, later, since), _read(now, later, since), then.basis))


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


def ledger_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of Ledger.of as a file has them: one line per person and field that changed, one for anybody else."""
    lines = []
    for row in rows.to_dict("records"):
        side = "now" if row["what"] != WITHDRAWN else "then"
        person = {name: row[f"{name}_{side}"] for name in ("reference", "incident", "mission", "date", "year", "cause")}
        person |= {PERSONS: row[f"persons_{side}"], "what": row["what"], "back_dated": row["back_dated"]}
        person["selected"] = {(True, True): "both", (True, False): "since only", (False, True): "until only"}[
            row["chosen_then"], row["chosen_now"]
        ]
        for name in row["fields"] or ("",):
            old, new = (row[f"{name}_then"], row[f"{name}_now"]) if name else ("", "")
            lines.append(person | {"field": name, "old": old, "new": new, "known_from": row["known_from"].isoformat()})
    return pd.DataFrame(lines, columns=FILE_COLUMNS).fillna("")


FILE_COLUMNS = [
    *("reference", "incident", "mission", "date", "year", "cause", PERSONS, "what", "back_dated", "selected"),
    *("field", "old", "new", "known_from"),
]


def _of_kind(rows: pd.DataFrame, kind: str) -> "pd.Series[bool]":
    changed = rows["what"] == CHANGED
    if kind in {ADDED, REINSTATED, WITHDRAWN}:
        return rows["what"] == kind
    if kind == BACK_DATED:
        return rows["back_dated"]
    if kind == CAME:
        return changed & ~rows["chosen_then"]
    if kind == WENT:
        return changed & ~rows["chosen_now"]
    name = "cause" if kind == RECLASSIFIED else kind
    if name in FIELDS:
        return rows["fields"].map(lambda fields: name in fields).astype(bool)
    if kind == CHANGED:
        return rows["fields"].map(lambda fields: bool(set(fields) - {"cause"})).astype(bool)
    raise ValueError(f"{kind!r} is not a kind of change")


def _read(selection: Selection, later: QuerySet[CasualtyVersion], since: date) -> pd.DataFrame:
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


def _compared(then: pd.DataFrame, now: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """The rows of Ledger.changes, latest incident first. `basis` is that of `since`."""
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
