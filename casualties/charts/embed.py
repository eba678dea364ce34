"""What a chart is: one figure, its table, its sentences, ready for the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from plotly import graph_objects as go

from casualties.charts import wording
from casualties.charts.filling import joined


@dataclass(frozen=True, kw_only=True)
class KeyEntry:
    """One entry of a key. `sign` is the word that templates/casualties/_swatch.html draws."""

    sign: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Heading:
    text: str
    number: bool = True
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell as it is shown. `mark` is p or r, `mark_url` leads to what was revised; `tag` turns the words into a label
    ("rec", "plain"); `url` leads to what stands behind the figure."""

    text: str
    number: bool = True
    mark: str = ""
    missing: bool = False
    tag: str = ""
    url: str = ""
    mark_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    cells: tuple[Cell, ...]
    record: bool = False
    total: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One of several small charts on one scale."""

    id: str
    sign: str
    heading: str
    note: str
    description: str
    figure: go.Figure
    linked_note: str = ""
    narrow: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Embed:
    """A chart with everything that stands around it.

    `title` is a sentence computed from the data, `linked_title` (and a panel's `linked_note`) the same with its numbers
    as links, where a page has said where they lead; `description` names the figure for readers who do not see it;
    `narrow` is the part of the layout that changes on small screens. A chart without figure and panels shows its table
    alone (there is nothing honest to draw: too few people for shares, no complete window).
    """

    id: str
    title: str
    subtitle: str
    table: Table
    linked_title: str = ""
    figure: go.Figure | None = None
    panels: tuple[Panel, ...] = ()
    narrow: Mapping[str, Any] = field(default_factory=dict)
    key: tuple[KeyEntry, ...] = ()
    key_label: str = ""
    description: str = ""
    caveat: str = ""
    csv_url: str = ""
    source: str = ""
    height: int = 340


def cell(value: object, *, mark: str = "") -> Cell:
    """A count as a cell; a missing one is – and carries no mark."""
    missing = wording.is_missing(value)
    return Cell(text=wording.count(value), missing=missing, mark="" if missing else mark)


def share_cell(part: int, base: int, *, sign: bool = False) -> Cell:
    """A share as a cell, without the sign of per cent that stands in its heading; a missing one is –."""
    text = wording.share(part, base)
    return Cell(text=text if sign else text.rstrip("%"), missing=text == wording.NOT_AVAILABLE)


def words(text: str, *, mark: str = "", tag: str = "") -> Cell:
    """Words as a cell."""
    return Cell(text=text, number=False, mark=mark, tag=tag)


def source_line(published_on: date | None, *, own_on: date | None = None, known_at: date | None = None) -> str:
    """The line under a chart: whose data, which release, what was done to them.

    `published_on`: the release of the UN; `own_on`: the date of records of our own; `known_at` says that both are those
    of an earlier day. Without either there is nothing to cite.
    """
    last = own_on or published_on
    if last is None:
        return ""
    published, own = (wording.dated(day, "j M Y") if day else "" for day in (published_on, own_on))
    if known_at:
        words = {"release": own or published, "then": wording.dated(known_at, "j F Y")}
        known = _("%(release)s, as known on %(then)s") % words
        published, own = (published, known) if own else (known, "")
    if not own:
        return _("Source: United Nations Peace & Security Data Hub, release of %(day)s; own calculation.") % {
            "day": published
        }
    if not published:
        return _("Source: own records of %(own)s; own calculation.") % {"own": own}
    both = _(
        "Source: United Nations Peace & Security Data Hub, release of %(day)s, and own records of %(own)s; "
        "own calculation."
    )
    return both % {"day": published, "own": own}


def sentences(*parts: str) -> str:
    """Sentences joined, empty ones left out."""
    return joined(*parts)
