"""The table of published statements (published.csv): one row to one statement, or the problems that name the cell.

Columns: key, source, address, published (a day, a month or a year, as far as it is known), wording (our own), selection
(query string), measure, value, since, obstacle, note. The facts are those of the sources named in each row.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from casualties.choices import DatePrecision
from casualties.filters import Basis
from casualties.models import Statement
from casualties.statements.asking import refusals

TABLE = Path(__file__).resolve().parent / "published.csv"
COLUMNS = (
    "key", "source", "address", "published", "wording", "selection", "measure", "value", "since", "obstacle", "note"
)  # fmt: skip
DATES = {
    r"\d{4}-\d{2}-\d{2}": DatePrecision.DAY,
    r"\d{4}-\d{2}": DatePrecision.MONTH,
    r"\d{4}": DatePrecision.YEAR,
}


@dataclass(frozen=True)
class TableProblem:
    """One cell that cannot be loaded: the line of its row, its column, what stands there, and why."""

    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        place = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f'{place} "{self.value}": {self.reason}' if self.value else f"{place}: {self.reason}"


class TableError(ValueError):
    """The table cannot be loaded; `problems` names every cell that stands in the way. Nothing was written."""

    def __init__(self, problems: Sequence[TableProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_table(path: Path, basis: Basis) -> dict[str, dict[str, Any]]:
    """The values of the statements of a table, by key. TableError for a table that is not wholly right."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, restkey="", strict=True)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise TableError([TableProblem(1, "", "", f"the columns must be {', '.join(COLUMNS)}")])
            rows = [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise TableError([TableProblem(1, "", str(path), error.strerror or "cannot be read")]) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError([TableProblem(1, "", "", f"is not a CSV file of UTF-8 text: {error}")]) from error
    found: dict[str, dict[str, Any]] = {}
    problems: list[TableProblem] = []
    for line, row in rows:
        if "" in row or None in row.values():
            problems.append(TableProblem(line, "", "", f"has not {len(COLUMNS)} cells"))
            continue
        values, wrong = _statement(row, basis)
        if row["key"] in found:
            wrong["key"] = "stands in the table already"
        problems += [TableProblem(line, column, row.get(column, ""), reason) for column, reason in wrong.items()]
        found[row["key"]] = values
    if problems:
        raise TableError(problems)
    return found


def _statement(row: Mapping[str, str], basis: Basis) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of one row, and what is wrong with it by column."""
    wrong: dict[str, str] = {}
    values: dict[str, Any] = {name: row[name] for name in COLUMNS if name not in {"published", "value", "since"}}
    values |= _published(row["published"], wrong)
    values["value"] = _number(row["value"], wrong)
    values["since"] = _year(row["since"], wrong)
    if wrong:
        return values, wrong
    asked = {name: values[name] for name in ("selection", "measure", "value", "since", "obstacle")}
    wrong.update({refusal.field: refusal.reason for refusal in refusals(**asked, basis=basis)})
    if not wrong:
        try:
            Statement(**values).clean_fields()
        except ValidationError as error:
            wrong.update({name: " ".join(reasons) for name, reasons in error.message_dict.items()})
    return values, wrong


def published_of(text: str) -> tuple[date, str]:
    """A date of publication as far as it is known, and its precision; ValueError with a reason for anything else."""
    for pattern, precision in DATES.items():
        if re.fullmatch(pattern, text):
            try:
                return date.fromisoformat(f"{text}-01-01"[:10]), precision.value
            except ValueError:
                break
    raise ValueError("is not a day, a month or a year (2018-01-22, 2018-01, 2018)")


def published_text(day: date, precision: str) -> str:
    """The same as text: "2018-01-22", "2018-01", "2018"."""
    return day.isoformat()[: {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(DatePrecision(precision), 10)]


def _published(cell: str, wrong: dict[str, str]) -> dict[str, Any]:
    try:
        day, precision = published_of(cell)
    except ValueError as reason:
        wrong["published"] = str(reason)
        return {}
    return {"published_on": day, "published_precision": precision}


def _number(cell: str, wrong: dict[str, str]) -> Decimal | None:
    if not cell:
        return None
    try:
        number = Decimal(cell)
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        wrong["value"] = "is not a number"
        return None
    return number


def _year(cell: str, wrong: dict[str, str]) -> int | None:
    if not cell:
        return None
    if not re.fullmatch(r"\d{4}", cell):
        wrong["since"] = "is not a year of four digits"
        return None
    return int(cell)
