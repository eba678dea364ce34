"""A file as an answer, with the name that says its selection. Every one leaves a line in the record of exports."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from casualties.exports.files import figures_file
from casualties.exports.record import note_file
from casualties.exports.sent import SentFile
from casualties.exports.workbooks import figures_workbook, table_workbook
from casualties.filters import Selection
from casualties.views.selecting import selection_said
from missions.models import User
from peacekeeping.tables.workbook import MEDIA_TYPE

Answer = HttpResponse | StreamingHttpResponse
CSV, XLSX, PDF = "csv", "xlsx", "pdf"
KINDS = {CSV: "text/csv; charset=utf-8", XLSX: MEDIA_TYPE, PDF: "application/pdf"}


def own_of(form: str, *names: str) -> set[str]:
    """The parameters of a file beside its selection: lines above it are of a CSV alone, a workbook always has them."""
    return {*names, "header"} if form == CSV else set(names)


def sent(request: HttpRequest, file: SentFile, *, inline: bool = False) -> Answer:
    """The file in blocks, with its line in the record; the head alone where only that is asked for."""
    if request.method != "HEAD":
        user = request.user if isinstance(request.user, User) else None
        selection, address = selection_said(request), request.get_full_path()
        file = replace(file, blocks=note_file(file, address=address, user=user, selection=selection))
    return recorded_sent(request, file, inline=inline)


def recorded_sent(request: HttpRequest, file: SentFile, *, inline: bool = False) -> Answer:
    """A file whose line is in the record already. `inline`: shown by a browser that can, instead of kept."""
    response: Answer
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(content_type=KINDS[file.form])
    else:
        response = StreamingHttpResponse(file.blocks, content_type=KINDS[file.form])
    if file.size is not None:
        response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{file.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_of_frame(
    frame: pd.DataFrame,
    selection: Selection,
    *,
    name: str,
    form: str,
    header: bool,
    facts: Mapping[str, str] | None = None,
    meanings: Mapping[str, str] | None = None,
) -> SentFile:
    """A frame of figures as a file of that form. Raises NotAvailable, DataMoved."""
    if form == XLSX:
        return figures_workbook(frame, selection, name=name, facts=facts, meanings=meanings)
    return figures_file(frame, selection, name=name, header=header, facts=facts)


def rows_sent(
    request: HttpRequest,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    name: str,
    facts: Mapping[str, str],
    meanings: Mapping[str, str],
) -> Answer:
    """Rows that are no figures of one selection, as a workbook."""
    dictionary = [(heading, heading, meanings.get(heading, "")) for heading in headings]
    return sent(request, table_workbook(f"{name}.xlsx", headings, rows, facts, dictionary))
