"""What a column of a file is, and which of them a viewer may have."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from casualties.filters import Selection, Viewer

Cell = Callable[[Selection], Any]


@dataclass(frozen=True)
class Column:
    """A column of a file. `cell` gives its SQL for a selection; `standard`: in the file without being asked for.

    Staff columns go to those who may see confirmed records, filled for the missions in which they may.
    """

    name: str
    heading: str
    meaning: str
    cell: Cell
    audience: Literal["public", "staff"] = "public"
    standard: bool = True


class UnknownColumn(ValueError):
    """A column that does not exist, or not for this viewer."""

    def __init__(self, name: str, allowed: Sequence[str]) -> None:
        super().__init__(f"columns={name}: is not a column")
        self.name, self.allowed = name, tuple(allowed)


def allowed_columns(columns: Sequence[Column], viewer: Viewer) -> list[Column]:
    """The columns that a viewer may have at all."""
    return [column for column in columns if viewer.sees_details or column.audience == "public"]


def columns_for(columns: Sequence[Column], viewer: Viewer, names: Collection[str] = ()) -> list[Column]:
    """The columns of a file for a viewer: the standard ones, or those named, in the order in which they were named.

    Raises UnknownColumn for a name that is not on the list or not for this viewer.
    """
    allowed = {column.name: column for column in allowed_columns(columns, viewer)}
    for name in names:
        if name not in allowed:
            raise UnknownColumn(name, list(allowed))
    if names:
        return [allowed[name] for name in dict.fromkeys(names)]
    return [column for column in allowed.values() if column.standard]
