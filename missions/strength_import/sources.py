"""Which shape a strength file has, told by its headings and never by its name. Pure.

Three are known: the CSV and the JSON of the UN's Peace & Security Data Hub (DPO-UCHISTORICAL: a row per mission, month,
contributor and type of personnel) and a plain CSV (a row per mission and month; docs/import-format.md).
"""

from dataclasses import dataclass
from enum import StrEnum

from peacekeeping.tables.cells import shown
from peacekeeping.tables.content import Content
from peacekeeping.tables.rows import Cell, Row, Table


class Format(StrEnum):
    """Also what ImportBatch.format says."""

    HUB_CSV = "hub-strength-csv"
    HUB_JSON = "hub-strength-json"
    PLAIN_CSV = "strength-csv"

    @property
    def is_hub(self) -> bool:
        return self is not Format.PLAIN_CSV


HUB_SOURCE = "UN Peace & Security Data Hub, DPO-UCHISTORICAL"
HUB_COLUMNS: tuple[str, ...] = (
    "contribution_id",
    "contributing_country",
    "mission_acronym",
    "personnel_type",
    "female_personnel",
    "male_personnel",
    "last_reporting_date",
)
HUB_UNREAD: tuple[str, ...] = ("isocode3", "m49_code", "id", "last_update")
PLAIN_COLUMNS: tuple[str, ...] = ("month", "mission", "troops", "police", "observers", "source")


class UnknownFormatError(ValueError):
    """The headings fit no known shape; `column` names what is missing."""

    def __init__(self, reason: str, column: str = "") -> None:
        self.reason = reason
        self.column = column
        super().__init__(reason)


@dataclass(frozen=True)
class Shape:
    """The chosen format, where each of its columns stands, and which columns of the file nobody reads."""

    format: Format
    places: tuple[int, ...]
    unread: tuple[str, ...]

    def cells(self, row: Row) -> list[Cell]:
        """The cells of `row` in the order of the columns of the format."""
        return [row.cells[place] for place in self.places]


def shape_of(table: Table) -> Shape:
    """Tell the shape by the headings. Raises UnknownFormatError naming the columns that are missing."""
    places = {"_".join(heading.casefold().split()): place for place, heading in enumerate(table.headings)}
    if len(places) < len(table.headings):
        raise UnknownFormatError("Two headings differ in spaces or case only.")
    hub = [column for column in HUB_COLUMNS if column in places]
    plain = [column for column in PLAIN_COLUMNS if column in places]
    if not hub and not plain:
        raise UnknownFormatError(
            "The columns are neither those of the hub (contribution_id, mission_acronym, personnel_type ...) nor those "
            f"of the plain strength file ({', '.join(PLAIN_COLUMNS)}); found: {shown(', '.join(table.headings[:8]))}."
        )
    if len(hub) >= len(plain):
        name, columns, known = "the hub's DPO-UCHISTORICAL", HUB_COLUMNS, HUB_UNREAD
        chosen = Format.HUB_JSON if table.content is Content.JSON else Format.HUB_CSV
    else:
        name, columns, known = "a plain strength file", PLAIN_COLUMNS, tuple[str, ...]()
        chosen = Format.PLAIN_CSV
    missing = [column for column in columns if column not in places]
    if missing:
        word = "column is" if len(missing) == 1 else "columns are"
        named = ", ".join(missing)
        raise UnknownFormatError(f"This looks like {name}, but the {word} missing: {named}.", named)
    if chosen is Format.PLAIN_CSV and table.content is Content.JSON:
        raise UnknownFormatError("The plain strength file is CSV; JSON is read from the hub only.")
    unread = tuple(
        heading for name, heading in zip(places, table.headings, strict=True) if name not in (*columns, *known)
    )
    return Shape(chosen, tuple(places[column] for column in columns), unread)
