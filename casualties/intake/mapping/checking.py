"""What is wrong with a mapping, against the headings of a file and the words that our format understands: all of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from casualties.choices import Outcome
from casualties.intake.mapping.definition import (
    DATES,
    ORDERS,
    PREFIXED,
    SAID_OF_COUNTED,
    CountColumn,
    Definition,
    Source,
    folded,
)
from casualties.intake.mapping.vocabulary import CONSTANTS, NEEDED, VOCABULARIES, meaning
from casualties.intake.names import Lookups

MOST_COUNTS = 40
MOST_PREFIX = 30
NEEDED_FIELDS = ("mission", "date", "cause")
# Said of each column that counts people, or of nobody: such rows name nobody.
NOT_BESIDE_COUNTS = ("reference", "outcome", "persons", "severity", "died_on", "other_nationalities")


class MappingProblem(NamedTuple):
    """One thing wrong with a mapping: of which of our fields (or which column of numbers), and why."""

    field: str
    reason: str


def problems_of(definition: Definition, headings: Sequence[str], lookups: Lookups) -> list[MappingProblem]:
    """Everything that is wrong with a mapping for a file with these headings; empty when it can be used."""
    return [
        *_missing_columns(definition, headings),
        *_needed(definition),
        *(problem for name, source in definition.sources.items() for problem in _of_source(name, source, lookups)),
        *_of_counts(definition, lookups),
        *_of_totals(definition),
    ]


def _missing_columns(definition: Definition, headings: Sequence[str]) -> Iterator[MappingProblem]:
    known = Counter(folded(heading) for heading in headings)
    read = [(name, column) for name, source in definition.sources.items() for column in source.columns]
    read += [
        (column, column) for column in (*(count.column for count in definition.counts), *definition.totals.values())
    ]
    for name, column in read:
        times = known[folded(column)]
        if not times:
            yield MappingProblem(name, _("the file has no column “%(column)s”") % {"column": column})
        elif times > 1:
            yield MappingProblem(
                name, _("the heading “%(column)s” stands more than once in the file") % {"column": column}
            )


def _needed(definition: Definition) -> Iterator[MappingProblem]:
    for name in NEEDED_FIELDS:
        if name not in definition.sources:
            yield MappingProblem(name, _("is needed, as a column or as a value for the whole file"))
    for name in () if definition.counts else ("outcome", "personnel"):
        if name not in definition.sources:
            yield MappingProblem(
                name, _("is needed, as a column, as a value for the whole file or by columns that count people")
            )


def _of_source(name: str, source: Source, lookups: Lookups) -> Iterator[MappingProblem]:
    parts = any((source.year, source.month, source.day))
    if sum((bool(source.column), bool(source.constant), parts)) != 1:
        yield MappingProblem(name, _("takes one column or one value for the whole file, and not both"))
    if parts and name != "date":
        yield MappingProblem(name, _("is not read from parts: only the date is"))
    elif parts and not source.year:
        yield MappingProblem(name, _("needs the column of the year"))
    elif source.day and not source.month:
        yield MappingProblem(name, _("has a column of days and none of months"))
    if source.order not in ORDERS or (source.order != "iso" and name not in DATES):
        yield MappingProblem(name, _("has no order of date called “%(order)s”") % {"order": source.order})
    if source.prefix and name not in PREFIXED:
        yield MappingProblem(name, _("takes no text before it"))
    elif len(source.prefix) > MOST_PREFIX:
        yield MappingProblem(name, _("takes at most %(n)s characters before it") % {"n": MOST_PREFIX})
    if source.constant and name not in CONSTANTS:
        yield MappingProblem(name, _("cannot be the same in all rows"))
    elif source.constant and not meaning(name, source.constant, lookups):
        yield MappingProblem(name, _not_understood(source.constant))
    yield from _of_values(name, source, lookups)


def _of_values(name: str, source: Source, lookups: Lookups) -> Iterator[MappingProblem]:
    if (source.values or source.left_out or source.others_left_out) and name not in VOCABULARIES:
        yield MappingProblem(name, _("has no vocabulary: its words are taken as they stand"))
        return
    for word, target in source.values.items():
        if not target and name in NEEDED:
            yield MappingProblem(name, _("“%(word)s” cannot mean “not recorded”: a value is needed") % {"word": word})
        elif target and not meaning(name, target, lookups):
            yield MappingProblem(name, f"“{word}”: {_not_understood(target)}")


def _not_understood(text: str) -> str:
    return _("“%(text)s” is none of the words that this field has") % {"text": text[:60]}


def _of_counts(definition: Definition, lookups: Lookups) -> Iterator[MappingProblem]:
    if len(definition.counts) > MOST_COUNTS:
        yield MappingProblem("persons", _("is counted by at most %(n)s columns") % {"n": MOST_COUNTS})
    for name in NOT_BESIDE_COUNTS if definition.counts else ():
        if name in definition.sources:
            yield MappingProblem(name, _("cannot be read from rows whose columns count people: they name nobody"))
    alike = Counter(_meant(count) for count in definition.counts)
    columns = Counter(folded(count.column) for count in definition.counts)
    for count in definition.counts:
        if columns[folded(count.column)] > 1:
            yield MappingProblem(count.column, _("is chosen more than once"))
        elif alike[_meant(count)] > 1:
            yield MappingProblem(count.column, _("stands for the same people as another column: they would be one row"))
        yield from _of_count(count, definition, lookups)


def _of_count(count: CountColumn, definition: Definition, lookups: Lookups) -> Iterator[MappingProblem]:
    if not count.says.get("outcome"):
        yield MappingProblem(count.column, _("must say whether it counts deaths or injuries"))
    if not count.says.get("personnel") and "personnel" not in definition.sources:
        yield MappingProblem(count.column, _("must say which type of personnel it counts"))
    if count.says.get("severity") and count.says.get("outcome") != Outcome.INJURY:
        yield MappingProblem(count.column, _("only an injury has a severity"))
    for name, word in count.says.items():
        if word and not meaning(name, word, lookups):
            yield MappingProblem(count.column, _not_understood(word))


def _meant(count: CountColumn) -> tuple[str, ...]:
    return tuple(count.says.get(name, "") for name in SAID_OF_COUNTED)


def _of_totals(definition: Definition) -> Iterator[MappingProblem]:
    counted = {folded(count.column) for count in definition.counts}
    outcomes = {count.says.get("outcome") for count in definition.counts}
    for outcome, column in definition.totals.items():
        if folded(column) in counted:
            yield MappingProblem(column, _("counts people already; a total is held against the columns that count"))
        elif outcome not in outcomes:
            yield MappingProblem(column, _("is a total, but no column counts what it adds up"))
