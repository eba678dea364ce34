"""A broken table is refused as a whole, and every broken cell is named."""

from pathlib import Path

import pytest

from missions.reference.agreement import read_reference
from missions.reference.problems import CellProblem, ReferenceTableError
from missions.reference.rows import COUNTRIES_FILE, MISSIONS_FILE, PERSON_YEARS_FILE
from tests.missions.reference.tables import change_cell, copy_tables, drop_rows, keep_rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of the person-years, most rows of the tables, those of two missions: every read reads every row."""
    copy_tables(tmp_path)
    keep_rows(tmp_path, PERSON_YEARS_FILE, keys=("MINUSMA", "BINUB"))
    return tmp_path


def test_the_tables_are_whole_before_they_are_broken(folder: Path) -> None:
    assert len(read_reference(folder).person_years) > 20


def problems_of(folder: Path) -> tuple[CellProblem, ...]:
    with pytest.raises(ReferenceTableError) as caught:
        read_reference(folder)
    return caught.value.problems


@pytest.mark.parametrize(
    ("file", "key", "column", "value", "reason"),
    [
        (MISSIONS_FILE, "MINUSMA", "latitude", "12,65", "not a comma"),
        (MISSIONS_FILE, "MINUSMA", "kind", "peacekeeping", "must be one of pko, spm, other"),
        (MISSIONS_FILE, "MINUSMA", "ended", "2012-01", "lies before the start"),
        (MISSIONS_FILE, "MINUSMA", "status", "active", "an active mission has no end"),
        (MISSIONS_FILE, "MINUSMA", "longitude", "", "come together"),
        (MISSIONS_FILE, "MINUSMA", "source", "", "must not be blank"),
        (MISSIONS_FILE, "MINUSMA", "in_un_list", "1", "must be yes or no"),
        (MISSIONS_FILE, "MINUSMA", "hosts", "XXX", "is no country of countries.csv"),
        (MISSIONS_FILE, "MINUSMA", "family", "MINUSMAX", "is no acronym of this table"),
        (MISSIONS_FILE, "MINUSMA", "family", "UNMIH-X", "is no acronym of this table"),
        (MISSIONS_FILE, "MINUSMA", "family", "MINUSCA", "is not of that family itself"),
        (MISSIONS_FILE, "MINUSMA", "umbrella", "UNEF I", "is itself under an umbrella"),
        (MISSIONS_FILE, "MINUSMA", "predecessors", "MINUSMA", "cannot name itself"),
        (MISSIONS_FILE, "MINUSMA", "aliases", "untso", "already stands on line"),
        (COUNTRIES_FILE, "MLI", "m49", "66", "must be three digits"),
        (COUNTRIES_FILE, "MLI", "iso3", "ML", "must be three capital letters"),
        (COUNTRIES_FILE, "MLI", "aliases", "Turkey", "already stands on line"),
        (COUNTRIES_FILE, "MLI", "successors", "XXX", "is no country of this table"),
        (COUNTRIES_FILE, "MLI", "successors", "FRA", "dissolved states have successors"),
        (COUNTRIES_FILE, "YUG", "ended", "2003", "must name the day"),
        (PERSON_YEARS_FILE, "MINUSMA", "mission", "MINUSMAX", "is no acronym of missions.csv"),
        (PERSON_YEARS_FILE, "MINUSMA", "person_years", "-1", "must lie between"),
        (PERSON_YEARS_FILE, "MINUSMA", "person_years", "1,234.5", "must be a number"),
        (PERSON_YEARS_FILE, "MINUSMA", "months", "0-12", "is no range of months"),
        (PERSON_YEARS_FILE, "MINUSMA", "months_filled", "11", "months are covered"),
        (PERSON_YEARS_FILE, "MINUSMA", "category", "police", "already stands on line"),
    ],
)
def test_a_broken_cell_is_named_with_file_line_column_value_and_reason(
    *, folder: Path, file: str, key: str, column: str, value: str, reason: str
) -> None:
    line = change_cell(folder, file, key=key, column=column, value=value)
    problem = next(problem for problem in problems_of(folder) if reason in problem.reason)
    assert problem.file == file
    assert problem.column == column
    assert f"{file} line {problem.line}, {column}" in str(problem)
    if "already stands" not in reason:
        assert (problem.line, problem.value) == (line, value)


def test_all_broken_cells_are_named_together(folder: Path) -> None:
    change_cell(folder, MISSIONS_FILE, key="UNTSO", column="started", value="May 1948")
    change_cell(folder, COUNTRIES_FILE, key="AFG", column="status", value="")
    change_cell(folder, PERSON_YEARS_FILE, key="BINUB", column="year", value="07")
    assert {(problem.file, problem.column) for problem in problems_of(folder)} == {
        (MISSIONS_FILE, "started"), (COUNTRIES_FILE, "status"), (PERSON_YEARS_FILE, "year"),
    }  # fmt: skip


def test_a_missing_and_an_unknown_column_are_named(folder: Path) -> None:
    path = folder / COUNTRIES_FILE
    path.write_text(path.read_text(encoding="utf-8").replace("sub_region", "subregion", 1), encoding="utf-8")
    assert {(problem.column, problem.reason) for problem in problems_of(folder)} == {
        ("sub_region", "the column is missing"), ("subregion", "is no column of this table"),
    }  # fmt: skip


def test_a_row_with_too_few_cells_is_named(folder: Path) -> None:
    path = folder / COUNTRIES_FILE
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[3] = "AGO,AO,024"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [(problem.file, problem.line) for problem in problems_of(folder)] == [(COUNTRIES_FILE, 4)]


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / PERSON_YEARS_FILE).unlink()
    assert [problem.file for problem in problems_of(folder)] == [PERSON_YEARS_FILE]


def test_a_file_that_is_no_table_is_named(folder: Path) -> None:
    (folder / MISSIONS_FILE).write_bytes(b"<!DOCTYPE html><html></html>")
    assert [problem.file for problem in problems_of(folder)] == [MISSIONS_FILE]


def test_a_country_that_others_need_cannot_be_left_out(folder: Path) -> None:
    drop_rows(folder, COUNTRIES_FILE, key="MLI")
    assert {(problem.column, problem.value) for problem in problems_of(folder)} == {("hosts", "MLI")}
