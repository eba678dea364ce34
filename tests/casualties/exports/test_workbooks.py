"""XLSX of a selection: the rows of its CSV, typed; what the file is; what its columns mean."""

import io
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from casualties.choices import DatePrecision
from casualties.counts import DIMENSIONS, count
from casualties.exports.columns import UnknownColumn
from casualties.exports.files import DataMoved, people_file
from casualties.exports.ledger import FILE_COLUMNS
from casualties.exports.meanings import LEDGER, STATEMENTS, meaning_of
from casualties.exports.sent import SentFile
from casualties.exports.workbooks import figures_workbook, incidents_workbook, people_workbook
from casualties.filters import EVERYTHING, PUBLIC, select
from casualties.frames import FULL_COLUMNS
from casualties.statements import COLUMNS
from tests.casualties.exports.reading import rows_of
from tests.factories import make_casualty, make_country, make_incident, make_release

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def opened(file: SentFile) -> Any:
    return load_workbook(io.BytesIO(b"".join(file.blocks)))


def data_of(book: Any) -> list[dict[str, Any]]:
    headings, *rows = book["data"].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def about(book: Any) -> dict[str, Any]:
    return dict(list(book["about this file"].iter_rows(values_only=True))[1:])


def test_it_works() -> None:
    make_release()
    make_casualty(nationality=make_country(), reference="=1+1", died_on=date(2019, 2, 3))
    file = people_workbook(select("cause=malicious-act", PUBLIC))
    assert file.name == "casualties_2023-11-28_cause-malicious-act.xlsx"
    book = opened(file)
    assert book.sheetnames == ["data", "about this file", "data dictionary"]
    (row,) = data_of(book)
    assert row["reference"] == "=1+1"
    assert (row["date"], row["died_on"]) == (datetime.fromisoformat("2019-01-20"), datetime.fromisoformat("2019-02-03"))
    assert (row["year"], row["persons"], row["nationality_name"]) == (2019, 1, "Chad")
    said = about(book)
    assert said["scope"] == "all peace operations, all personnel"
    assert said["selection"] == "all peace operations, all personnel; deaths; cause: Malicious act; all years"
    assert (said["known at"], said["rows"]) == (datetime.fromisoformat("2023-11-28"), 1)
    assert said["data version"] == select("", PUBLIC).basis.version
    assert "DPPADPOSS-FATALITIES" in said["source"]
    assert "CC BY IGO" in said["licence"]
    meanings = list(book["data dictionary"].iter_rows(values_only=True))[1:]
    assert [name for name, *_rest in meanings] == list(row)
    assert all(meaning for _name, _heading, meaning in meanings)


def test_what_is_known_of_a_date_to_the_year_only_stays_so() -> None:
    make_release()
    make_casualty(
        incident=make_incident(occurred_on=date(2018, 1, 1), occurred_precision=DatePrecision.YEAR, key="some-day")
    )
    (row,) = data_of(opened(people_workbook(select("", PUBLIC))))
    assert row["date"] == "2018"


def test_incidents_and_their_staff_columns() -> None:
    make_release()
    incident = make_incident(place="=Place", latitude="19.46", longitude="0.86")
    make_casualty(incident=incident, wounded_at=datetime(2019, 1, 20, 10, 30, tzinfo=UTC))
    columns = ["incident", "deaths", "place", "latitude"]
    (row,) = data_of(opened(incidents_workbook(select("", EVERYTHING), columns=columns)))
    assert row == {"incident": incident.key, "deaths": 1, "place": "=Place", "latitude": 19.46}
    (person,) = data_of(opened(people_workbook(select("", EVERYTHING), columns=["wounded_at"])))
    assert person["wounded_at"] == datetime.fromisoformat("2019-01-20T10:30")
    with pytest.raises(UnknownColumn):
        incidents_workbook(select("", PUBLIC), columns=columns)


@pytest.mark.django_db(transaction=True)
def test_the_same_rows_as_the_csv() -> None:
    make_release()
    for n in range(3):
        make_casualty(gender="m" if n else "", cause="illness", reference=f"r{n}")
    selection = select("", PUBLIC)
    texts = [
        {
            name: "" if cell is None else str(cell.date() if isinstance(cell, datetime) else cell)
            for name, cell in row.items()
        }
        for row in data_of(opened(people_workbook(selection)))
    ]
    assert texts == rows_of(people_file(selection))


def test_figures_with_their_marks() -> None:
    make_release()
    make_casualty(occurred_on=date(2023, 3, 1))
    selection = select("", PUBLIC)
    book = opened(figures_workbook(count(selection, ["year", "cause"]), selection))
    (row,) = data_of(book)
    assert row == {
        "year": 2023,
        "cause": "malicious-act",
        "persons": 1,
        "release": datetime.fromisoformat("2023-11-28"),
        "mark": "p",
    }
    assert about(book)["counting"] == "deaths, one per person"


def test_no_row_can_match() -> None:
    make_release()
    make_casualty()
    book = opened(people_workbook(select("kind=other", PUBLIC), columns=["date"]))
    assert (data_of(book), about(book)["rows"]) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_two_versions_are_never_mixed_and_nothing_is_left_behind(tmp_path: Path) -> None:
    make_release()
    selection = select("", PUBLIC)
    make_casualty()
    with pytest.raises(DataMoved):
        people_workbook(selection)
    assert list(tmp_path.glob("export-*")) == []


def test_the_file_is_gone_when_it_was_read_or_thrown_away(tmp_path: Path) -> None:
    make_release()
    make_casualty()
    read, left = people_workbook(select("", PUBLIC)), people_workbook(select("", PUBLIC))
    assert len(list(tmp_path.glob("export-*"))) == 2
    b"".join(read.blocks)
    left.blocks.close()  # type: ignore[attr-defined]
    assert list(tmp_path.glob("export-*")) == []


def test_every_column_of_every_table_has_a_meaning() -> None:
    for name in (
        *DIMENSIONS,
        "whose",
        "persons",
        "incidents",
        *FULL_COLUMNS,
        "release",
        "mark",
        "until",
        "registered",
        "of_all",
        "share",
    ):
        assert meaning_of(name), name
    assert all(meaning_of(name, LEDGER) for name in FILE_COLUMNS)
    assert all(meaning_of(name, STATEMENTS) for name in COLUMNS)
