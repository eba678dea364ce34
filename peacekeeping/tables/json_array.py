"""A JSON array of flat objects as rows, read as a stream: the array is never in memory as a whole."""

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from .content import Content
from .delimited import check_headings
from .errors import UnreadableRecordError
from .rows import Row, Table

BLOCK = 128 * 1024
MAX_OBJECT = 1_000_000
MOST_SHOWN = 300  # characters of a value that is no cell
PLAIN = frozenset({str, int, float, bool, type(None)})
SPACE = re.compile(r"[ \t\r\n]*")
NOT_AN_ARRAY = "This JSON file is not an array of objects ([{...}, {...}])."


class _DoubledKeyError(ValueError):
    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class _NotANumberError(ValueError):
    pass


def read_json_array(stream: TextIO, encoding: str) -> Table:
    """Read the first object for its keys now, and the others as they are asked for.

    A row's line is the number of its object, from 1. Raises UnreadableTableError for JSON that is malformed, is no
    array, or holds something else than flat objects; an object whose keys differ from the first one's is a row with
    a fault.
    """
    objects = _objects(stream)
    first = next(objects, None)
    if first is None:
        raise UnreadableRecordError("The JSON array is empty.")
    headings = check_headings(list(first), line=1)
    return Table(Content.JSON, encoding, "", headings, _rows(first, objects, tuple(first)))


def _rows(first: dict[str, Any], others: Iterator[dict[str, Any]], keys: tuple[str, ...]) -> Iterator[Row]:
    yield _row(1, first, keys)
    for number, found in enumerate(others, start=2):
        yield _row(number, found, keys)


def _row(number: int, found: dict[str, Any], keys: tuple[str, ...]) -> Row:
    fault = column = ""
    cells = tuple(found.values())
    if tuple(found) != keys:
        cells = tuple(found.get(key) for key in keys)
        lacking = [key for key in keys if key not in found]
        added = [key for key in found if key not in keys]
        if lacking:
            column, fault = lacking[0], f'the key "{lacking[0]}" is missing'
        elif added:
            column, fault = added[0], f'the key "{added[0]}" stands in no earlier record'
    if not PLAIN.issuperset(map(type, cells)):
        nested, value = next((key, cell) for key, cell in zip(keys, cells, strict=True) if type(cell) not in PLAIN)
        fault = f'"{nested}" holds a list or an object, where one value is expected'
        return Row(number, (None,) * len(keys), fault, nested, json.dumps(value, ensure_ascii=False)[:MOST_SHOWN])
    return Row(number, cells, fault, column, str(found.get(column, ""))) if fault else Row(number, cells)


def _objects(stream: TextIO) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder(object_pairs_hook=_without_doubled_keys, parse_constant=_refuse_constant)
    text = stream.read(BLOCK)
    place = _skip_space(text, 0)
    if text[place : place + 1] != "[":
        raise UnreadableRecordError(NOT_AN_ARRAY, line=1)
    text, number, at_end = text[place + 1 :], 0, False
    place, expect_comma, after_comma = 0, False, False
    while True:
        place = _skip_space(text, place)
        if not at_end and len(text) - place < BLOCK // 4:
            block = stream.read(BLOCK)
            at_end, text, place = not block, text[place:] + block, 0
            continue
        if place == len(text):
            raise UnreadableRecordError("The JSON file breaks off: its closing bracket is missing.", line=number + 1)
        sign = text[place]
        if sign == "]" and not after_comma:
            _check_nothing_follows(text[place + 1 :] + stream.read(BLOCK), number)
            return
        if expect_comma:
            if sign != ",":
                raise UnreadableRecordError("A comma between two objects is missing.", line=number + 1)
            place, expect_comma, after_comma = place + 1, False, True
            continue
        number += 1
        if sign != "{":
            raise UnreadableRecordError(NOT_AN_ARRAY, line=number)
        found, place, text, at_end = _decode(decoder, stream, text, place, number, at_end=at_end)
        yield found
        expect_comma, after_comma = True, False


def _decode(
    decoder: json.JSONDecoder, stream: TextIO, text: str, place: int, number: int, *, at_end: bool
) -> tuple[dict[str, Any], int, str, bool]:
    """Decode the object at `place`, reading on while it may merely be cut off by the end of the buffer."""
    while True:
        try:
            found, end = decoder.raw_decode(text, place)
        except _DoubledKeyError as error:
            raise UnreadableRecordError(
                f'The key "{error.key}" stands twice in one object.', line=number, column=error.key
            ) from None
        except _NotANumberError as error:
            raise UnreadableRecordError(f"{error} is not a JSON value.", line=number, value=str(error)) from None
        except RecursionError:
            raise UnreadableRecordError("The object is nested too deeply.", line=number) from None
        except ValueError as error:
            if at_end or len(text) - place > MAX_OBJECT:
                reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
                if not at_end:
                    reason += f" (or the object is longer than {MAX_OBJECT:,} characters)"
                raise UnreadableRecordError(f"This is not valid JSON: {reason}.", line=number) from None
            block = stream.read(BLOCK)
            at_end, text, place = not block, text[place:] + block, 0
            continue
        return found, end, text, at_end


def _skip_space(text: str, place: int) -> int:
    match = SPACE.match(text, place)
    return match.end() if match else place


def _check_nothing_follows(rest: str, number: int) -> None:
    if rest.strip():
        raise UnreadableRecordError("Something follows the end of the JSON array.", line=number + 1)


def _without_doubled_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _DoubledKeyError(next(key for key in keys if keys.count(key) > 1))
    return found


def _refuse_constant(name: str) -> float:
    raise _NotANumberError(name)
