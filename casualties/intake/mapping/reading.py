"""Through which mapping a file is read: the one that was asked for, or the one that its headings find."""

from collections.abc import Callable, Sequence

from casualties.intake.mapping.checking import problems_of
from casualties.intake.mapping.definition import NamedMapping
from casualties.intake.mapping.translating import mapped_reader
from casualties.intake.names import Lookups
from casualties.intake.sources import Reader, UnknownFormatError, choose_reader
from peacekeeping.tables.content import Content
from peacekeeping.tables.rows import Table

# Headings -> the mappings that fit; None asks for the one that was chosen, whatever the headings.
FindMapping = Callable[[Sequence[str] | None], Sequence[NamedMapping]]


def no_mapping(headings: Sequence[str] | None) -> Sequence[NamedMapping]:
    """Files are read in the formats that are known, and in no other."""
    return ()


def choose_mapped(table: Table, find: FindMapping, lookups: Lookups) -> Reader:
    """The reader of a table: of the chosen mapping, else of a known format, else of the one mapping that fits.

    Raises UnknownFormatError when there is none, when several mappings fit, or when the mapping does not fit the file.
    """
    chosen = find(None)
    if chosen:
        return _through(chosen[0], table, lookups)
    try:
        return choose_reader(table)
    except UnknownFormatError as unknown:
        unknown.can_be_mapped = table.content is not Content.JSON
        found = find(table.headings) if unknown.can_be_mapped else ()
        if not found:
            raise
        if len(found) > 1:
            names = ", ".join(f"“{mapping.name}”" for mapping in found)
            several = UnknownFormatError(f"{len(found)} kept mappings fit these columns, {names}: choose one.")
            several.can_be_mapped = True
            raise several from None
    return _through(found[0], table, lookups)


def _through(mapping: NamedMapping, table: Table, lookups: Lookups) -> Reader:
    if table.content is Content.JSON:
        raise UnknownFormatError("The columns of a CSV can be mapped, and this is JSON.")
    problems = problems_of(mapping.definition, table.headings, lookups)
    if problems:
        first, more = problems[0], len(problems) - 1
        others = f" There is more wrong with it ({more:,})." if more else ""
        refusal = UnknownFormatError(
            f"The mapping “{mapping.name}” does not fit this file: {first.reason}.{others}", first.field
        )
        refusal.can_be_mapped = True
        raise refusal
    return mapped_reader(table, mapping, lookups)
