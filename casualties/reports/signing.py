"""Signing a report: its figures, its files and what they rest on are written once. And who may see what was signed."""

import hashlib
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from casualties.exports.files import DataMoved, figures_file
from casualties.exports.workbooks import figures_workbook
from casualties.filters import Basis, Viewer, in_words
from casualties.models import SignedReport
from casualties.reports.asked import Asked, ask, table_of
from casualties.reports.files import check_words, file_word, report_facts, report_frame, report_meanings
from casualties.reports.tables import ReportTable
from missions.models import User


class DoesNotAddUpError(ValueError):
    """A table whose parts do not add up is not signed."""


@dataclass(frozen=True)
class Draft:
    """What would be signed: the report counted, and a seal that is another as soon as anything of it is another."""

    asked: Asked
    table: ReportTable
    frame: pd.DataFrame
    seal: str


def draft_of(asked: Asked) -> Draft:
    """Count what would be signed. Raises what table_of() raises, and DataMoved where the data changed meanwhile."""
    with translation.override(settings.LANGUAGE_CODE):
        table = table_of(asked)
        frame = report_frame(table)
    if not asked.counted.basis.is_committed:
        raise DataMoved("the data changed while the report was counted; look at it again")
    said = (
        asked.report.name,
        asked.settled,
        asked.counted.basis.version,
        asked.counted.viewer.cache_key,
        rows_of(frame),
    )
    return Draft(asked, table, frame, hashlib.sha256(repr(said).encode()).hexdigest())


@translation.override(settings.LANGUAGE_CODE)  # what is signed is in the language of files
def sign(draft: Draft, user: User, statement: str) -> tuple[SignedReport, bool]:
    """Keep a draft for ever; the signed report, and whether it is new: the same figures are signed once by somebody.

    Raises DoesNotAddUpError, and NotAvailable where no file can be made.
    """
    table, selection, report = draft.table, draft.asked.counted, draft.asked.report
    release = selection.release
    if not table.adds_up or release is None:
        raise DoesNotAddUpError(check_words(table))
    about = {"facts": report_facts(table), "name": file_word(table)}
    csv = figures_file(draft.frame, selection, header=True, **about)  # type: ignore[arg-type]
    xlsx = figures_workbook(draft.frame, selection, meanings=report_meanings(table), **about)  # type: ignore[arg-type]
    csv_bytes, xlsx_bytes = b"".join(csv.blocks), b"".join(xlsx.blocks)
    viewer = selection.viewer
    once: dict[str, Any] = {
        "signed_by": user,
        "report": report.name,
        "csv_sha256": hashlib.sha256(csv_bytes).hexdigest(),
        "confirmed": viewer.missions is None or bool(viewer.missions),
        "missions": sorted(viewer.missions or ()),
    }
    kept: dict[str, Any] = {
        "title": draft.asked.title,
        "query": draft.asked.settled,
        "selection": in_words(selection),
        "known_at": selection.known_at,
        "release_date": release.date,
        "data_version": selection.basis.version,
        "check_line": check_words(table),
        "frame": frame_as_kept(draft),
        "csv": csv_bytes,
        "csv_name": csv.name,
        "xlsx": xlsx_bytes,
        "xlsx_name": xlsx.name,
        "xlsx_sha256": hashlib.sha256(xlsx_bytes).hexdigest(),
        "statement": statement,
        "signed_name": user.get_full_name() or user.email,
    }
    try:
        with transaction.atomic():
            return SignedReport.objects.create(**once, **kept), True
    except IntegrityError:
        return SignedReport.objects.listed().get(**once), False


def frame_as_kept(draft: Draft) -> dict[str, Any]:
    """The figures as JSON: the words of files, and what is needed to read them."""
    report, sources = draft.asked.report, draft.asked.counted.basis.sources
    return {
        "columns": [str(name) for name in draft.frame.columns],
        "rows": rows_of(draft.frame),
        "rows_by": list(report.rows),
        "columns_by": report.columns,
        "measure": report.measure,
        "outcome": str(report.outcome),
        "published_on": str(sources.published_on or ""),
        "own_on": str(sources.own_on or ""),
    }


def rows_of(frame: pd.DataFrame) -> list[list[str | int | None]]:
    """The cells of a report's frame as words and whole numbers; None where nothing is known."""
    return [[_cell(cell) for cell in row] for row in frame.itertuples(index=False, name=None)]


def viewer_of_signed(signed: SignedReport) -> Viewer:
    """Whose figures were signed: everybody's (released ones), or also the confirmed ones of all or of some missions."""
    if not signed.confirmed:
        return Viewer()
    return Viewer(missions=frozenset(signed.missions) or None)


def asked_again(signed: SignedReport, basis: Basis) -> Asked:
    """What was signed, asked of the data of another day, for the same eyes."""
    return ask(signed.report, signed.query, viewer_of_signed(signed), basis)


def _cell(cell: Any) -> str | int | None:
    return cell if cell is None or isinstance(cell, str) else int(cell)
