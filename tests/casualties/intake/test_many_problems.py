"""A file with many problems costs no more a row than one with few: its columns are named once for all checks."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from casualties.intake.mapping.translating import MappedReader
from casualties.intake.sources import Reader
from tests.casualties.intake.mapping.shapes import register, register_mapping, register_row
from tests.casualties.intake.releases import csv_bytes, import_bytes, own_row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
BEFORE_THEM_ALL = date(2013, 1, 1)


def counted(monkeypatch: pytest.MonkeyPatch, kind: type[Reader]) -> Callable[[], int]:
    """How often a column was named since it was asked last."""
    named: list[str] = []
    shown = kind.shown_column

    def shown_column(self: Any, *args: Any) -> str:
        named.append("")
        return shown(self, *args)

    def since() -> int:
        number = len(named)
        named.clear()
        return number

    monkeypatch.setattr(kind, "shown_column", shown_column)
    return since


def own_file(rows: int) -> bytes:
    """Every row lies after the release."""
    return csv_bytes([own_row(f"D-{number}") for number in range(rows)])


def mapped_file(rows: int) -> bytes:
    return register(*(register_row(str(number)) for number in range(rows)))


def test_our_own_format(monkeypatch: pytest.MonkeyPatch) -> None:
    named, times = counted(monkeypatch, Reader), []
    for rows in (2, 40):
        batch = import_bytes(own_file(rows), release_date=BEFORE_THEM_ALL)
        batch.refresh_from_db()
        assert batch.errors == rows
        times.append(named())
    assert times[0] == times[1] > 0


def test_a_mapped_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks of the whole file name its columns once; what is wrong with a cell is named where it stands."""
    named, times = counted(monkeypatch, MappedReader), []
    for rows in (2, 40):
        batch = import_bytes(mapped_file(rows), release_date=BEFORE_THEM_ALL, mapping=register_mapping())
        batch.refresh_from_db()
        assert batch.errors == rows
        times.append(named())
    assert times[0] == times[1] > 0


def test_a_mapped_file_of_bad_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    named, times = counted(monkeypatch, MappedReader), []
    for rows in (10, 20, 30):
        bad = register(*(register_row(str(number), Latitude="north") for number in range(rows)))
        batch = import_bytes(bad, release_date=date(2023, 11, 28), mapping=register_mapping())
        batch.refresh_from_db()
        assert batch.errors == rows
        times.append(named())
    assert times[1] - times[0] == times[2] - times[1] > 0
