"""The vectorised windows equal the rules of the domain written out year by year."""

from dataclasses import dataclass

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from casualties.trends.windows import windows_of_series

LAST = 2010


@dataclass(frozen=True)
class Series:
    first: int
    last: int
    first_open: int | None
    last_open: int | None
    closed: tuple[int, ...]
    persons: tuple[int, ...]


@st.composite
def series(draw: st.DrawFn) -> Series:
    first = draw(st.integers(1990, LAST))
    last = draw(st.integers(first, LAST))
    first_open = draw(st.none() | st.integers(first, last))
    last_open = draw(st.none() | st.integers(first_open or first, LAST + 2)) if first_open else None
    closed = draw(st.lists(st.integers(first, last), max_size=2)) if first_open else []
    persons = draw(st.lists(st.integers(0, 3), min_size=last - first + 1, max_size=last - first + 1))
    return Series(first, last, first_open, last_open, tuple(closed), tuple(persons))


def by_the_book(one: Series, *, provisional: bool) -> list[tuple[object, ...]]:
    """The windows of one series, each rule as the domain states it."""
    persons = dict(zip(range(one.first, one.last + 1), one.persons, strict=True))

    def is_open(year: int) -> bool:
        begun = year >= max(one.first, one.first_open or 0)
        return begun and year <= (one.last_open or LAST) and year not in one.closed

    rows = []
    for end in range(one.first if one.first_open else one.first + 4, one.last + 1):
        years = range(end - 4, end + 1)
        complete = all(is_open(year) for year in years)
        rows.append((end, sum(persons.get(year, 0) for year in years), complete, provisional and end == LAST))
    found = {end: (total, complete) for end, total, complete, _ in rows}
    ranked = [total for _, total, complete, open_year in rows if complete and not open_year]

    def change(end: int, years: int) -> int | None:
        before = found.get(end - years, (0, False))
        return found[end][0] - before[0] if found[end][1] and before[1] else None

    result: list[tuple[object, ...]] = []
    for end, total, complete, open_year in rows:
        place = 1 + sum(other > total for other in ranked) if complete else None
        rank, would_be = (None, place) if open_year else (place, None)
        result.append((end - 4, end, total, change(end, 5), change(end, 1), rank, would_be,
                       rank == 1 and total > 0, complete, open_year))  # fmt: skip
    return result


@settings(deadline=None)  # how busy the machine is says nothing about the rules
@given(st.lists(series(), max_size=6), st.booleans())
def test_windows_follow_the_book(many: list[Series], provisional: bool) -> None:
    rows = [(str(n), one.first + i, persons) for n, one in enumerate(many) for i, persons in enumerate(one.persons)]
    counts = pd.DataFrame([row for row in rows if row[2]], columns=["key", "year", "persons"])
    spans = pd.DataFrame(
        [(str(n), one.first, one.last, one.first_open, one.last_open, one.closed) for n, one in enumerate(many)],
        columns=["key", "first_year", "last_year", "first_open", "last_open", "closed_years"],
    ).astype({"first_open": "Int64", "last_open": "Int64"})
    frame = windows_of_series(counts, spans, last_covered_year=LAST, last_year_provisional=provisional)
    as_found = [tuple(None if pd.isna(cell) else cell for cell in row) for row in frame.itertuples(index=False)]
    expected = [(str(n), *row) for n, one in enumerate(many) for row in by_the_book(one, provisional=provisional)]
    assert as_found == expected
