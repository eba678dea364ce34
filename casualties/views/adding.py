"""Adding up a frame of counts that the parts of a page share, so that they ask the database once and agree."""

from collections import Counter
from typing import Any

import pandas as pd

from casualties.charts.wording import is_missing
from casualties.frames import PERSONS
from casualties.trends.distinct import grouped


def added(counts: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Persons by some of the dimensions of a frame: columns `by` + persons."""
    found = grouped(counts, by)
    return found.as_frame(counts, by, {PERSONS: found.sums(counts[PERSONS])})


def sums(counts: pd.DataFrame, by: str) -> dict[Any, int]:
    """Persons by one dimension of a frame, in the order of its words; rows without one are left out.

    Without a frame of its own: the rows are few, and a page asks a hundred times.
    """
    persons: Counter[Any] = Counter()
    for key, n in zip(counts[by].tolist(), counts[PERSONS].tolist(), strict=True):
        if not is_missing(key):
            persons[key] += n
    return dict(sorted(persons.items()))


def most_first(counts: pd.DataFrame, by: str) -> list[tuple[Any, int]]:
    """The same as pairs, most persons first, equal ones in the order of their words."""
    return sorted(sums(counts, by).items(), key=lambda pair: -pair[1])
