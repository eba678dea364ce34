"""Rows made clean without a database, for the tests of single rules."""

import io

from casualties.intake.hub_rows import HubCleaner
from casualties.intake.own_rows import OwnCleaner
from casualties.intake.problems import Level, Problem
from casualties.intake.rows import CleanRow
from casualties.intake.sources import Format, choose_reader
from peacekeeping.tables.reading import open_table
from tests.casualties.intake.releases import csv_bytes, json_bytes, some_lookups


def clean_file(content: bytes) -> tuple[list[CleanRow], list[Problem]]:
    """The clean rows of a file and everything that is wrong with it, row by row."""
    rows: list[CleanRow] = []
    problems: list[Problem] = []
    with open_table(io.BytesIO(content)) as table:
        reader = choose_reader(table)
        own = OwnCleaner(some_lookups(), has_released=reader.has("released"))
        cleaner = own if reader.format is Format.OWN_CSV else HubCleaner(some_lookups())
        for text_row in reader.texts(table):
            clean, found = cleaner.clean(text_row)
            problems += found
            if clean is not None:
                rows.append(clean)
    return rows, problems


def clean_row(row: dict[str, str]) -> CleanRow:
    """The clean row of a row without errors."""
    rows, problems = clean_file(csv_bytes([row]))
    assert not [problem for problem in problems if problem.level is Level.ERROR], problems
    return rows[0]


def clean_record(row: dict[str, str]) -> CleanRow:
    """The same, written as the hub's JSON."""
    rows, problems = clean_file(json_bytes([row]))
    assert not [problem for problem in problems if problem.level is Level.ERROR], problems
    return rows[0]


def errors_of(row: dict[str, str]) -> list[tuple[str, str, str]]:
    """Column, value and reason of each error of a row."""
    rows, problems = clean_file(csv_bytes([row]))
    found = [problem for problem in problems if problem.level is Level.ERROR]
    assert not (rows and found), "a row with an error is no clean row"
    return [(problem.column, problem.value, problem.reason) for problem in found]


def warnings_of(row: dict[str, str]) -> list[tuple[str, str, str]]:
    """Column, value and reason of each warning of a row that is used all the same."""
    rows, problems = clean_file(csv_bytes([row]))
    assert len(rows) == 1
    return [(problem.column, problem.value, problem.reason) for problem in problems]
