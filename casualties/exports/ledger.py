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

from casualties.counts import NotAvailable, count
from casualties.exports.versions import ADDED, CHANGED, FIELDS, REINSTATED, WITHDRAWN, compared, versions_at
from casualties.filters import NOT_AVAILABLE, Selection
from casualties.frames import CAUSE, MISSION, PERSONS, YEAR
from casualties.models import CasualtyVersion
from casualties.trends.revised import as_known

BACK_DATED, RECLASSIFIED, CAME, WENT = "back-dated", "reclassified", "came", "went"
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
        what, back_dated = rows["what"].to_numpy(), rows["back_dated"].to_numpy()
        then, now = rows["chosen_then"].to_numpy(), rows["chosen_now"].to_numpy()
        if by:
            then, now = then & (rows[f"{by}_then"].to_numpy() == group), now & (rows[f"{by}_now"].to_numpy() == group)
        changed = what == CHANGED
        before, after = rows["persons_then"].to_numpy(), rows["persons_now"].to_numpy()
        found = {
            name: int(frame[frame[by] == group][PERSONS].sum()) if by else int(frame[PERSONS].sum())
            for name, frame in self._counts.items()
        }
        return {
            "since": found["since"],
            ADDED: int(after[now & (what == ADDED)].sum()),
            BACK_DATED: int(after[now & back_dated].sum()),
            REINSTATED: int(after[now & (what == REINSTATED)].sum()),
            WITHDRAWN: int(before[then & (what == WITHDRAWN)].sum()),
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
    return Ledger(then, now, compared(versions_at(then, later, since), versions_at(now, later, since), then.basis))


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
