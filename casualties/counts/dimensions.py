"""What can be counted by: the dimensions, the columns they are read from, and when they cannot be answered."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd
from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from casualties import frames
from casualties.choices import DatePrecision
from casualties.counts.gender_years import ends_before_gender
from casualties.filters import NOT_AVAILABLE, NOT_RECORDED, NOT_STATED, UNDETERMINED, Basis, Selection
from casualties.models import Incident
from missions.models import UNDETERMINED_COUNTRY

Measure = Literal["persons", "incidents"]

# Dimension -> column it is read from; those of a mission are looked up in the basis, which spares the join.
COLUMNS = {
    frames.YEAR: "year",
    frames.MONTH: "month_",
    frames.DAY: "day_",
    frames.MISSION: "mission_id",
    frames.FAMILY: "mission_id",
    frames.KIND: "mission_id",
    frames.REGION: "mission_id",
    frames.CAUSE: "cause",
    frames.OUTCOME: "outcome",
    frames.PERSONNEL: "personnel",
    frames.NATIONALITY: "nationality_id",
    frames.GENDER: "gender",
    frames.SEVERITY: "severity",
    frames.MEANS: "incident__means",
    frames.CONTEXT: "incident__context",
    frames.ACCIDENT_TYPE: "incident__accident_type",
}
DIMENSIONS = tuple(COLUMNS)
MEASURES: tuple[Measure, ...] = ("persons", "incidents")
ONLY_INJURIES = noop("not available: only injuries have a severity")
NO_INJURIES = noop("not available: the release holds no injuries")
NO_TEXTS = noop("not available: neither place nor summary is recorded for any incident")
GENDER_NOT_RECORDED = noop("not available: in this period nobody is recorded with this gender, nor was before it")
NOT_RECORDED_ANYWHERE = {
    frames.MEANS: noop("not available: the means are not recorded for any incident"),
    frames.CONTEXT: noop("not available: the context is not recorded for any incident"),
    frames.ACCIDENT_TYPE: noop("not available: the type of accident is not recorded for any incident"),
}
# How a value that was read as text becomes what the database holds; words stay as they are.
READ: dict[str, Callable[[str], Any]] = {
    "year": int,
    "month_": int,
    "mission_id": int,
    "day_": date.fromisoformat,
}
# Missing where less is recorded: such a record would else be one of the first day, or of January.
RECORDED = {
    "day_": Case(When(occurred_precision=DatePrecision.DAY, then="occurred_on")),
    "month_": Case(When(~Q(occurred_precision=DatePrecision.YEAR), then=ExtractMonth("occurred_on"))),
}
_OF_INCIDENT = {frames.MEANS, frames.CONTEXT, frames.ACCIDENT_TYPE}
FROM_RECORDS = {frames.MONTH, frames.DAY, frames.SEVERITY, *_OF_INCIDENT}
_NOT_IN_ANNUAL_COUNTS = {*FROM_RECORDS, frames.GENDER}


class NotAvailable(ValueError):
    """The loaded data cannot answer; the reason is for the reader, in the language of the page."""

    def __str__(self) -> str:
        return _(super().__str__())


def dimensions_of(selection: Selection, by: Sequence[str], measure: str) -> list[str]:
    """`by` checked and without doubles, with the outcome where both are selected; raises what count() raises."""
    unknown = [name for name in by if name not in COLUMNS]
    if unknown:
        raise ValueError(f"cannot count by {unknown[0]!r}; allowed: {', '.join(DIMENSIONS)}")
    if measure not in MEASURES:
        raise ValueError(f"cannot count {measure!r}; allowed: {', '.join(MEASURES)}")
    dimensions = list(dict.fromkeys(by))
    if selection.outcome == "all" and frames.OUTCOME not in dimensions:
        dimensions.append(frames.OUTCOME)
    if selection.basis.annual_counts_only and (measure == frames.INCIDENTS or _NOT_IN_ANNUAL_COUNTS & set(dimensions)):
        raise NotAvailable(NOT_AVAILABLE)
    if selection.outcome == "injury" and not selection.basis.injuries_recorded:
        raise NotAvailable(NO_INJURIES)  # nobody recorded them; 0 would say that nobody was injured
    if frames.SEVERITY in dimensions and selection.outcome != "injury":
        raise NotAvailable(ONLY_INJURIES)
    refuse_unrecorded(selection)
    return dimensions


def refuse_unrecorded(selection: Selection) -> None:
    """Raise NotAvailable for means, context, type of accident or texts that no record says, and for a gender that was
    not recorded by the end of the period: 0 would be a finding."""
    if ends_before_gender(selection):
        raise NotAvailable(GENDER_NOT_RECORDED)
    for name in selection.asks_of_incidents:
        if selection.values[name] != (NOT_RECORDED,) and not Incident.objects.exclude(**{name: ""}).exists():
            raise NotAvailable(NOT_RECORDED_ANYWHERE[name])
    if selection.text and not _incidents_searched(selection).exclude(place="", summary="").exists():
        raise NotAvailable(NO_TEXTS)


def _incidents_searched(selection: Selection) -> QuerySet[Incident]:
    """The incidents whose texts the viewer may search."""
    missions = selection.viewer.missions
    return Incident.objects.all() if missions is None else Incident.objects.filter(mission__in=missions)


def word_of(dimension: str, basis: Basis) -> Callable[[Any], Any]:
    """How a database value of a dimension becomes the word of addresses and files; a month or day may be missing."""
    if dimension in {frames.MISSION, frames.FAMILY, frames.KIND, frames.REGION}:
        entries = basis.missions.values()
        return {
            frames.MISSION: {entry.id: entry.acronym for entry in entries},
            frames.FAMILY: {entry.id: entry.family or entry.acronym for entry in entries},
            frames.KIND: {entry.id: entry.kind for entry in entries},
            frames.REGION: {entry.id: entry.region or NOT_RECORDED for entry in entries},
        }[dimension].__getitem__
    if dimension == frames.NATIONALITY:
        other = {None: NOT_RECORDED, UNDETERMINED_COUNTRY: UNDETERMINED}
        return lambda code: other.get(code, code)
    if dimension == frames.GENDER or dimension in _OF_INCIDENT:
        return lambda word: word or NOT_RECORDED
    if dimension == frames.SEVERITY:
        return lambda word: word or NOT_STATED
    return lambda value: value


def column_of(dimension: str, words: Sequence[Any]) -> Any:
    """The words of a dimension as the column of a frame."""
    if dimension == frames.YEAR:
        return np.array(words, dtype=np.int64)
    if dimension == frames.MONTH:
        return pd.array(words, dtype="Int64")
    return pd.Index(words, dtype=object)  # of an index no text type is guessed
