"""What is wrong with a mapped file is named by the file's own line and column; nothing is half-written."""

from datetime import date
from typing import Any

import pytest

from casualties.intake.mapping import Definition, NamedMapping
from casualties.models import Casualty, Incident
from missions.models import ImportBatch
from tests.casualties.intake.mapping.shapes import REGISTER, REGISTER_JSON, register, register_mapping, register_row
from tests.casualties.intake.releases import csv_bytes, import_bytes, problems_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def refused(content: bytes, mapping: NamedMapping | None = None, **options: Any) -> ImportBatch:
    """The import of a file, which is refused and leaves nothing behind."""
    options = {"release_date": date(2023, 11, 28)} | options
    batch = import_bytes(content, mapping=mapping or register_mapping(), **options)
    batch.refresh_from_db()
    assert batch.state == "refused", batch.message
    assert not Casualty.objects.exists()
    assert not Incident.objects.exists()
    return batch


def test_each_bad_cell_is_named_where_it_stands() -> None:
    rows = [
        register_row("1"),
        register_row("2", **{"Nationals killed": "-2"}),
        register_row("3", **{"Nationals wounded": "1.5"}),
        register_row("4", **{"Internationals killed": "ten"}),
        register_row("5", **{"Nationals killed": "10001"}),
        register_row("6", **{"Total killed": "7"}),
        register_row("7", Month="13"),
        register_row("8", Month="2", Day="30"),
        register_row("9", Month=""),
        register_row("10", Year="19"),
        register_row("11", **{"Means of attack": "Magic"}),
        register_row("12", Country="Elsewhere"),
        register_row("13", Latitude="17,5"),
        register_row("14", Day="0"),
        register_row("15", Country=""),
        register_row("/16"),
    ]
    found = problems_of(refused(register(*rows)))
    whole = "is not a number of people: a whole number from 0 to 10,000, or blank for nobody"
    assert [problem[:3] for problem in found] == [
        (3, "Nationals killed", "-2"),
        (4, "Nationals wounded", "1.5"),
        (5, "Internationals killed", "ten"),
        (6, "Nationals killed", "10001"),
        (7, "Total killed", "7"),
        (8, "Month", "13"),
        (9, "Year, Month, Day", "2019 2 30"),
        (10, "Month", ""),
        (11, "Year", "19"),
        (12, "Means of attack", "Magic"),
        (13, "Country", "Elsewhere"),
        (14, "Latitude", "17,5"),
        (15, "Day", "0"),
        (16, "Country", ""),
        (17, "Incident ID", "/16"),
    ]
    reasons = {line: reason for line, _, _, reason in found}
    assert {reasons[line] for line in (3, 4, 5, 6)} == {whole}
    assert (
        reasons[7] == "is not the sum of the columns that count (Nationals killed, Internationals killed), which is 2"
    )
    assert reasons[8].startswith("is not a month")
    assert reasons[9] == "is a date that does not exist"
    assert reasons[10] == "is blank while the day is given"
    assert reasons[12].startswith("is none of small-arms-fire, ")
    assert reasons[13] == "no mission has this acronym"
    assert reasons[14] == "has a decimal comma; a decimal point is expected"


def test_a_row_with_a_fault_does_not_hide_the_others() -> None:
    content = register(register_row("1"), register_row("2")).replace(b"9001", b"1") + b"1,2,3\r\n"
    assert problems_of(refused(content)) == [(4, "", "", "20 cells are expected and 3 found")]


def test_what_the_whole_file_shows_is_told_by_its_own_lines() -> None:
    """One number for two incidents: neither is a row of ours that the reader of the file could find."""
    rows = [register_row("1"), register_row("1", Day="18"), register_row("2"), register_row("2", City="Elsewhere"),
            register_row("3", Year="2024")]  # fmt: skip
    found = problems_of(refused(register(*rows)))
    assert (
        3,
        "Incident ID",
        "REG-1",
        "lines 2 and 3 are of one incident but differ in its mission, date or cause",
    ) in found
    assert (5, "City", "Elsewhere", "lines 4 and 5 are of one incident but differ in its place") in found
    assert (6, "Year, Month, Day", "2024-03-17", "lies after the release date, 2023-11-28") in found
    assert any("lines 4 and 5 count the same people" in reason for _, _, _, reason in found)


def test_a_warning_is_said_once_for_a_row_that_becomes_several() -> None:
    batch = import_bytes(
        register(register_row(Year="2005")), mapping=register_mapping(), release_date=date(2023, 11, 28)
    )
    assert problems_of(batch, "warning") == [
        (2, "Year, Month, Day", "2005 3 17", "MINUSMA began on 2013-04-25"),
    ]


def test_a_mapping_that_reads_a_column_that_is_not_there() -> None:
    columns = tuple(name for name in REGISTER if name not in {"City", "Total killed"})
    batch = refused(csv_bytes([register_row()], columns=columns))
    assert batch.message == (
        "Refused: place: The mapping “Register of attacks” does not fit this file: the file has no column “City”. "
        "There is more wrong with it (1)."
    )
    assert batch.can_be_mapped


def test_a_column_that_is_new_since_the_mapping_was_made_is_named() -> None:
    content = csv_bytes([register_row() | {"Verified": "yes"}], columns=(*REGISTER, "Verified"))
    batch = import_bytes(content, mapping=register_mapping(), release_date=date(2023, 11, 28))
    assert batch.state == "applied"
    assert problems_of(batch, "warning") == [(None, "Verified", "", "this column is new and not read")]


def test_the_release_date_is_needed_here_too() -> None:
    assert "does not say its release date" in refused(register(), release_date=None).message


def test_json_and_a_file_that_breaks_off() -> None:
    assert "this is JSON" in refused(b'[{"Incident ID": "1"}]').message
    broken = register().replace(b"Invented:", b'"Invented')
    assert "line 2" in refused(broken).message
    assert refused(register(register_row(Details="a\x00b"))).message.startswith("Refused: line 2, Details")


def test_an_import_whose_mapping_is_none_is_refused() -> None:
    from casualties import intake
    from tests.casualties.intake.releases import stage_bytes

    batch = stage_bytes(register(), release_date=date(2023, 11, 28))
    batch.mapping = {"name": "x", "headings": [], "fields": {"mission": {"colour": "blue"}}}
    batch.save()
    assert "mission has no part “colour”" in intake.preview(batch).message


def test_two_columns_may_count_the_same_in_one_row() -> None:
    """What the mapping leaves to the row can turn out to be the same people: they would be one row of ours."""
    counts = [
        {"column": "Nationals killed", "outcome": "fatality", "personnel": "military"},
        {"column": "Internationals killed", "outcome": "fatality"},
    ]
    definition = Definition.from_json(
        {"fields": REGISTER_JSON["fields"] | {"personnel": {"constant": "military"}}, "counts": counts}
    )
    mapping = NamedMapping(name="x", definition=definition, headings=REGISTER)
    batch = refused(register(register_row(**{"Internationals killed": "1"})), mapping)
    assert "two columns of line 2 count the same people" in batch.message
