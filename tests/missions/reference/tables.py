"""The project's tables for tests: read once, copied into a folder where a test may break them."""

import csv
import shutil
from collections.abc import Collection
from functools import cache
from pathlib import Path

from missions.reference.agreement import ReferenceTables, read_reference
from missions.reference.load import TABLES
from missions.reference.rows import COUNTRIES_FILE, MISSIONS_FILE, PERSON_YEARS_FILE

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
FILES = (COUNTRIES_FILE, MISSIONS_FILE, PERSON_YEARS_FILE)


@cache
def project_tables() -> ReferenceTables:
    return read_reference(TABLES)


def copy_tables(folder: Path) -> Path:
    for file in FILES:
        shutil.copy(TABLES / file, folder / file)
    return folder


def change_cell(folder: Path, file: str, *, key: str, column: str, value: str) -> int:
    """Write `value` into the first row whose first cell is `key`; return the line that the row stands on."""
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    place = next(number for number, row in enumerate(rows) if row[0] == key)
    rows[place][rows[0].index(column)] = value
    _write(folder / file, rows)
    return place + 1


def drop_rows(folder: Path, file: str, *, key: str) -> None:
    """Take out every row whose first cell is `key`."""
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.reader(stream) if row[0] != key]
    _write(folder / file, rows)


def keep_rows(folder: Path, file: str, *, keys: Collection[str]) -> None:
    """Take out every row whose first cell is none of `keys`; the headings stay."""
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        headings, *rows = csv.reader(stream)
    _write(folder / file, [headings, *(row for row in rows if row[0] in keys)])


def shared_rows(file: str) -> list[dict[str, str]]:
    """A table of the material beside the checkout (Namibia's code is NA: nothing may be read as missing)."""
    with (SHARED / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
