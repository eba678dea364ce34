"""Many small counts in one query: each selection is read once, however many dimensions it is counted by."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.core.exceptions import EmptyResultSet
from django.db import connection

from casualties import frames
from casualties.counts.counting import figures_in_words, framed, source_of, with_recorded
from casualties.counts.dimensions import COLUMNS, FROM_RECORDS, READ, Measure, dimensions_of
from casualties.filters import Selection

Request = tuple[Selection, Sequence[str]] | tuple[Selection, Sequence[str], Measure]
Figures = dict[tuple[Any, ...], int]  # by the words of the dimensions
_Row = tuple[Sequence[str | None], int]  # the texts of the columns of a part, and the figure


def count_each(requests: Sequence[Request]) -> list[pd.DataFrame]:
    """count(selection, by) for several selections in one query: a page asks for many small counts at once.

    A request may name its measure: persons, unless it says incidents. Raises what count() raises.
    """
    asked = [_asked(*request) for request in requests]
    return [
        framed(figures, one.dimensions, one.measure) for one, figures in zip(asked, _figures_of(asked), strict=True)
    ]


def figures_each(requests: Sequence[Request]) -> list[Figures]:
    """The figures of count_each() by the words of `by`, for a page that needs no frame; what is 0 may be missing."""
    return _figures_of([_asked(*request) for request in requests])


@dataclass(frozen=True)
class _Asked:
    """A checked request."""

    selection: Selection
    dimensions: list[str]
    measure: Measure

    @property
    def columns(self) -> list[str]:
        """What its dimensions are read from."""
        return list(dict.fromkeys(COLUMNS[name] for name in self.dimensions))

    @property
    def source(self) -> tuple[int, Measure, bool]:
        """Requests that are alike in this are counted from the same rows."""
        return id(self.selection), self.measure, not FROM_RECORDS.isdisjoint(self.dimensions)


def _asked(selection: Selection, by: Sequence[str], measure: Measure = "persons") -> _Asked:
    selection.refuse_problems()
    return _Asked(selection, dimensions_of(selection, by, measure), measure)


def _figures_of(asked: Sequence[_Asked]) -> list[Figures]:
    """The figures of each request, all from one query."""
    parts: dict[Any, list[_Asked]] = {}
    for one in asked:
        parts.setdefault(one.source, []).append(one)
    columns = {source: _columns_of(alike) for source, alike in parts.items()}
    places = {source: place for place, source in enumerate(parts)}
    found = _found([(alike, columns[source]) for source, alike in parts.items()])
    figures = []
    for one in asked:
        among = columns[one.source]
        rows = [
            (*(_read(column, texts[among.index(column)]) for column in one.columns), figure)
            for texts, figure in found[places[one.source], _mask(one.columns, among)]
        ]
        figures.append(figures_in_words(rows, one.columns, one.dimensions, one.selection.basis))
    return figures


def _found(parts: Sequence[tuple[Sequence[_Asked], Sequence[str]]]) -> Mapping[tuple[int, int], Sequence[_Row]]:
    """What the database answers, by the place of a part and the mask of a grouping in it.

    A part that cannot hold anybody, as the filters alone say, is not asked.
    """
    statements: list[str] = []
    params: list[Any] = []
    for place, (alike, columns) in enumerate(parts):
        with suppress(EmptyResultSet):
            statement, values = _statement(place, alike, columns)
            statements.append(statement)
            params += values
    found: defaultdict[tuple[int, int], list[_Row]] = defaultdict(list)
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements), params)
            for place, mask, texts, figure in cursor.fetchall():
                found[place, mask].append((texts, figure or 0))
    return found


def _read(column: str, text: str | None) -> Any:
    """What the database holds, from its text: that of a year is a number."""
    return None if text is None else READ.get(column, str)(text)


def _statement(place: int, alike: Sequence[_Asked], columns: Sequence[str]) -> tuple[str, Sequence[Any]]:
    """The rows of one source, which the filters of the selection give, grouped in every way that is asked.

    Raises EmptyResultSet where there can be none.
    """
    first = alike[0]
    incidents = first.measure == frames.INCIDENTS
    dimensions = list(dict.fromkeys(name for one in alike for name in one.dimensions))
    source = with_recorded(source_of(first.selection, dimensions, first.measure), columns).order_by()
    rows, params = source.values_list(*columns, "incident_id" if incidents else "persons").query.sql_with_params()
    names = [f"c{number}" for number in range(len(columns))]
    sets = {_mask(one.columns, columns): one.columns for one in alike}
    written = [", ".join(names[columns.index(column)] for column in of_set) for of_set in sets.values()]
    mask = f"GROUPING({', '.join(names)})" if names else "0"
    texts = ", ".join(f"{name}::text" for name in names)
    figure = "count(DISTINCT figure)" if incidents else "sum(figure)::bigint"
    sql = f"""
        SELECT {place}, {mask}, ARRAY[{texts}]::text[], {figure}
        FROM ({rows}) counted ({", ".join([*names, "figure"])})
        GROUP BY GROUPING SETS ({", ".join(f"({one})" for one in written)})
    """  # noqa: S608 - names of our own around the ORM's statement
    return sql, params


def _columns_of(alike: Sequence[_Asked]) -> list[str]:
    return list(dict.fromkeys(column for one in alike for column in one.columns))


def _mask(of_set: Sequence[str], columns: Sequence[str]) -> int:
    """What PostgreSQL's GROUPING() says of a set: a bit for each column, the first the highest, 1 if not in the set."""
    return sum(1 << place for place, column in enumerate(reversed(columns)) if column not in of_set)
