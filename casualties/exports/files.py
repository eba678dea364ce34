"""Files of a selection: casualties, incidents, figures. The same people as the page, because the same Selection.

A file's rows are read by `selection.rows` and nothing else; COPY only changes how they travel.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Q, QuerySet

from casualties import frames
from casualties.choices import Scope
from casualties.counts import NO_INJURIES, NotAvailable, refuse_unrecorded
from casualties.exports.columns import INCIDENTS, PEOPLE, Column, UnknownColumn, chosen, columns_for
from casualties.exports.copying import CopyStream
from casualties.exports.expressions import as_kept
from casualties.exports.sent import SentFile
from casualties.filters import NOT_AVAILABLE, OUTCOMES, Selection, in_words
from casualties.trends.revised import revised_rows
from missions.models import DataVersion, Release
from peacekeeping.tables.writing import comment_lines, csv_lines, neutral

__all__ = [
    "DataMoved",
    "UnknownColumn",
    "figures_file",
    "incidents_file",
    "incidents_rows",
    "neutral",
    "people_file",
    "people_rows",
    "refuse_moved",
]

SOURCE = "United Nations Peace & Security Data Hub, DPPADPOSS-FATALITIES"
LICENCE = "Creative Commons Attribution for Intergovernmental Organisations (CC BY IGO)"
NO_DATA = "not available: no data are loaded"
MOVED = "the data changed while the file was being prepared; ask for it again"
LONGEST_NAME = 150
ADDED = ("release", "mark")  # to the columns of every frame of figures


class DataMoved(RuntimeError):
    """The data changed between choosing and reading; the file would mix two versions."""


def refuse_moved(selection: Selection) -> None:
    """Raise DataMoved where the committed data are no longer those that the selection was read from."""
    if not selection.basis.is_committed:
        raise DataMoved(MOVED)


def people_file(
    selection: Selection, *, columns: Sequence[str] = (), header: bool = False, changed_since: date | None = None
) -> SentFile:
    """One row per selected person, latest incident first. Streams; memory does not grow with the rows.

    `header`: what the file is stands above it in lines beginning with #. `changed_since`: as in people_rows. Raises
    SelectionRefused, NotAvailable, UnknownColumn, DataMoved; a failure later on is raised while the blocks are read.
    """
    chosen_columns = columns_for(PEOPLE, selection.viewer, columns)
    rows = people_rows(selection, chosen_columns, changed_since=changed_since)
    return _streamed("casualties", selection, chosen_columns, rows, header=header, changed_since=changed_since)


def incidents_file(
    selection: Selection, *, columns: Sequence[str] = (), header: bool = False, changed_since: date | None = None
) -> SentFile:
    """One row per incident with at least one selected person, latest first; otherwise as people_file."""
    chosen_columns = columns_for(INCIDENTS, selection.viewer, columns)
    rows = incidents_rows(selection, chosen_columns, changed_since=changed_since)
    return _streamed("incidents", selection, chosen_columns, rows, header=header, changed_since=changed_since)


def figures_file(
    frame: pd.DataFrame,
    selection: Selection,
    *,
    name: str = "figures",
    header: bool = False,
    facts: Mapping[str, str] | None = None,
) -> SentFile:
    """A frame of figures as it stands, with the columns release and mark. Missing cells are empty.

    A row is provisional (p) when its year is the open one, or when it has no year and its period reaches into it; it is
    revised (r) when its year, or window, was published as closed with another figure.
    `facts`: what this file says of itself beside its selection.
    """
    marked = with_marks(frame, selection)
    rows = plain_rows(marked)
    head = comment_lines(figures_facts(frame, selection) | dict(facts or {})) if header else b""
    headings = [str(column) for column in marked.columns]
    whole = head + b"".join(csv_lines(headings, rows))
    return SentFile(file_name(name, selection), iter([whole]), headings, rows.__len__)


def with_marks(frame: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The frame with the columns release and mark. Raises where no file can be made of the selection.

    A frame takes several questions, and the marks more: where the data changed meanwhile, DataMoved is raised.
    """
    open_year = selection.basis.last_covered_year
    marked = frame.assign(release=_release(selection).date.isoformat())
    if "mark" not in frame.columns:
        marks = _marks(frame, open_year, reaches=_reaches(selection, open_year))
        changed = revised_rows(frame, selection)
        marked["mark"] = [mark or ("r" if other else None) for mark, other in zip(marks, changed, strict=True)]
    refuse_moved(selection)
    return marked


def plain_rows(frame: pd.DataFrame) -> list[list[Any]]:
    """The cells of a frame as a file has them."""
    return [[_plain(cell) for cell in row] for row in frame.itertuples(index=False, name=None)]


def figures_facts(frame: pd.DataFrame, selection: Selection) -> dict[str, str]:
    """What a file of this frame is."""
    facts = selection_facts(selection, len(frame), of_incidents=frames.INCIDENTS in frame.columns)
    if len(selection.basis.releases) > 1:
        facts["marks"] += "; r = revised: another figure than when its last year was first published as closed"
    return facts


def people_rows(
    selection: Selection, columns: Sequence[Column], *, changed_since: date | None = None, text_as_kept: bool = False
) -> QuerySet[Any, Any]:
    """The selected people as tuples of cells, latest incident first.

    `changed_since`: those alone whose values are known since that day or a later one. `text_as_kept`: cells are no
    cells of a spreadsheet.
    """
    _release(selection)
    cells = _cells(selection, columns, text_as_kept=text_as_kept)
    people = _changed(selection, changed_since) if changed_since else selection.rows
    rows: QuerySet[Any, Any] = people.order_by("-occurred_on", "-id").annotate(**cells).values_list(*cells)
    return rows


def incidents_rows(
    selection: Selection, columns: Sequence[Column], *, changed_since: date | None = None, text_as_kept: bool = False
) -> QuerySet[Any, Any]:
    """The incidents of the selected people as tuples of cells, latest first. Raises NotAvailable without incidents.

    `changed_since`: those alone with a person whom people_rows gives; their other people are counted with them.
    """
    _release(selection)
    if selection.basis.annual_counts_only:
        raise NotAvailable(NOT_AVAILABLE)
    # Deaths and injuries stand side by side, so both are read; an incident is there for a selected person alone.
    widened = selection.change(outcome="all") if selection.basis.injuries_recorded else selection
    cells = _cells(selection, columns, text_as_kept=text_as_kept)
    plain = {name: cell for name, cell in cells.items() if not getattr(cell, "contains_aggregate", False)}
    summed = {name: cell for name, cell in cells.items() if name not in plain}
    people = widened.rows.filter(incident__isnull=False)
    if changed_since:
        people = people.filter(incident__in=_changed(selection, changed_since).order_by().values("incident"))
    rows: QuerySet[Any, Any] = (
        people.annotate(**plain)
        .values("incident_id", "occurred_on", "incident__key", *plain)
        .annotate(**summed, chosen=Count("pk", filter=chosen(selection) or None))
        .filter(chosen__gt=0)
        .order_by("-occurred_on", "-incident__key")
        .values_list(*cells)
    )
    return rows


def _cells(selection: Selection, columns: Sequence[Column], *, text_as_kept: bool) -> dict[str, Any]:
    cells = {f"cell_{column.name}": column.cell(selection) for column in columns}
    return {name: as_kept(cell) for name, cell in cells.items()} if text_as_kept else cells


def _release(selection: Selection) -> Release:
    """The release that a file rests on; raises where no file can be made of the selection."""
    selection.refuse_problems()
    if selection.release is None:
        raise NotAvailable(NO_DATA)
    if selection.outcome == "injury" and not selection.basis.injuries_recorded:
        raise NotAvailable(NO_INJURIES)
    refuse_unrecorded(selection)
    return selection.release


def _changed(selection: Selection, since: date) -> QuerySet[Any]:
    """The selected people whose values are known since that day or a later one; both days count, so none is missed.

    With them records of our own that were kept before and are counted since, for a release covers their year at last.
    """
    changed = Q(**{f"{'known_at' if selection.basis.is_current else 'known_from'}__gte": since})
    before = selection.basis.at(since - timedelta(days=1))
    if before.may_hold_later_years:
        changed |= Q(year__gt=before.last_covered_year)
    return selection.rows.filter(changed)


def _streamed(
    kind: str,
    selection: Selection,
    columns: Sequence[Column],
    rows: QuerySet[Any, Any],
    *,
    header: bool,
    changed_since: date | None = None,
) -> SentFile:
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:  # Django sees that no row can match (no mission of that kind)
        sql, params = "", ()

    def head(cursor: Any) -> bytes:
        # Of the snapshot that the rows are read in, whose connection is another one.
        if DataVersion.seen_by(cursor) != (selection.basis.version, selection.basis.changed_at):
            raise DataMoved(MOVED)
        headings = next(csv_lines([column.name for column in columns], []))
        if not header:
            return headings
        count = 0
        if sql:
            cursor.execute(f"SELECT count(*) FROM ({sql}) AS file", params)  # noqa: S608 - the query of the rows
            count = cursor.fetchone()[0]
        facts = selection_facts(selection, count)
        if changed_since:
            facts["changed since"] = changed_since.isoformat()
        return comment_lines(facts) + headings

    named = f"{kind}_changed-since-{changed_since}" if changed_since else kind
    stream = CopyStream(sql, params, head)
    return SentFile(file_name(named, selection), stream, [column.name for column in columns], lambda: stream.rows)


def selection_facts(selection: Selection, rows: int, *, of_incidents: bool = False) -> dict[str, str]:
    """What a file is: the lines above it. `of_incidents`: its figures count incidents, not people."""
    release = _release(selection)
    people = OUTCOMES[selection.outcome].lower()
    return {
        "source": sources_of(selection),
        "licence": LICENCE,
        "scope": str(Scope(selection.scope).label),
        "counting": f"incidents with at least one person ({people})" if of_incidents else f"{people}, one per person",
        "selection": in_words(selection),
        "query": selection.query_string or "(none)",
        "known at": str(selection.known_at),
        "data version": str(selection.basis.version),
        "rows": str(rows),
        "marks": f"p = provisional: {release.last_covered_year} is still open",
    }


def sources_of(selection: Selection) -> str:
    """Whose data a file holds: the release of the UN, and records of our own where there are any."""
    found, annual_counts = selection.basis.sources, _release(selection).annual_counts
    of = "annual counts derived from the release of" if annual_counts else "release of"
    published = [f"{SOURCE}, {of} {found.published_on}"] if found.published_on else []
    return " and ".join([*published, *([f"own records of {found.own_on}"] if found.own_on else [])])


def _reaches(selection: Selection, year: int | None) -> bool:
    """Whether the selection's period reaches into that year."""
    last = selection.one("to") or selection.one("date_to")
    return year is not None and (last is None or int(last[:4]) >= year)


def _marks(frame: pd.DataFrame, open_year: int | None, *, reaches: bool) -> list[str | None]:
    if frames.YEAR in frame.columns:
        years = frame[frames.YEAR]
    elif frames.LAST_YEAR in frame.columns:
        years = frame[frames.LAST_YEAR]
    elif frames.DAY in frame.columns:
        years = frame[frames.DAY].map(lambda day: day.year, na_action="ignore")
    else:
        years = pd.Series([None] * len(frame), dtype=object)
    return ["p" if (reaches if pd.isna(year) else year == open_year) else None for year in years]


def _plain(cell: Any) -> Any:
    """A cell of a frame as a file has it: nothing for a missing value, yes or no, whole numbers without a point."""
    if pd.isna(cell):
        return None
    return ("yes" if cell else "no") if isinstance(cell, (bool, np.bool_)) else cell


def file_name(kind: str, selection: Selection, *, ending: str = "csv") -> str:
    """ "casualties_2023-11-28_cause-malicious-act_from-2013_to-2017.csv": the date and the selection."""
    parts = [kind, _release(selection).date.isoformat()]
    for name, values in selection.values.items():
        said = "+".join(values) if len(values) <= 3 else f"{len(values)}-values"
        parts.append(f"{name}-{said}")
    name = re.sub(r"[^A-Za-z0-9+_.-]+", "-", "_".join(parts))
    return f"{name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + '_and-more'}.{ending}"
