"""What was signed against what is counted: number for number, each with the people that it is counted from now."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from casualties.counts import NotAvailable
from casualties.filters import Basis
from casualties.models import SignedReport
from casualties.reports.asked import Asked, ask, table_of
from casualties.reports.files import LEVEL, Place, cells_by_place, shown
from casualties.reports.signing import asked_again, viewer_of_signed
from casualties.reports.tables import Cell, ReportTooLarge

Figure = str | int | None  # None: nothing was known, or is


@dataclass(frozen=True)
class Recounted:
    """The report counted again: its cells by place, or why there are none. `asked`: with the selection to link to."""

    asked: Asked
    cells: Mapping[Place, Cell]
    reason: str = ""


@dataclass(frozen=True)
class Difference:
    """A number that is another one. A line that is not there has nobody: 0. `cell`: that of today, None for no line."""

    place: Place
    signed: Figure
    now: Figure
    cell: Cell | None


def recount(signed: SignedReport, basis: Basis) -> Recounted:
    """The same report over the data of `basis`, for the eyes that it was signed for."""
    return _recounted(asked_again(signed, basis))


def recount_then(signed: SignedReport, basis: Basis, now: Recounted) -> Recounted:
    """The same as known on the day that was signed: the records behind the signed numbers, as far as they are kept."""
    if now.reason or "known_at" in QueryDict(signed.query) or now.asked.counted.known_at == signed.known_at:
        return now
    query = "&".join(part for part in (signed.query, f"known_at={signed.known_at.isoformat()}") if part)
    return _recounted(ask(signed.report, query, viewer_of_signed(signed), basis))


def signed_figures(signed: SignedReport) -> dict[Place, Figure]:
    """The frozen figures by place."""
    columns, rows = signed.frame["columns"], signed.frame["rows"]
    first = columns.index(LEVEL)
    return {
        (tuple(str(key) for key in row[:first]), heading): figure
        for row in rows
        for heading, figure in zip(columns[first + 1 :], row[first + 1 :], strict=True)
    }


def differences(then: Mapping[Place, Figure], now: Mapping[Place, Cell]) -> list[Difference]:
    """Every number that is another one today: first those of the signed table, in its order, then new lines.

    A number where none was known is another one, be it 0. Where none is known today nobody is counted, as with a 0.
    """
    places = dict.fromkeys((*then, *now))
    found = []
    for place in places:
        cell = now.get(place)
        was, stands = then.get(place, 0), shown(cell) if cell else None
        if was != stands and (was or stands is not None):
            found.append(Difference(place, was, 0 if cell is None else stands, cell))
    return found


def zeros_taken_back(then: Mapping[Place, Figure], now: Mapping[Place, Cell]) -> bool:
    """Whether a 0 was signed where nothing is known: tables once had a 0 in months that the release did not cover."""
    return any(figure == 0 and place in now and now[place].figure is None for place, figure in then.items())


def _recounted(asked: Asked) -> Recounted:
    if asked.problems:
        return Recounted(asked, {}, "; ".join(map(str, asked.problems)))
    try:
        return Recounted(asked, cells_by_place(table_of(asked)))
    except (NotAvailable, ReportTooLarge) as reason:
        return Recounted(asked, {}, str(reason))
