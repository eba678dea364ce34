"""What every reader hands out: headings, then rows that know where they stand in the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .content import Content

Cell = str | int | float | bool | None


class Row(NamedTuple):
    """One row. `line` is the physical line on which it begins (in JSON: the number of the object, from 1).

    `cells` stand in the order of the headings; delimited files hold texts only, JSON also numbers and None. `fault`
    says why the row's shape is wrong ("12 cells are expected and 11 found"); its cells are then not to be trusted.
    `column` and `value` say where, when it is one column.
    """

    line: int
    cells: tuple[Cell, ...]
    fault: str = ""
    column: str = ""
    value: str = ""


@dataclass(frozen=True)
class Table:
    """A file that turned out to be a table. `rows` can be walked once and reads as it goes."""

    content: Content
    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    rows: Iterator[Row]

    @property
    def place_name(self) -> str:
        """The word for a row's place: "line", or "record" in JSON, which often is one single line."""
        return "record" if self.content is Content.JSON else "line"
