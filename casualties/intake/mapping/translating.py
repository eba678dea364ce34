"""Rows of another shape -> rows of our own format, and what is wrong with these back in the words of the file.

One row of the file may become several of ours: one for each column that counts people. Since each of these needs a
number of its own, rows are numbered line × (columns that count) + place; line_of() gives the line back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casualties.intake.cells import MAX_PERSONS
from casualties.intake.mapping.dates import PartError, joined, ordered
from casualties.intake.mapping.definition import DATES, FIELDS, PARTS, CountColumn, NamedMapping, Source, folded
from casualties.intake.mapping.vocabulary import VOCABULARIES, meaning
from casualties.intake.names import Lookups
from casualties.intake.own_rows import OwnCleaner
from casualties.intake.problems import Level, Problem
from casualties.intake.rows import CleanRow
from casualties.intake.sources import Format, Reader, TextRow, nul_problems
from peacekeeping.tables.cells import CellError, shown
from peacekeeping.tables.errors import UnreadableTableError
from peacekeeping.tables.rows import Row, Table

NUMBER = re.compile(r"([0-9]{1,12})(?:\.0+)?")
GREATEST_NUMBER = 2**31 - 1


@dataclass
class LeftOut:
    """Rows that a word of the file leaves out: how many, the first line, and how the word stands there."""

    line: int
    word: str
    rows: int = 0


@dataclass
class Tally:
    """What happened to the rows while they were read, to be said at the end."""

    rows: int = 0
    made: int = 0
    tags_line: int = 0
    nobody: int = 0
    first_nobody: int = 0
    left_out: dict[tuple[str, str], LeftOut] = field(default_factory=dict)  # by heading and folded word


@dataclass(slots=True)
class MappedRow(TextRow):
    """A row of ours with the texts that stood in the file, by our column, and the column that counted it."""

    raw: Mapping[str, str] = field(default_factory=dict)
    count: CountColumn | None = None


@dataclass(frozen=True)
class MappedReader(Reader):
    """A reader of our own format that gets its rows through a mapping."""

    mapping: NamedMapping
    lookups: Lookups
    tally: Tally = field(default_factory=Tally)

    @property
    def each(self) -> int:
        """How many rows of ours one row of the file becomes at most."""
        return max(len(self.mapping.definition.counts), 1)

    def has(self, column: str) -> bool:
        return self.mapping.definition.states(column)

    def rows_of_file(self, made: int) -> int:
        return self.tally.rows

    def line_of(self, number: int) -> int:
        return number // self.each

    def shown_column(self, column: str, count: CountColumn | None = None) -> str:
        """Our column as the file calls it: its heading, "Year, Month", or "cause (fixed)"."""
        if count is not None and (column == "persons" or count.says.get(column)):
            return count.column
        source = self.mapping.definition.sources.get(column)
        if source is None:
            return column
        return ", ".join(source.columns) or f"{column} (fixed)"

    def texts(self, table: Table) -> Iterator[TextRow]:
        translator = _Translator(self, table.headings)
        for row in table.rows:
            if self.tally.rows == 0 and not self.tally.tags_line and holds_tags(row):
                self.tally.tags_line = row.line
                continue
            self.tally.rows += 1
            if (row.line + 1) * self.each > GREATEST_NUMBER:
                raise UnreadableTableError("The file has more lines than can be told apart.", line=row.line)
            for made in translator.rows_of(row):
                self.tally.made += 1
                yield made

    def closing_problems(self) -> list[Problem]:
        """What was left out, and how often; an error when nothing is left."""
        found = []
        if self.tally.tags_line:
            reason = "the line holds tags (#...) and no values: it is not read"
            found.append(Problem(self.tally.tags_line, "", "", reason, Level.WARNING))
        for (column, _), out in self.tally.left_out.items():
            counted = "the row is" if out.rows == 1 else f"{out.rows:,} rows (this is the first) are"
            reason = f"{counted} left out, as the mapping says"
            found.append(Problem(out.line, column, shown(out.word), reason, Level.WARNING))
        if self.tally.nobody:
            counted = (
                "the row counts" if self.tally.nobody == 1 else f"{self.tally.nobody:,} rows (this is the first) count"
            )
            reason = f"{counted} nobody in the columns that count people: nothing is taken from it"
            found.append(Problem(self.tally.first_nobody, "", "", reason, Level.WARNING))
        if self.tally.rows and not self.tally.made:
            found.append(Problem(None, "", "", "no row of the file is left: all were left out, or count nobody"))
        return found


def mapped_reader(table: Table, mapping: NamedMapping, lookups: Lookups) -> MappedReader:
    """The reader of `table` through `mapping`. The mapping fits the file: problems_of() has been asked before."""
    known = {folded(heading) for heading in (*mapping.headings, *mapping.definition.columns)}
    unread = tuple(heading for heading in table.headings if folded(heading) not in known)
    return MappedReader(Format.OWN_CSV, {}, unread, mapping, lookups)


class MappedCleaner:
    """Our own format's cleaner, whose problems are told in the words of the file, and once for each of its rows."""

    def __init__(self, own: OwnCleaner, reader: MappedReader) -> None:
        self._own = own
        self._reader = reader
        self._line = 0
        self._said: set[Problem] = set()

    def clean(self, row: TextRow) -> tuple[CleanRow | None, list[Problem]]:
        """A clean row, or None and what is wrong; warnings may come with a clean row."""
        if row.problems or not isinstance(row, MappedRow):
            return None, row.problems
        clean, found = self._own.clean(row)
        if not found:
            return clean, found
        line = self._reader.line_of(row.line)
        if line != self._line:
            self._line, self._said = line, set()
        fresh = []
        for _, column, value, reason, level in found:
            heading = self._reader.shown_column(column, row.count)
            told = Problem(line, heading, shown(row.raw.get(column, value)), reason, level)
            if told not in self._said:
                self._said.add(told)
                fresh.append(told)
        return clean, fresh


def holds_tags(row: Row) -> bool:
    """A line of tags (#date+year) under the headings, as the humanitarian exchange language has them."""
    said = [str(cell) for cell in row.cells if str(cell).strip()]
    return bool(said) and not row.fault and all(cell.startswith("#") for cell in said)


class _LeftOutError(Exception):
    """The row is left out, because of this word in this column."""

    def __init__(self, column: str, word: str) -> None:
        self.column = column
        self.word = word
        super().__init__(column)


class _Translator:
    """Turns one row after another; what every row needs is prepared once."""

    def __init__(self, reader: MappedReader, headings: Sequence[str]) -> None:
        self._reader = reader
        self._headings = headings
        self._definition = reader.mapping.definition
        self._tally = reader.tally
        places = {folded(heading): place for place, heading in enumerate(headings)}
        self._places = {column: places[folded(column)] for column in self._definition.columns}
        self._values = {
            name: {folded(word): meant for word, meant in source.values.items()}
            for name, source in self._definition.sources.items()
        }
        self._meant: dict[tuple[str, str], str | None] = {}

    def rows_of(self, row: Row) -> Iterator[TextRow]:
        """The rows of ours that a row of the file becomes; one with problems if it cannot be read; none if left out."""
        number = row.line * self._reader.each
        if row.fault:
            yield TextRow(number, (), [Problem(row.line, "", "", row.fault)])
            return
        texts = [str(cell).strip() for cell in row.cells]
        problems = nul_problems(row.line, self._headings, texts)
        try:
            raw, said = self._fields(texts, row.line, problems)
        except _LeftOutError as left_out:
            key = (left_out.column, folded(left_out.word))
            self._tally.left_out.setdefault(key, LeftOut(row.line, left_out.word)).rows += 1
            return
        counts = self._counted(texts, row.line, problems)
        if problems:
            yield TextRow(number, (), problems)
        elif not self._definition.counts:
            yield MappedRow(number, _cells(said), [], raw)
        elif not any(counts):
            self._tally.nobody += 1
            self._tally.first_nobody = self._tally.first_nobody or row.line
        else:
            for place, (count, persons) in enumerate(zip(self._definition.counts, counts, strict=True)):
                if persons:
                    cells = _cells({**said, **count.says, "persons": str(persons)})
                    yield MappedRow(number + place, cells, [], {**raw, "persons": str(persons)}, count)

    def _fields(
        self, texts: Sequence[str], line: int, problems: list[Problem]
    ) -> tuple[dict[str, str], dict[str, str]]:
        """What stood there and what it says, by our column. Raises _LeftOutError."""
        raw: dict[str, str] = {}
        said: dict[str, str] = {}
        for name, source in self._definition.sources.items():
            if source.constant:
                said[name] = source.constant
                continue
            parts = [self._text(texts, column) for column in source.columns]
            raw[name] = " ".join(part for part in parts if part)
            try:
                said[name] = self._said(name, source, texts)
            except PartError as error:
                column = getattr(source, error.part)
                problems.append(Problem(line, column, shown(self._text(texts, column)), str(error)))
            except CellError as error:
                problems.append(Problem(line, source.column, shown(raw[name]), str(error)))
        return raw, said

    def _said(self, name: str, source: Source, texts: Sequence[str]) -> str:
        if source.year:
            year, month, day = (self._text(texts, getattr(source, part)) for part in PARTS)
            return joined(year, month, day)
        text = self._text(texts, source.column)
        if name in DATES:
            return ordered(text, source.order)
        if name in VOCABULARIES and text:
            key = (name, text)
            if key not in self._meant:
                self._meant[key] = self._meaning(name, source, text)
            found = self._meant[key]
            if found is None:
                raise _LeftOutError(source.column, text)
            return found
        return f"{source.prefix}{text}" if text else text

    def _meaning(self, name: str, source: Source, text: str) -> str | None:
        """What the mapping makes of a word; None when its rows are left out."""
        word = folded(text)
        if word in map(folded, source.left_out):
            return None
        if word in self._values[name]:
            return self._values[name][word]
        if source.others_left_out and not meaning(name, text, self._reader.lookups):
            return None
        return text

    def _counted(self, texts: Sequence[str], line: int, problems: list[Problem]) -> list[int]:
        """How many people each column counts. A total that is not their sum is a problem."""
        counts = [self._number(texts, count.column, line, problems) for count in self._definition.counts]
        if problems:
            return counts
        for outcome, column in self._definition.totals.items():
            if not self._text(texts, column):
                continue
            total = self._number(texts, column, line, problems)
            added = sum(
                number
                for number, count in zip(counts, self._definition.counts, strict=True)
                if count.says.get("outcome") == outcome
            )
            if total != added and not problems:
                columns = ", ".join(c.column for c in self._definition.counts if c.says.get("outcome") == outcome)
                reason = f"is not the sum of the columns that count ({columns}), which is {added:,}"
                problems.append(Problem(line, column, str(total), shown(reason)))
        return counts

    def _number(self, texts: Sequence[str], column: str, line: int, problems: list[Problem]) -> int:
        text = self._text(texts, column)
        if not text:
            return 0
        match = NUMBER.fullmatch(text)
        if match is None or int(match[1]) > MAX_PERSONS:
            reason = f"is not a number of people: a whole number from 0 to {MAX_PERSONS:,}, or blank for nobody"
            problems.append(Problem(line, column, shown(text), reason))
            return 0
        return int(match[1])

    def _text(self, texts: Sequence[str], column: str) -> str:
        return texts[self._places[column]] if column else ""


def _cells(said: Mapping[str, str]) -> list[str]:
    return [said.get(name, "") for name in FIELDS]
