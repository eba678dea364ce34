"""A file of an export is on the disk, under its name, before anybody is told that it is done."""

import os
import stat

import pytest

from casualties.exports.background import store
from casualties.models import Export


def test_the_file_and_then_its_name_are_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    export = Export(pk=7, form="csv")
    store.part_of(export).write_text("rows")
    synced: list[tuple[bool, bool]] = []

    def fsync(descriptor: int) -> None:
        synced.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), store.path_of(export).exists()))

    monkeypatch.setattr(os, "fsync", fsync)
    store.complete(export)
    assert synced == [(False, False), (True, True)]
    assert [path.name for path in store.folder().iterdir()] == ["7.csv"]
