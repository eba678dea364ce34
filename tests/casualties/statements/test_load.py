"""The table of statements: loaded once, left alone where somebody edited, refused cell by cell."""

from pathlib import Path

import pytest

from casualties.models import Statement
from casualties.statements import TableError, load_statements
from casualties.statements.table import COLUMNS
from missions.reference.load import load_reference
from tests.factories import data_manager, make_mission

pytestmark = pytest.mark.django_db

ROW = {
    "key": "2018-somebody", "source": "Somebody", "address": "https://example.org/", "published": "2018-01",
    "wording": "5 people were killed", "selection": "mission=MINUSMA", "measure": "count", "value": "5",
    "since": "", "obstacle": "", "note": "",
}  # fmt: skip


def table(folder: Path, *rows: dict[str, str]) -> Path:
    make_mission()
    path = folder / "statements.csv"
    lines = [",".join(COLUMNS), *(",".join(f'"{row[name]}"' for name in COLUMNS) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_it_works() -> None:
    """The product's own table; every selection in it is one that the product understands."""
    load_reference()
    load = load_statements()
    assert (load.added, load.changed, load.unchanged) == (104, 0, 0)
    again = load_statements()
    assert (again.added, again.changed, again.unchanged, again.edited) == (0, 0, 104, ())
    assert Statement.objects.exclude(source="").exclude(wording="").count() == 104
    record = Statement.objects.get(key="2018-cruz-record-window")
    assert (record.measure, str(record.value), record.published_precision) == ("rank-1-window", "195.00", "day")


def test_a_changed_row_changes_the_statement_and_its_history_says_why(tmp_path: Path) -> None:
    load_statements(table(tmp_path, ROW))
    load = load_statements(table(tmp_path, {**ROW, "value": "6"}))
    assert (load.added, load.changed) == (0, 1)
    statement = Statement.objects.get()
    assert statement.value == 6
    event = statement.events.order_by("-pgh_id").first()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["reason"] == "table of published statements statements.csv"


def test_what_somebody_edited_stays(tmp_path: Path) -> None:
    load_statements(table(tmp_path, ROW))
    Statement.objects.update(value=7, edited_by=data_manager())
    load = load_statements(table(tmp_path, {**ROW, "value": "6"}))
    assert load.edited == ("2018-somebody",)
    assert Statement.objects.get().value == 7


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"selection": "mision=MINUSMA"}, 'line 2, selection "mision=MINUSMA": mision is not a filter'),
        ({"published": "2018-13"}, 'line 2, published "2018-13": is not a day, a month or a year'),
        ({"value": "many"}, 'line 2, value "many": is not a number'),
        ({"value": "NaN"}, 'line 2, value "NaN": is not a number'),
        ({"since": "94"}, 'line 2, since "94": is not a year of four digits'),
        ({"measure": "most"}, "line 2, measure \"most\": 'most' is not one of count"),
        ({"source": ""}, "line 2, source: This field cannot be blank."),
        ({"key": "a key"}, 'line 2, key "a key": Enter a valid'),
        ({"address": "example"}, 'line 2, address "example": Enter a valid URL.'),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(tmp_path: Path, change: dict[str, str], said: str) -> None:
    with pytest.raises(TableError) as error:
        load_statements(table(tmp_path, {**ROW, **change}, {**ROW, "key": "2018-somebody-2"}))
    assert str(error.value).startswith(said)
    assert Statement.objects.count() == 0


def test_two_rows_of_one_key_and_wrong_headings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="stands in the table already"):
        load_statements(table(tmp_path, ROW, ROW))
    path = tmp_path / "other.csv"
    path.write_text("key,words\n", encoding="utf-8")
    with pytest.raises(TableError, match="the columns must be key, source"):
        load_statements(path)
