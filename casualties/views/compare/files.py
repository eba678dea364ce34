"""The files of a comparison: its table, and that of each of its charts."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from casualties.frames import ALL, CAUSE, FIRST_YEAR, LAST_YEAR, OF_ALL, PERSONS, PROVISIONAL, YEAR
from casualties.trends.shares import add_shares
from casualties.trends.side_by_side import ITEM
from casualties.views.compare.counting import Compared, Comparison

BY, MARK = "by", "mark"
OF_RATES = (
    FIRST_YEAR, LAST_YEAR, "rate_first_year", "rate_last_year", "rate_persons", "left_out", "months_covered",
    "months_filled",
)  # fmt: skip


def counts_frame(found: Comparison) -> pd.DataFrame:
    """One row per item and cause, and one per item for all of them, with the rate; the years are those counted."""
    rows = []
    for one in found.compared:
        of_item = found.rates[found.rates[ITEM] == one.item.word].drop(columns=ITEM)
        rate: dict[Any, Any] = of_item.to_dict("records")[0]
        covered = {"rate_first_year": rate.pop(FIRST_YEAR), "rate_last_year": rate.pop(LAST_YEAR)}
        head = {**_head(found, one), **_years(one)}
        rows.append({**head, CAUSE: ALL, PERSONS: one.total, OF_ALL: one.total, **covered, **rate})
        rows += [
            {**head, CAUSE: cause, PERSONS: one.of_cause(cause), OF_ALL: one.total, **dict.fromkeys([*covered, *rate])}
            for cause in found.causes
        ]
    return _whole(_marked(found, pd.DataFrame(rows), LAST_YEAR))


def years_frame(found: Comparison) -> pd.DataFrame:
    """One row per item, year of its series and cause, and one for all causes; a 0 is counted."""
    rows = []
    for one in found.compared:
        persons = one.counts.groupby([YEAR, CAUSE])[PERSONS].sum().to_dict()
        for year in one.years:
            of_cause = {cause: int(persons.get((year, cause), 0)) for cause in found.causes}
            said = {ALL: sum(of_cause.values()), **of_cause}
            rows += [{**_head(found, one), YEAR: year, CAUSE: cause, PERSONS: n} for cause, n in said.items()]
    return _marked(found, pd.DataFrame(rows, columns=[BY, ITEM, YEAR, CAUSE, PERSONS]), YEAR)


def windows_frame(found: Comparison) -> pd.DataFrame:
    """One row per item and five-year window, with its rank among those of the item."""
    own = [one.windows.assign(**_head(found, one)) for one in found.compared if one.windows is not None]
    frame = pd.concat(own, ignore_index=True)
    frame = frame[[BY, ITEM, *(name for name in frame.columns if name not in {BY, ITEM, CAUSE})]]
    return frame.assign(**{MARK: ["p" if still_open else "" for still_open in frame[PROVISIONAL]]})


def rates_frame(found: Comparison) -> pd.DataFrame:
    """One row per item: its rate over the years that person-years cover, or why there is none."""
    frame = found.rates.copy()
    frame.insert(0, BY, found.by)
    return _whole(_marked(found, frame, LAST_YEAR))


def shares_frame(found: Comparison) -> pd.DataFrame:
    """One row per item and cause: its people and their part of all; no part where all are fewer than 20."""
    rows = [
        {**_head(found, one), **_years(one), CAUSE: cause, PERSONS: one.of_cause(cause)}
        for one in found.compared
        for cause in found.causes
    ]
    return _whole(_marked(found, add_shares(pd.DataFrame(rows), within=[ITEM]), LAST_YEAR))


VIEWS: Mapping[str, Callable[[Comparison], pd.DataFrame]] = {
    "counts": counts_frame,
    "years": years_frame,
    "windows": windows_frame,
    "rates": rates_frame,
    "shares": shares_frame,
}


def _head(found: Comparison, one: Compared) -> dict[str, Any]:
    return {BY: found.by, ITEM: one.item.word}


def _years(one: Compared) -> dict[str, Any]:
    first, last = (one.years[0], one.years[-1]) if one.years else (None, None)
    return {FIRST_YEAR: first, LAST_YEAR: last}


def _marked(found: Comparison, frame: pd.DataFrame, last_year: str) -> pd.DataFrame:
    """With p where the last year is the open one, as on the page."""
    open_year = found.selection.basis.last_covered_year
    marks = ["p" if pd.notna(year) and year == open_year else "" for year in frame[last_year]]
    return frame.assign(**{MARK: marks})


def _whole(frame: pd.DataFrame) -> pd.DataFrame:
    """Whole numbers without a point where some cells are empty."""
    return frame.astype({name: "Int64" for name in OF_RATES if name in frame.columns})
