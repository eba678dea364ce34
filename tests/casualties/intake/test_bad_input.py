"""Bad files: each is refused with line, column, value and reason, and nothing of it is kept."""

import gzip
import json
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings

from casualties import intake
from casualties.models import Casualty
from missions.management.problem_lines import problem_lines
from missions.models import ImportBatch
from tests.casualties.intake.cleaning import errors_of, warnings_of
from tests.casualties.intake.releases import (
    HUB_COLUMNS,
    csv_bytes,
    hub_row,
    import_bytes,
    json_bytes,
    many_rows,
    problems_of,
    stage_bytes,
)


def refused(content: bytes) -> ImportBatch:
    """The batch of a file that must be refused without a trace among the records."""
    batch = import_bytes(content)
    batch.refresh_from_db()
    assert batch.state == "refused"
    assert batch.message.startswith("Refused: ")
    assert not Casualty.objects.exists()
    return batch


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("incident_date", "2014-02-30", "is a date that does not exist"),
        ("incident_date", "18/09/2014", "is not a date (YYYY-MM-DD)"),
        ("incident_date", "", "is blank"),
        ("incident_date", "1066-10-14", "lies before 1945-10-24, before there was a United Nations"),
        ("incident_date", "99999-01-01", "is not a date (YYYY-MM-DD)"),
        ("incident_date", "2014-09-18T12:30:00", "is not a date (YYYY-MM-DD)"),
        ("casualty_id", "", "is blank: without it nobody can be recognised in a later file"),
        ("casualty_id", "X" * 61, "has 61 characters; at most 60 are kept"),
        ("casualty_id", "X\u200b1", "holds signs that cannot be printed"),
        ("mission_acronym", "MINUSMO", "no mission has this acronym"),
        ("mission_acronym", "", "is blank"),
        ("type_of_casualty", "Injury", "is none of fatality"),
        ("gender", "X", "is none of m, f"),
        ("casualty_nationality", "Ruritania", "no country has this name, and no code helps"),
        ("casualty_personnel_type", "Soldier", "is none of military, military-observer, police"),
        ("type_of_incident", "Attack", "is none of malicious-act, accident, illness"),
    ],
)
def test_it_works(column: str, value: str, reason: str) -> None:
    row = hub_row(**{column: value})
    if column == "casualty_nationality":
        row |= {"m49_code": "", "isocode3": ""}
    [(found_column, found_value, found_reason)] = errors_of(row)
    assert found_column == column
    assert found_value.strip("…") == value.replace("\u200b", "\\x200b")[:199]
    assert found_reason.startswith(reason)


@pytest.mark.parametrize(
    ("fields", "column", "reason"),
    [
        ({"isocode3": "FRA", "m49_code": ""}, "isocode3", "this code is not that of Chad (TCD)"),
        ({"m49_code": "250.0", "isocode3": ""}, "m49_code", "this code is not that of Chad (TCD)"),
        ({"isocode3": "XXX"}, "isocode3", "no country has this ISO code"),
        ({"m49_code": "-148"}, "m49_code", "is not an M49 number"),
        ({"m49_code": "1e300"}, "m49_code", "is not an M49 number"),
        ({"m49_code": "148148148148"}, "m49_code", "is not an M49 number"),
    ],
)
def test_codes_that_contradict_the_name(fields: dict[str, str], column: str, reason: str) -> None:
    [(found_column, _, found_reason)] = errors_of(hub_row(**fields))
    assert (found_column, found_reason[: len(reason)]) == (column, reason)


def test_codes_alone_are_enough_with_a_warning_about_the_name() -> None:
    [(column, value, reason)] = warnings_of(hub_row(casualty_nationality="Tschad"))
    assert (column, value) == ("casualty_nationality", "Tschad")
    assert reason == "the country list lacks this name; taken as Chad by its code"


def test_all_errors_of_a_row_are_told_at_once() -> None:
    row = hub_row(incident_date="x", mission_acronym="y", gender="z", type_of_incident="w")
    assert [column for column, *_ in errors_of(row)] == [
        "incident_date",
        "mission_acronym",
        "type_of_incident",
        "gender",
    ]


@pytest.mark.django_db
def test_errors_are_listed_by_line_and_the_first_is_the_message(reference: None) -> None:
    rows = many_rows(5)
    rows[1] |= {"gender": "X"}
    rows[3] |= {"incident_date": "1980-13-01"}
    batch = refused(csv_bytes(rows))
    assert problems_of(batch) == [
        (3, "gender", "X", "is none of m, f"),
        (5, "incident_date", "1980-13-01", "is a date that does not exist"),
    ]
    assert (batch.errors, batch.rows) == (2, 5)
    assert batch.message == "Refused: 2 errors. The first: line 3, gender “X”: is none of m, f"


@pytest.mark.django_db
def test_in_json_the_place_is_the_number_of_the_record(reference: None) -> None:
    rows = many_rows(3)
    rows[2] |= {"gender": "X"}
    batch = refused(json_bytes(rows))
    assert batch.message == "Refused: record 3, gender “X”: is none of m, f"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"just words\nand more\n", "not a CSV file"),
        (b"<html><body>Service unavailable</body></html>", "web page (HTML)"),
        (gzip.compress(csv_bytes([hub_row()]), mtime=0), "gzip"),
        (b"PK\x03\x04" + bytes(100), "ZIP archive"),
        (b'{"error": "not found"}', "not an array of objects"),
        (b'[{"casualty_id": "X"', "not valid JSON"),
        (csv_bytes([hub_row()]).decode().encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (csv_bytes([hub_row(casualty_nationality="Côte dIvoire")]).decode().encode("mac-roman"), "cannot be told"),
        (b"a,b\n1,2\n", "neither those of the open data"),
        (csv_bytes([hub_row()], columns=HUB_COLUMNS[2:]), "missing: incident_date"),
        (csv_bytes([hub_row()]).replace(b"id,incident_date", b"gender,incident_date"), "stands more than once"),
    ],
)
def test_files_that_are_no_release(content: bytes, reason: str, reference: None) -> None:
    assert reason in refused(content).message


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_that_are_certain_are_read(encoding: str, reference: None) -> None:
    row = hub_row(casualty_nationality="Côte d’Ivoire", m49_code="", isocode3="")
    batch = import_bytes(csv_bytes([row]).decode().encode(encoding))
    assert batch.state == "applied"
    assert Casualty.objects.get().nationality_id == "CIV"


@pytest.mark.django_db
def test_nul_bytes_are_named_and_can_be_stored(reference: None) -> None:
    batch = refused(csv_bytes([hub_row(gender="M\x00")]))
    assert problems_of(batch) == [(2, "gender", "M\\x00", "holds a NUL byte")]


@pytest.mark.django_db
def test_rows_with_too_few_or_too_many_cells(reference: None) -> None:
    content = csv_bytes(many_rows(3)).replace(b",1980-01-02,", b",1980-01-02,,", 1)
    batch = refused(content + b"4,1980-02-02\r\n")
    assert problems_of(batch) == [
        (3, "", "", "12 cells are expected and 13 found"),
        (5, "", "", "12 cells are expected and 2 found"),
    ]


@pytest.mark.django_db
def test_an_incident_after_the_release_date(reference: None) -> None:
    batch = refused(csv_bytes([hub_row(incident_date="2023-11-29")]))
    assert problems_of(batch) == [
        (2, "incident_date", "2023-11-29", "lies after the release date, 2023-11-28"),
    ]


@pytest.mark.django_db
def test_a_release_date_in_the_future(reference: None) -> None:
    batch = import_bytes(csv_bytes([hub_row()]), release_date=date(2999, 1, 1))
    assert (batch.state, batch.message) == ("refused", "The release date, 2999-01-01, lies in the future.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("updates", "reason"),
    [
        (("2023-11-28", "2023-11-29"), "more than one release date: 2023-11-28 (line 2) and 2023-11-29 (line 3)"),
        (("", ""), "the file does not say its release date"),
        (("28.11.2023", "28.11.2023"), "is not a date (YYYY-MM-DD)"),
    ],
)
def test_the_release_date_must_be_one(updates: tuple[str, str], reason: str, reference: None) -> None:
    rows = [row | {"last_update": update} for row, update in zip(many_rows(2), updates, strict=True)]
    assert reason in refused(csv_bytes(rows)).message


@pytest.mark.django_db
def test_a_given_release_date_goes_before_that_of_the_file(reference: None) -> None:
    rows = [row | {"last_update": update} for row, update in zip(many_rows(2), ("2023-11-28", "x"), strict=True)]
    batch = import_bytes(csv_bytes(rows), release_date=date(2023, 11, 30))
    assert (batch.state, batch.release_date) == ("applied", date(2023, 11, 30))


@pytest.mark.django_db
def test_a_new_column_is_a_warning_and_not_read(reference: None) -> None:
    batch = import_bytes(csv_bytes([hub_row() | {"age": "33"}]))
    assert batch.state == "applied"
    assert problems_of(batch, "warning") == [(None, "age", "", "this column is new and not read")]


@pytest.mark.django_db
def test_a_million_errors_are_counted_and_the_first_are_kept(reference: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casualties.intake.problems.MAX_KEPT", 20)
    batch = refused(csv_bytes([row | {"gender": "X"} for row in many_rows(50)]))
    assert (batch.errors, batch.problems.count()) == (50, 20)


@pytest.mark.django_db
def test_a_file_beyond_the_limit_is_refused_and_not_kept(settings: LazySettings, reference: None) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    batch = stage_bytes(csv_bytes([hub_row()]) + b" " * 1024 * 1024)
    assert (batch.state, batch.message) == ("refused", "Refused: the file is bigger than 1 MB.")
    assert not batch.file
    assert intake.preview(batch).state == "refused"


@pytest.mark.django_db
def test_one_reference_in_two_missions_is_told_in_the_words_of_the_file(reference: None) -> None:
    rows = [hub_row(), hub_row(mission_acronym="UNIFIL")]
    batch = refused(csv_bytes(rows))
    assert problems_of(batch)[0][:3] == (3, "mission_acronym", "UNIFIL")
    assert "MINUSMA against UNIFIL" in batch.message


@pytest.mark.django_db
def test_of_two_release_dates_the_line_that_says_the_second_is_named(reference: None) -> None:
    rows = [row | {"last_update": day} for row, day in zip(many_rows(2), ("2023-11-28", "2023-11-27"), strict=True)]
    assert problems_of(refused(csv_bytes(rows)))[0][:3] == (3, "last_update", "2023-11-27")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"gender": ["M"]}, (2, "gender", '["M"]', '"gender" holds a list or an object, where one value is expected')),
        ({"age": 33}, (2, "age", "33", 'the key "age" stands in no earlier record')),
        ({"gender": None}, (2, "gender", "", 'the key "gender" is missing')),
    ],
)
def test_a_record_of_another_shape_is_named_by_its_key(
    reference: None, change: dict[str, Any], said: tuple[object, ...]
) -> None:
    records = json.loads(json_bytes(many_rows(2)))
    records[1] = {key: value for key, value in (records[1] | change).items() if (key, value) != ("gender", None)}
    assert problems_of(refused(json.dumps(records).encode())) == [said]


@pytest.mark.django_db
def test_malformed_json_is_told_by_the_record(reference: None) -> None:
    batch = refused(json_bytes(many_rows(2)).replace(b"}]", b"},]"))
    assert (batch.message[:18], batch.format) == ("Refused: record 3:", "json")
    assert problem_lines(batch)[0].startswith("error: record 3, row: ")


@pytest.mark.django_db
def test_headings_alone_are_refused_as_empty_with_or_without_a_date(reference: None) -> None:
    heading = csv_bytes([hub_row()]).splitlines(keepends=True)[0]
    batch = import_bytes(heading)
    assert (batch.state, batch.message) == (
        "refused",
        "The file has headings but no rows: an empty release is refused.",
    )


WIDE = "\uff12\uff10\uff12\uff12-11-28"  # 2022-11-28, the year in wide digits


@pytest.mark.django_db
def test_digits_of_other_scripts_are_no_date(reference: None) -> None:
    batch = refused(csv_bytes([hub_row(incident_date=WIDE)]))
    assert problems_of(batch)[0][1:] == ("incident_date", WIDE, "is not a date (YYYY-MM-DD)")
