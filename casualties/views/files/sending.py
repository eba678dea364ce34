"""A file as an answer: CSV or XLSX, with the name that says its selection. Every one leaves a line in the record."""

from collections.abc import Mapping, Sequence

import pandas as pd
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from casualties.exports.files import CsvFile, figures_file
from casualties.exports.record import note_file
from casualties.exports.workbooks import WorkbookFile, figures_workbook, table_workbook
from casualties.filters import Selection
from casualties.views.selecting import selection_said
from missions.models import User
from peacekeeping.tables.workbook import MEDIA_TYPE

Answer = HttpResponse | StreamingHttpResponse
CSV, XLSX = "csv", "xlsx"
KINDS = {CSV: "text/csv; charset=utf-8", XLSX: MEDIA_TYPE}


def own_of(form: str, *names: str) -> set[str]:
    """The parameters of a file beside its selection: lines above it are of a CSV alone, a workbook always has them."""
    return {*names, "header"} if form == CSV else set(names)


def sent(request: HttpRequest, file: CsvFile | WorkbookFile) -> Answer:
    """The file in blocks; the head alone where only that is asked for."""
    form = CSV if isinstance(file, CsvFile) else XLSX
    response: Answer
    if request.method == "HEAD":
        if hasattr(file.blocks, "close"):
            file.blocks.close()
        response = HttpResponse(content_type=KINDS[form])
    else:
        user = request.user if isinstance(request.user, User) else None
        selection, address = selection_said(request), request.get_full_path()
        recorded = note_file(file, address=address, form=form, user=user, selection=selection)
        response = StreamingHttpResponse(recorded, content_type=KINDS[form])
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def frame_sent(
    request: HttpRequest,
    frame: pd.DataFrame,
    selection: Selection,
    *,
    name: str,
    form: str,
    header: bool,
    facts: Mapping[str, str] | None = None,
    meanings: Mapping[str, str] | None = None,
) -> Answer:
    """A frame of figures as a file of that form."""
    if form == XLSX:
        return sent(request, figures_workbook(frame, selection, name=name, facts=facts, meanings=meanings))
    return sent(request, figures_file(frame, selection, name=name, header=header, facts=facts))


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
