"""Single cells of a strength file: what stands there becomes a value, or a reason why it cannot. Pure."""

import re
from datetime import date, timedelta

from peacekeeping.tables.cells import CellError
from peacekeeping.tables.rows import Cell

FIRST_YEAR = 1948  # UNTSO, the first mission
MAX_PERSONS = 100_000  # more than were ever in all missions of a month together
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?")
WHOLE = re.compile(r"([+-]?)([0-9]+)(?:\.0+)?")
EPOCH = date(1970, 1, 1)
MILLISECONDS_A_DAY = 86_400_000


def text_from(cell: Cell) -> str:
    """Plain text; "" for blank and null. Raises CellError."""
    if isinstance(cell, bool):
        raise CellError("is true or false, where a value is expected")
    text = "" if cell is None else str(cell).strip()
    if "\x00" in text:
        raise CellError("holds a NUL byte")
    return text


def persons_from(cell: Cell) -> int | None:
    """A number of people from 0, or None where the cell is blank or null. Raises CellError."""
    text = text_from(cell)
    if not text:
        return None
    match = WHOLE.fullmatch(text)
    if match is None:
        raise CellError("is not a whole number")
    if len(match[2]) > 9 or int(match[2]) > MAX_PERSONS:
        raise CellError(f"is more than {MAX_PERSONS:,} people" if match[1] != "-" else "is negative")
    if match[1] == "-" and int(match[2]):
        raise CellError("is negative")
    return int(match[2])


def month_from(cell: Cell, *, today: date) -> date:
    """The first day of a month written YYYY-MM. Raises CellError."""
    text = text_from(cell)
    match = MONTH.fullmatch(text)
    if match is None:
        raise CellError("is not a month (YYYY-MM)" if text else "is blank")
    if not 1 <= int(match[2]) <= 12:
        raise CellError(f"is no month: there is no month {match[2]}")
    return _possible(_day(match[1], match[2], "01"), today)


def reporting_day_from(cell: Cell, *, today: date) -> date:
    """A reporting day: an ISO date, or milliseconds since 1970 (in JSON), at midnight UTC. Raises CellError."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _possible(_day_of_milliseconds(cell), today)
    text = text_from(cell)
    match = DAY.fullmatch(text)
    if match is None:
        raise CellError("is not a date (YYYY-MM-DD)" if text else "is blank")
    return _possible(_day(match[1], match[2], match[3]), today)


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise CellError("is a date that does not exist") from None


def _day_of_milliseconds(value: float) -> date:
    try:
        days, rest = divmod(value, MILLISECONDS_A_DAY)
        found = EPOCH + timedelta(days=days)
    except (OverflowError, ValueError):
        raise CellError("is no date (milliseconds since 1970)") from None
    if rest:
        raise CellError("is not midnight UTC, so the month is not certain (milliseconds since 1970)")
    return found


def _possible(day: date, today: date) -> date:
    if day.year < FIRST_YEAR:
        raise CellError(f"lies before {FIRST_YEAR}, before there was a peace operation")
    # The day may have begun earlier where the file was made.
    if day > today + timedelta(days=1):
        raise CellError("lies in the future")
    return day
