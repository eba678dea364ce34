"""The error with which a table says that it cannot be read."""


class UnreadableTableError(ValueError):
    """The bytes are no table, or stop being one at `line`.

    `line` is the physical line of the file (the number of the object in a JSON array), or None when the whole file is
    meant. `column` is a heading, `value` what stood there, shortened; `reason` is a sentence for a person.
    """

    place_name = "line"

    def __init__(self, reason: str, *, line: int | None = None, column: str = "", value: str = "") -> None:
        self.reason = reason
        self.line = line
        self.column = column
        self.value = value
        super().__init__(reason if line is None else f"{self.place_name} {line}: {reason}")


class UnreadableRecordError(UnreadableTableError):
    """The same of a JSON array, whose places are the numbers of its objects."""

    place_name = "record"
