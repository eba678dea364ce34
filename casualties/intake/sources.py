"""Which reader a file needs, told by its headings and never by its name, and its rows as plain texts.

Three formats are known: the CSV and the JSON of the UN's Peace & Security Data Hub (DPPADPOSS-FATALITIES), and this
system's own CSV (docs/import-format.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casualties.choices import Origin
from casualties.intake.cells import day_from_milliseconds
from casualties.intake.problems import Level, Problem
from peacekeeping.tables.cells import CellError, shown
from peacekeeping.tables.content import Content
from peacekeeping.tables.rows import Cell, Table


class Format(StrEnum):
    """Also what ImportBatch.format says."""

    HUB_CSV = "hub-csv"
    HUB_JSON = "hub-json"
    OWN_CSV = "own-csv"

    @property
    def origin(self) -> Origin:
        """Whose rows such a file restates."""
        return Origin.IMPORT if self is Format.OWN_CSV else Origin.OPEN_DATA


HUB_REQUIRED = (
    "incident_date",
    "casualty_id",
    "mission_acronym",
    "type_of_casualty",
    "gender",
    "casualty_nationality",
    "casualty_personnel_type",
    "type_of_incident",
)
HUB_OPTIONAL = ("id", "m49_code", "isocode3", "last_update")
HUB_DAYS = ("incident_date", "last_update")

OWN_REQUIRED = ("reference", "mission", "date", "cause", "outcome", "personnel")
OWN_OPTIONAL = (
    "nationality",
    "other_nationalities",
    "gender",
    "persons",
    "severity",
    "died_on",
    "released",
    "incident",
    "means",
    "context",
    "accident_type",
    "place",
    "latitude",
    "longitude",
    "summary",
    "last_update",
)
NUL = "\x00"


class UnknownFormatError(ValueError):
    """The headings fit no known format; `column` names the heading that is missing or not known."""

    def __init__(self, reason: str, column: str = "") -> None:
        self.reason = reason
        self.column = column
        self.can_be_mapped = False  # whether it is a CSV at all, whose columns somebody can map
        super().__init__(reason)


@dataclass(frozen=True)
class Reader:
    """The chosen format, where each of its columns stands, and which columns of the file nobody reads."""

    format: Format
    places: dict[str, int]
    unread: tuple[str, ...]

    def texts(self, table: Table) -> "Iterator[TextRow]":
        """The rows of `table` as stripped texts in the order of `columns`; "" for blank, null and absent columns."""
        return _texts(table, self)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the format in its own order, whether the file has them or not."""
        if self.format is Format.OWN_CSV:
            return OWN_REQUIRED + OWN_OPTIONAL
        return HUB_REQUIRED + HUB_OPTIONAL

    def has(self, column: str) -> bool:
        return column in self.places

    def rows_of_file(self, made: int) -> int:
        """How many rows of the file the `made` rows of the format came from: as many, where one row is one row."""
        return made

    def closing_problems(self) -> "list[Problem]":
        """What can be said of the rows once all have been read."""
        return []

    def line_of(self, number: int) -> int:
        """The line of the file of a row's number: the same, where one row of the file is one row."""
        return number

    def shown_column(self, column: str) -> str:
        """A column of the format as the file calls it."""
        return column


@dataclass(slots=True)
class TextRow:
    """One row: where it stands, its cells, and what is wrong with its shape already."""

    line: int
    cells: Sequence[str]
    problems: list[Problem]


def choose_reader(table: Table) -> Reader:
    """Tell the format by the headings. Raises UnknownFormatError naming the columns that are missing or not known."""
    places: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        name = "_".join(heading.casefold().split())
        if name in places:
            raise UnknownFormatError(f'The heading "{heading}" stands more than once.', heading)
        places[name] = place
    hub_columns = [column for column in HUB_REQUIRED if column in places]
    own_columns = [column for column in OWN_REQUIRED if column in places]
    if len(hub_columns) >= len(own_columns) and hub_columns:
        _check_complete(places, HUB_REQUIRED, "the open data of the Peace & Security Data Hub")
        chosen = Format.HUB_JSON if table.content is Content.JSON else Format.HUB_CSV
        known = set(HUB_REQUIRED + HUB_OPTIONAL)
        unread = tuple(heading for name, heading in zip(places, table.headings, strict=True) if name not in known)
        return Reader(chosen, places, unread)
    if not own_columns:
        headings = ", ".join(table.headings[:8])
        raise UnknownFormatError(
            "The columns are neither those of the open data (incident_date, casualty_id, mission_acronym ...) nor "
            f"those of the import format (reference, mission, date ...); found: {shown(headings)}."
        )
    if table.content is Content.JSON:
        raise UnknownFormatError("The import format of this system is CSV; JSON is read from the open data only.")
    _check_complete(places, OWN_REQUIRED, "the import format")
    unknown = [name for name in places if name not in OWN_REQUIRED + OWN_OPTIONAL]
    if unknown:
        raise UnknownFormatError(
            f'The import format has no column "{shown(unknown[0])}"; its columns are '
            f"{', '.join(OWN_REQUIRED + OWN_OPTIONAL)}.",
            unknown[0],
        )
    return Reader(Format.OWN_CSV, places, ())


def unread_columns(reader: Reader) -> list[Problem]:
    """A warning for each column that the file has and nobody reads."""
    reason = "this column is new and not read"
    return [Problem(None, name, "", reason, Level.WARNING) for name in reader.unread]


def _check_complete(places: dict[str, int], required: tuple[str, ...], name: str) -> None:
    missing = [column for column in required if column not in places]
    if missing:
        word = "column is" if len(missing) == 1 else "columns are"
        raise UnknownFormatError(
            f"This looks like {name}, but the {word} missing: {', '.join(missing)}.", ", ".join(missing)
        )


def _texts(table: Table, reader: Reader) -> Iterator[TextRow]:
    columns = reader.columns
    places = [reader.places.get(column, -1) for column in columns]
    json = table.content is Content.JSON
    for row in table.rows:
        if row.fault:
            yield TextRow(row.line, (), [Problem(row.line, row.column, row.value, row.fault)])
            continue
        cells = (*row.cells, "")
        if json:
            yield _json_row(row.line, columns, [cells[place] for place in places])
            continue
        texts = [str(cells[place]).strip() for place in places]
        yield TextRow(row.line, texts, nul_problems(row.line, columns, texts))


def nul_problems(line: int, columns: Sequence[str], texts: Sequence[str]) -> list[Problem]:
    """A problem for each text with a NUL byte, which no database column can hold."""
    if NUL not in "".join(texts):
        return []
    return [
        Problem(line, column, shown(text), "holds a NUL byte")
        for column, text in zip(columns, texts, strict=True)
        if NUL in text
    ]


def _json_row(line: int, columns: Sequence[str], cells: Sequence[Cell]) -> TextRow:
    texts: list[str] = []
    problems: list[Problem] = []
    for column, cell in zip(columns, cells, strict=True):
        text = ""
        if isinstance(cell, str):
            text = cell.strip()
        elif isinstance(cell, bool):
            problems.append(Problem(line, column, str(cell).lower(), "is true or false, where a value is expected"))
        elif cell is not None:
            try:
                text = day_from_milliseconds(cell) if column in HUB_DAYS else str(cell)
            except (CellError, ValueError) as error:
                problems.append(Problem(line, column, shown(cell), str(error)))
        texts.append(text)
    problems += nul_problems(line, columns, texts)
    return TextRow(line, texts, problems)
