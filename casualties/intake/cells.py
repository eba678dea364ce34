"""Single cells: a text becomes a value, or a reason why it cannot."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from casualties.choices import DatePrecision
from peacekeeping.tables.cells import CellError, folded_word

EARLIEST = date(1945, 10, 24)  # the Charter entered into force: no peace operation is older
# Digits are 0 to 9: \d means those of every script.
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?")
PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
WHOLE = re.compile(r"[+-]?[0-9]+")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
MAX_NUMBER = 30  # characters of a coordinate
MAX_PERSONS = 10_000
EPOCH = date(1970, 1, 1)
MILLISECONDS_A_DAY = 86_400_000


def day_from(text: str) -> date:
    """An ISO date, with or without the time of midnight UTC. Raises CellError."""
    match = DAY.fullmatch(text)
    if match is None:
        raise CellError("is not a date (YYYY-MM-DD)" if text else "is blank")
    return _existing_day(match[1], match[2], match[3])


def partial_day_from(text: str) -> tuple[date, DatePrecision]:
    """A day, a month (YYYY-MM) or a year (YYYY): its first day and what is known of it. Raises CellError."""
    match = PARTIAL.fullmatch(text)
    if match is None:
        raise CellError("is not a date (YYYY-MM-DD, YYYY-MM or YYYY)" if text else "is blank")
    precision = DatePrecision.DAY if match[3] else DatePrecision.MONTH if match[2] else DatePrecision.YEAR
    if precision is DatePrecision.YEAR and int(match[1]) == EARLIEST.year:
        raise CellError(f"lies before {EARLIEST.isoformat()}, before there was a United Nations")
    return _existing_day(match[1], match[2] or "01", match[3] or "01"), precision


def _existing_day(year: str, month: str, day: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise CellError("is a date that does not exist") from None
    if found < EARLIEST:
        raise CellError(f"lies before {EARLIEST.isoformat()}, before there was a United Nations")
    return found


def day_from_milliseconds(value: int | float) -> str:
    """Milliseconds since 1970, negative before, as an ISO date. Only midnight UTC names a day; else CellError."""
    days, rest = divmod(value, MILLISECONDS_A_DAY)
    if rest:
        raise CellError("is not midnight UTC, so the day is not certain (milliseconds since 1970)")
    try:
        return (EPOCH + timedelta(days=days)).isoformat()
    except OverflowError:
        raise CellError("is no date (milliseconds since 1970)") from None


def word_from(text: str, words: Mapping[str, str]) -> str:
    """The stored word for `text`, whatever its case, hyphens and spaces. Raises CellError that lists the words."""
    found = words.get(folded_word(text))
    if found is None:
        allowed = ", ".join(dict.fromkeys(words.values()))
        raise CellError(f"is blank; one of {allowed} is expected" if not text.strip() else f"is none of {allowed}")
    return found


def persons_from(text: str) -> int:
    """A number of people, 1 to 10,000. Raises CellError."""
    if not WHOLE.fullmatch(text):
        raise CellError("is not a whole number")
    if len(text) > 9 or not 1 <= int(text) <= MAX_PERSONS:
        raise CellError(f"must be from 1 to {MAX_PERSONS:,}")
    return int(text)


def coordinate_from(text: str, limit: int) -> str:
    """A coordinate in decimal degrees within ±limit, to five places, as text. Raises CellError."""
    if not NUMBER.fullmatch(text):
        if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
            raise CellError("has a decimal comma; a decimal point is expected")
        raise CellError("is not a number in decimal degrees")
    if len(text) > MAX_NUMBER:
        raise CellError(f"has {len(text)} signs; a coordinate has at most {MAX_NUMBER}, and five places are kept")
    value = Decimal(text)
    if abs(value) > limit:
        raise CellError(f"must be from −{limit} to {limit} degrees")
    return str(round(value, 5))


def yes_or_no_from(text: str) -> bool:
    """ "yes" or "no" ("" is no). Raises CellError."""
    word = text.casefold()
    if word in {"yes", "true", "1"}:
        return True
    if word in {"no", "false", "0", ""}:
        return False
    raise CellError("is neither yes nor no")
