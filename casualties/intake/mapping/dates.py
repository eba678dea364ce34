"""Dates as other files write them -> a text of our own format: YYYY-MM-DD, or YYYY-MM or YYYY where no more is known.

Only the order is changed here. Whether such a day exists, and may be, is asked where every date of our format is read.
"""

import re

from peacekeeping.tables.cells import CellError

MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?$")
DAY_FIRST = re.compile(r"([0-9]{1,2})[./\- ]+([0-9]{1,2}|[^\W\d_]{3,9})\.?[./\-, ]+([0-9]{4})")
MONTH_FIRST = re.compile(r"([0-9]{1,2}|[^\W\d_]{3,9})\.?[./\- ]+([0-9]{1,2})[./\-, ]+([0-9]{4})")
MONTH_AND_YEAR = re.compile(r"([0-9]{1,2}|[^\W\d_]{3,9})\.?[./\-, ]+([0-9]{4})")
YEAR = re.compile(r"[0-9]{4}")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
SHORTEST_NAME = 3
WHAT_IS_EXPECTED = {"dmy": "day, month, year", "mdy": "month, day, year"}


class PartError(CellError):
    """A part of a split date that cannot be read; `part` is year, month or day."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(reason)
        self.part = part


def ordered(text: str, order: str) -> str:
    """A date of one cell, in our order. `order` is iso (left as it is), dmy or mdy. Raises CellError."""
    if order == "iso" or not text:
        return text
    bare = MIDNIGHT.sub("", text)
    if YEAR.fullmatch(bare):
        return bare
    match = (DAY_FIRST if order == "dmy" else MONTH_FIRST).fullmatch(bare)
    if match:
        day, month = (match[1], match[2]) if order == "dmy" else (match[2], match[1])
        return f"{match[3]}-{_month(month)}-{int(day):02}"
    match = MONTH_AND_YEAR.fullmatch(bare)
    if match:
        return f"{match[2]}-{_month(match[1])}"
    raise CellError(f"is not a date ({WHAT_IS_EXPECTED[order]}, the year with four digits)")


def joined(year: str, month: str, day: str) -> str:
    """A date in three cells. Without day it is a month, without month a year. Raises PartError."""
    year, month, day = (re.sub(r"\.0+$", "", part) for part in (year, month, day))
    if not YEAR.fullmatch(year):
        raise PartError("year", "is blank" if not year else "is not a year (four digits)")
    if not month:
        if day:
            raise PartError("month", "is blank while the day is given")
        return year
    try:
        known = _month(month)
    except CellError as error:
        raise PartError("month", str(error)) from None
    if not day:
        return f"{year}-{known}"
    if not re.fullmatch(r"[0-9]{1,2}", day) or not 1 <= int(day) <= 31:
        raise PartError("day", "is not a day (1 to 31, or blank where it is not known)")
    return f"{year}-{known}-{int(day):02}"


def _month(text: str) -> str:
    """ "09" for 9, 09, Sep, Sept or September. Raises CellError."""
    if re.fullmatch(r"[0-9]{1,2}", text) and 1 <= int(text) <= 12:
        return f"{int(text):02}"
    name = text.casefold()
    for number, month in enumerate(MONTHS, start=1):
        if len(name) >= SHORTEST_NAME and month.startswith(name):
            return f"{number:02}"
    raise CellError("is not a month (1 to 12 or its English name, or blank where it is not known)")
