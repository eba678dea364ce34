"""Whatever happens in between, a file is in as a whole or not at all."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError

from missions.models import DataVersion, ImportBatch, ImportProblem, Strength
from missions.strength_import import import_strength
from tests.missions.strength_import.files import NOW, plain_file, plain_year, run

pytestmark = pytest.mark.usefixtures("missions")


def files_kept(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("error", "state", "message"),
    [
        (DatabaseError("no room"), "failed", "Failed: DatabaseError: no room"),
        (KeyboardInterrupt(), "discarded", "Interrupted by hand; nothing was changed."),
    ],
)
def test_an_error_after_the_person_years_undoes_them(
    error: BaseException, state: str, message: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def fail(*_: object, **__: object) -> None:
        assert Strength.objects.count() == 3  # they were written
        raise error

    monkeypatch.setattr(ImportProblem.objects, "bulk_create", fail)
    with pytest.raises(type(error)):
        run(plain_year())
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.message, batch.applied_at, batch.new) == (state, message, None, 0)
    assert (Strength.objects.count(), files_kept(settings)) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_one_bad_row_among_many_good_ones_leaves_nothing(settings: Any) -> None:
    version = DataVersion.current()
    rows = [(f"20{year}-{month:02}", "MINUSMA", 9, 9, 9) for year in range(13, 20) for month in range(1, 13)]
    outcome = run(plain_file(*rows, ("2019-12", "MINUSMA", 9, 9, 9)))
    assert outcome.batch.message == (
        "Refused: line 86, month “2019-12”: MINUSMA has a row of this month already: see 85"
    )
    assert (Strength.objects.count(), DataVersion.current()) == (0, version)
    assert len(files_kept(settings)) == 1  # so that somebody can look it up


def test_a_file_beyond_the_limit_is_refused_and_not_kept(settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    outcome = import_strength(io.BytesIO(b"x" * (1024 * 1024 + 1)), name="../../big.csv", now=NOW)
    assert (outcome.batch.state, outcome.batch.file_name) == ("refused", "big.csv")
    assert outcome.batch.message == "Refused: the file is bigger than 1 MB."
    assert files_kept(settings) == []
