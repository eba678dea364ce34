"""/figures/: counts of a selection by dimensions, through the one way to a number. /trends/: its five-year windows."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, get_args

import pandas as pd
from rest_framework.request import Request

from casualties import frames
from casualties.api.answering import Answer, as_json, is_csv, listed, resource
from casualties.api.asking import Asked
from casualties.api.describing import describe_figures, describe_trends
from casualties.api.formats import Csv, Json, Parquet
from casualties.counts import DIMENSIONS, MEASURES, Measure, count, fill_years
from casualties.exports.answers import figures_answer, what_it_is
from casualties.exports.files import figures_file
from casualties.filters import PERIOD, SWITCH
from casualties.trends.live import windows_for
from casualties.trends.own_years import OwnYears
from casualties.trends.series_years import years_touched
from missions.models import ApiClient

FIGURES_OWN = ("by", "measure", "zeros", "header")
TRENDS_OWN = ("by", "header")
BY_CAUSE = (frames.CAUSE,)


@describe_figures
@resource(Json, Csv, Parquet, scope=ApiClient.Scope.FIGURES, keep=True)
def figures(request: Request) -> Answer:
    """Figures of a selection: ?by=year,cause&measure=persons."""
    asked = Asked(request, own=FIGURES_OWN)
    by = asked.words("by", DIMENSIONS)
    measure = asked.word("measure", MEASURES) or frames.PERSONS
    zeros, header = asked.switch("zeros"), asked.word("header", SWITCH) == "1"
    if zeros and frames.YEAR not in by and not asked.problems:
        asked.refuse("zeros", "1", "needs by=year: only years are known to have passed with nobody counted", SWITCH)
    selection = asked.settle()
    frame = count(selection, by, measure=next(known for known in get_args(Measure) if known == measure))
    if zeros:
        frame = fill_years(frame, years_touched(selection), measure, known=OwnYears(selection).knows)
    if is_csv(request):
        file = figures_file(frame, selection, header=header)
        return Answer(b"".join(file.blocks), name=file.name)
    if request.accepted_renderer.format == "parquet":
        return Answer(_as_parquet(frame, what_it_is(selection)), name="figures.parquet")
    return as_json(figures_answer(frame, selection))


@describe_trends
@resource(scope=ApiClient.Scope.FIGURES, keep=True)
def trends(request: Request) -> Answer:
    """Five-year windows of a selection with rank, record, rate and intervals; ?by=cause: of each cause and of all."""
    asked = Asked(request, own=TRENDS_OWN)
    by_cause = bool(asked.words("by", BY_CAUSE))
    header = asked.word("header", SWITCH) == "1"
    if asked.selection.outcome == "all" and not asked.problems:
        asked.refuse("outcome", "all", "has no windows: deaths and injuries are never added", ("fatality", "injury"))
    selection = asked.settle()
    # A window is five whole years.
    left_aside = [name for name in PERIOD if name in selection.values]
    anytime = selection.change(**dict.fromkeys(PERIOD))
    if by_cause:
        anytime = anytime.change(cause=None)
    frame = windows_for(anytime, by_cause=by_cause)
    if by_cause:
        frame = frame.assign(cause=frame[frames.CAUSE].replace("", frames.ALL))
    if is_csv(request):
        file = figures_file(frame, anytime, name="windows", header=header)
        return Answer(b"".join(file.blocks), name=file.name)
    said = {**what_it_is(anytime), "left_aside": left_aside}
    columns = [str(name) for name in frame.columns]
    return listed(request, "windows", columns, _plain_rows(frame), said)


def _plain_rows(frame: pd.DataFrame) -> list[list[Any]]:
    """Cells as JSON has them: null for what is missing, which is never 0."""
    cells = frame.astype(object).where(frame.notna(), None)
    return [list(row) for row in cells.itertuples(index=False, name=None)]


def _as_parquet(frame: pd.DataFrame, said: dict[str, Any]) -> bytes:
    """The frame with typed columns; what it is stands in the file's own metadata."""
    from fastparquet import write  # imported when asked for, since hardly anybody does

    days = [name for name in frame.columns if name == frames.DAY]  # by name: a first one may be missing, or all of them
    typed = frame.assign(**{name: pd.to_datetime(frame[name]).astype("datetime64[us]") for name in days})
    kept = _Kept()
    texts: Sequence[str] = [name for name in typed.columns if typed[name].dtype == object]
    write(
        "figures.parquet",
        typed,
        compression="GZIP",
        object_encoding=dict.fromkeys(texts, "utf8") or "infer",
        has_nulls=True,
        write_index=False,
        open_with=lambda path, mode: kept,
        custom_metadata={name: str(value) for name, value in said.items()},
    )
    return kept.getvalue()


class _Kept(BytesIO):
    """A file in memory that can still be read once the writer has closed it."""

    def close(self) -> None:
        """Nothing: it goes with its last reference."""
