"""One cell of a table of facts to one value. Pure: each reader takes a text and raises CellError with a reason."""

import calendar
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SEPARATOR = ";"
FIRST_YEAR, LAST_YEAR = 1945, 2100


class CellError(ValueError):
    """Why the text of a cell is no value of its column."""


@dataclass(frozen=True)
class RoughDate:
    """A date as precisely as it is known: `day` stands for the whole month or year when `precision` says so."""

    day: date
    precision: str  # day, month or year


def text(*, longest: int, blank: bool = False) -> Callable[[str], str]:
    """A reader of plain text of at most `longest` characters."""

    def read(cell: str) -> str:
        if not cell and not blank:
            raise CellError("must not be blank")
        if len(cell) > longest:
            raise CellError(f"has {len(cell)} characters, at most {longest} fit")
        if not cell.isprintable():
            raise CellError("has a character that cannot be shown")
        return cell

    return read


def code(pattern: str, wanted: str, *, blank: bool = False) -> Callable[[str], str]:
    """A reader of a code that fits the regular expression `pattern`; `wanted` says the form in words."""

    def read(cell: str) -> str:
        if cell == "" and blank:
            return cell
        if not re.fullmatch(pattern, cell):
            raise CellError(f"must be {wanted}")
        return cell

    return read


def one_of(allowed: Collection[str]) -> Callable[[str], str]:
    """A reader that takes only the words of `allowed`."""

    def read(cell: str) -> str:
        if cell not in allowed:
            raise CellError(f"must be one of {', '.join(allowed)}")
        return cell

    return read


def words(read_one: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    """A reader of a list separated by semicolons; blank is the empty list, the same word twice is refused."""

    def read(cell: str) -> tuple[str, ...]:
        if not cell:
            return ()
        found = tuple(read_one(word.strip()) for word in cell.split(SEPARATOR))
        if len(set(found)) < len(found):
            raise CellError("names the same twice")
        return found

    return read


def first_day(cell: str) -> RoughDate | None:
    """A beginning, written 1997-12-28, 1997-12 or 1997: its first possible day. Blank is None."""
    return _rough_date(cell, last=False)


def last_day(cell: str) -> RoughDate | None:
    """An end, written like a beginning: its last possible day. Blank is None."""
    return _rough_date(cell, last=True)


def _rough_date(cell: str, *, last: bool) -> RoughDate | None:
    if not cell:
        return None
    parts = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", cell)
    if parts is None:
        raise CellError("must be a date such as 1997-12-28, 1997-12 or 1997")
    year = int(parts[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError(f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}")
    month = int(parts[2]) if parts[2] else (12 if last else 1)
    if not 1 <= month <= 12:
        raise CellError(f"there is no month {month}")
    length = calendar.monthrange(year, month)[1]
    day = int(parts[3]) if parts[3] else (length if last else 1)
    if not 1 <= day <= length:
        raise CellError(f"that month has no day {day}")
    return RoughDate(date(year, month, day), "day" if parts[3] else "month" if parts[2] else "year")


def exact_day(cell: str) -> date | None:
    """A date written 2003-02-04. Blank is None."""
    found = _rough_date(cell, last=False)
    if found is not None and found.precision != "day":
        raise CellError("must name the day, such as 2003-02-04")
    return found.day if found else None


def number(low: int, high: int, *, places: int, blank: bool = False) -> Callable[[str], Decimal | None]:
    """A reader of a decimal number with a point, from `low` to `high`, with at most `places` decimal places."""

    def read(cell: str) -> Decimal | None:
        if not cell and blank:
            return None
        if not re.fullmatch(rf"-?[0-9]+(\.[0-9]{{1,{places}}})?", cell):
            hint = " (a point, not a comma, stands before the decimal places)" if "," in cell else ""
            raise CellError(f"must be a number with at most {places} decimal places{hint}")
        found = Decimal(cell)
        if not low <= found <= high:
            raise CellError(f"must lie between {low} and {high}")
        return found

    return read


def whole(low: int, high: int) -> Callable[[str], int]:
    """A reader of a whole number from `low` to `high`."""

    def read(cell: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", cell):
            raise CellError("must be a whole number")
        found = int(cell)
        if not low <= found <= high:
            raise CellError(f"must lie between {low} and {high}")
        return found

    return read


def yes_or_no(cell: str) -> bool:
    """yes or no."""
    if cell not in {"yes", "no"}:
        raise CellError("must be yes or no")
    return cell == "yes"


def months(cell: str) -> tuple[int, ...]:
    """Months of a year as ranges, "1-12" or "5-7 9-12", to their numbers in order."""
    found: list[int] = []
    for part in cell.split():
        ends = re.fullmatch(r"([0-9]{1,2})(?:-([0-9]{1,2}))?", part)
        if ends is None:
            raise CellError('must be months such as "1-12" or "5-7 9-12"')
        low, high = int(ends[1]), int(ends[2] or ends[1])
        if not 1 <= low <= high <= 12:
            raise CellError(f"{part} is no range of months")
        found += range(low, high + 1)
    if not found:
        raise CellError("must not be blank")
    if found != sorted(set(found)):
        raise CellError("names a month twice or out of order")
    return tuple(found)
