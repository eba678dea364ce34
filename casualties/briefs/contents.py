"""What a brief says, as plain words and numbers that survive JSON. All words are in the reader's language already."""

from typing import TypedDict


class Figure(TypedDict):
    """A headline figure; `value` as it is written ("311", "–"), `mark` is p, r or blank."""

    label: str
    value: str
    mark: str
    note: str


class Bars(TypedDict):
    """Persons per year stacked by cause. `persons` has a list per cause, in the order of `causes` (from the base of the
    stack); None is not available, which is a gap. `open_year` is provisional."""

    title: str
    subtitle: str
    caveat: str
    years: list[int]
    causes: list[str]
    labels: list[str]
    persons: list[list[int | None]]
    open_year: int | None


class Window(TypedDict):
    """A complete window of five years, plotted at its last year; `first` and `last` are its years."""

    name: str
    first: int
    last: int
    persons: int
    provisional: bool
    record: bool


class WindowLine(TypedDict):
    """The windows of one cause (blank: all causes), in order of time."""

    cause: str
    label: str
    windows: list[Window]


class Lines(TypedDict):
    """Rolling windows; the first line is what the chart is about. `record` names it beside its point."""

    title: str
    subtitle: str
    caveat: str
    lines: list[WindowLine]
    record: str


class Row(TypedDict):
    """Cells as (text, mark). A record's row stands on the colour of records."""

    cells: list[tuple[str, str]]
    record: bool


class Table(TypedDict):
    """`words` are the columns that hold words; `more` has %(n)s for the rows that the page has no room for."""

    heading: str
    caption: str
    headings: list[str]
    words: list[int]
    rows: list[Row]
    more: str


class Contents(TypedDict):
    """The whole brief. `foot` stands on both pages; `page` has %(n)s for the page's number."""

    language: str
    author: str
    title: str
    kicker: str
    facts: str
    sentence: str
    figures: list[Figure]
    bars: Bars
    lines: Lines
    table: Table
    method_heading: str
    method: list[str]
    foot: list[str]
    page: str
