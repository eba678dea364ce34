"""What changed between two dates: who was added, withdrawn or reinstated, and which values of whom are others now.

Two states are compared, that of `since` and that of `until`; what came and went again between them is in neither. A
change is seen with the viewer's eyes: somebody whose release to the public falls between the dates is added for them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from django.db.models import Q

from casualties.counts import NotAvailable, count
from casualties.exports.versions import ADDED, CHANGED, FIELDS, REINSTATED, WITHDRAWN, compared, versions_at
from casualties.filters import NOT_AVAILABLE, Selection
from casualties.frames import CAUSE, MISSION, PERSONS, YEAR
from casualties.models import CasualtyVersion
from casualties.trends.revised import as_known

BACK_DATED, RECLASSIFIED, CAME, WENT = "back-dated", "reclassified", "came", "went"
Columns = Mapping[str, npt.NDArray[Any]]
Flags = npt.NDArray[np.bool_]
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

    @cached_property
    def _columns(self) -> Columns:
        """The columns of `changes` as arrays: the tables of a page ask dozens of questions of the same few rows."""
        return {name: self.changes[name].to_numpy() for name in self.changes.columns}

    @cached_property
    def _persons(self) -> npt.NDArray[np.int64]:
        """How many people each row is: as they stand at `until`, or as they stood where they are no longer selected."""
        rows = self._columns
        return np.where(rows["chosen_now"], rows["persons_now"], rows["persons_then"])

    def balance(self) -> dict[str, int]:
        """The count at `since`, each of STEPS and the back-dated among the added, and the count at `until`."""
        return self._balance({name: int(frame[PERSONS].sum()) for name, frame in self._counts.items()}, None, "")

    def balances(self, by: str) -> pd.DataFrame:
        """balance() of each year, mission or cause in which something changed, in the order of the words."""
        groups = {*self._columns[f"{by}_then"], *self._columns[f"{by}_now"]} - {None}
        counted = {name: _sums(frame, by) for name, frame in self._counts.items()}
        rows = [
            {by: group, **self._balance({name: sums[group] for name, sums in counted.items()}, group, by)}
            for group in sorted(groups)
        ]
        moved = [row for row in rows if any(row[step] for step in STEPS)]
        return pd.DataFrame(moved, columns=[by, "since", BACK_DATED, *STEPS, "until"])

    def reclassified(self) -> pd.DataFrame:
        """People whose cause is another: columns from, to, persons."""
        are, rows = self._are(RECLASSIFIED, "", ""), self._columns
        sums: Counter[tuple[str, str]] = Counter()
        for old, new, n in zip(
            rows["cause_then"][are], rows["cause_now"][are], self._persons[are].tolist(), strict=True
        ):
            sums[old, new] += n
        return pd.DataFrame([(*causes, n) for causes, n in sorted(sums.items())], columns=["from", "to", PERSONS])

    def fields(self) -> dict[str, int]:
        """People by field that changed, the cause left out; a person is counted under each field."""
        found = {name: self.people(name) for name in FIELDS if name != "cause"}
        return {name: n for name, n in found.items() if n}

    def people(self, kind: str = "", *, old: str = "", new: str = "") -> int:
        """How many people the rows are that of() gives."""
        return int(self._persons[self._are(kind, old, new)].sum())

    def of(self, kind: str = "", *, old: str = "", new: str = "") -> pd.DataFrame:
        """The rows of one kind: a step, back-dated, reclassified, changed (another field than the cause) or a field.

        `old` and `new` narrow those reclassified to one cell of the matrix. Raises ValueError for an unknown kind.
        """
        return self.changes[self._are(kind, old, new)]

    def _are(self, kind: str, old: str, new: str) -> Flags:
        """Which rows are of a kind, from an old cause and to a new one ("" asks nothing)."""
        rows = self._columns
        found: Flags = _of_kind(rows, kind) if kind else np.ones(len(self.changes), dtype=bool)
        if old:
            found = found & (rows["cause_then"] == old)
        return found & (rows["cause_now"] == new) if new else found

    def _balance(self, counted: Mapping[str, int], group: Any, by: str) -> dict[str, int]:
        """The balance of one group (a value of `by`), or of everybody; `counted` are its counts at either date."""
        rows = self._columns
        what, back_dated = rows["what"], rows["back_dated"]
        then, now = rows["chosen_then"], rows["chosen_now"]
        if by:
            then, now = then & (rows[f"{by}_then"] == group), now & (rows[f"{by}_now"] == group)
        changed = what == CHANGED
        before, after = rows["persons_then"], rows["persons_now"]
        return {
            "since": counted["since"],
            ADDED: int(after[now & (what == ADDED)].sum()),
            BACK_DATED: int(after[now & back_dated].sum()),
            REINSTATED: int(after[now & (what == REINSTATED)].sum()),
            WITHDRAWN: int(before[then & (what == WITHDRAWN)].sum()),
            CAME: int(after[changed & now & ~then].sum()),
            WENT: int(before[changed & then & ~now].sum()),
            "recounted": int((after - before)[changed & then & now].sum()),
            "until": counted["until"],
        }


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
    changed = Q(known_from__gt=since)
    if then.basis.may_hold_later_years:  # records of our own that are counted since a release covers their year
        changed |= Q(year__gt=then.basis.last_covered_year)
    later = CasualtyVersion.objects.filter(changed)
    if not now.basis.is_current:
        later = later.filter(known_from__lte=until)
    return Ledger(then, now, compared(versions_at(then, later, then), versions_at(now, later, then), then.basis))


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


def _sums(frame: pd.DataFrame, by: str) -> Counter[Any]:
    """People of each value of one column of a count; 0 of any other."""
    sums: Counter[Any] = Counter()
    for group, persons in zip(frame[by].tolist(), frame[PERSONS].tolist(), strict=True):
        sums[group] += persons
    return sums


def _of_kind(rows: Columns, kind: str) -> Flags:
    """Which rows are of a kind."""
    changed: Flags = rows["what"] == CHANGED
    name = "cause" if kind == RECLASSIFIED else kind
    if kind in {ADDED, REINSTATED, WITHDRAWN}:
        found: Flags = rows["what"] == kind
    elif kind == BACK_DATED:
        found = rows["back_dated"]
    elif kind == CAME:
        found = changed & ~rows["chosen_then"]
    elif kind == WENT:
        found = changed & ~rows["chosen_now"]
    elif name in FIELDS:
        found = np.array([name in fields for fields in rows["fields"]], dtype=bool)
    elif kind == CHANGED:
        found = np.array([bool(set(fields) - {"cause"}) for fields in rows["fields"]], dtype=bool)
    else:
        raise ValueError(f"{kind!r} is not a kind of change")
    return found
