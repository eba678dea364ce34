"""What stands in a file of unknown shape: its columns with first values, numbers and different words.

It is made once, where the file is read anyway, and kept with the import as JSON.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from casualties.intake.mapping.definition import folded
from casualties.intake.mapping.translating import NUMBER, holds_tags
from casualties.intake.sources import NUL
from peacekeeping.tables.content import Content
from peacekeeping.tables.errors import UnreadableTableError
from peacekeeping.tables.reading import open_table

MOST_ROWS = 20_000
MOST_WORDS = 400
LONGEST_WORD = 120
SAMPLES = 3
LEAST_NUMBERS = 0.9


@dataclass
class ColumnProfile:
    """One column: how many cells are filled, its first different values, how many are whole numbers and their sum.

    `words` counts each different value; None once there are too many, or too long ones, to be a vocabulary.
    """

    heading: str
    filled: int = 0
    samples: list[str] = field(default_factory=list)
    numbers: int = 0
    added: int = 0
    words: Counter[str] | None = field(default_factory=Counter)

    @property
    def counts(self) -> bool:
        """Whether it looks like a column of numbers of people."""
        return self.filled > 0 and self.numbers >= self.filled * LEAST_NUMBERS

    @property
    def vocabulary(self) -> list[tuple[str, int]]:
        """Its different values and how often they stand there, the most frequent first; none when too many."""
        return sorted((self.words or Counter()).items(), key=lambda pair: (-pair[1], pair[0]))

    def add(self, text: str) -> None:
        self.filled += 1
        if len(self.samples) < SAMPLES and text not in self.samples:
            self.samples.append(text)
        match = NUMBER.fullmatch(text)
        if match:
            self.numbers += 1
            self.added += int(match[1])
        if self.words is not None:
            self.words[text] += 1
            if len(self.words) > MOST_WORDS or len(text) > LONGEST_WORD:
                self.words = None


@dataclass
class FileProfile:
    """The columns of a file and how many rows were looked at; `whole` says whether these are all of them."""

    columns: list[ColumnProfile]
    rows: int = 0
    whole: bool = True

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    def column(self, heading: str) -> ColumnProfile | None:
        """The column of that heading, whatever its case and spaces."""
        wanted = folded(heading)
        return next((column for column in self.columns if folded(column.heading) == wanted), None)

    def as_json(self) -> dict[str, Any]:
        """As it is kept; from_json() gives the same back."""
        return {"columns": [vars(column) for column in self.columns], "rows": self.rows, "whole": self.whole}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "FileProfile":
        """The profile that as_json() wrote."""
        columns = [
            ColumnProfile(**{**column, "words": None if column["words"] is None else Counter(column["words"])})
            for column in kept["columns"]
        ]
        return cls(columns, kept["rows"], kept["whole"])


def profile_file(stream: BinaryIO) -> FileProfile:
    """Look at the first 20,000 rows of a CSV. Raises UnreadableTableError when it is none.

    A cell with a NUL byte is passed over: no database can hold its word, and its row is refused whatever is mapped.
    """
    with open_table(stream) as table:
        if table.content is Content.JSON:
            raise UnreadableTableError("Only the columns of a CSV can be mapped, and this is JSON.")
        found = FileProfile([ColumnProfile(heading) for heading in table.headings])
        for row in islice(table.rows, MOST_ROWS):
            if row.fault or (found.rows == 0 and holds_tags(row)):
                continue
            found.rows += 1
            for column, cell in zip(found.columns, row.cells, strict=True):
                text = str(cell).strip()
                if text and NUL not in text:
                    column.add(text)
        found.whole = next(iter(table.rows), None) is None
    return found
