"""Mappings under their names: kept, found again by name or by the headings of a file."""

import hashlib
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from casualties.intake.mapping.definition import Definition, NamedMapping, folded
from missions.models import ColumnMapping, User


class NameTakenError(ValueError):
    """Another mapping, for files of other headings, has this name."""


def headings_key(headings: Sequence[str]) -> str:
    """The same for all files with these headings, whatever their order, case and spaces."""
    text = "\n".join(sorted(folded(heading) for heading in headings))
    return hashlib.sha256(text.encode()).hexdigest()


def fitting(headings: Sequence[str]) -> list[ColumnMapping]:
    """The kept mappings that were made on a file with these headings, by name."""
    return list(ColumnMapping.objects.filter(headings_key=headings_key(headings)))


def named(name: str) -> ColumnMapping | None:
    """The mapping of that name, whatever its case."""
    return ColumnMapping.objects.filter(name__iexact=name).first()


def kept_mapping(mapping: ColumnMapping) -> NamedMapping:
    """What a kept mapping says. Raises DefinitionError when its JSON is none (it was not written by keep())."""
    return NamedMapping(
        name=mapping.name,
        definition=Definition.from_json(mapping.definition),
        headings=tuple(mapping.headings),
    )


def mappings_for(chosen: object, headings: Sequence[str] | None) -> list[NamedMapping]:
    """The mapping that an import keeps as its own (`chosen`, JSON or None); for headings, the kept ones that fit them.

    Raises DefinitionError.
    """
    if headings is not None:
        return [kept_mapping(mapping) for mapping in fitting(headings)]
    return [NamedMapping.from_json(chosen)] if chosen else []


def keep(name: str, definition: Definition, headings: Sequence[str], *, by_user: User | None) -> ColumnMapping:
    """Keep a mapping under a name; one of that name for the same headings is replaced. Raises NameTakenError.

    The caller has asked problems_of() and nothing is wrong.
    """
    key = headings_key(headings)
    try:
        with transaction.atomic():
            found = ColumnMapping.objects.select_for_update(of=("self",)).filter(name__iexact=name).first()
            if found is None:
                found = ColumnMapping(name=name, headings_key=key, created_by=by_user)
            elif found.headings_key != key:
                raise NameTakenError(name)
            found.definition = definition.as_json()
            found.headings = list(headings)
            found.edited_by = by_user
            found.save()
    except IntegrityError:  # somebody kept one of that name in the same moment
        raise NameTakenError(name) from None
    return found


def remove(mapping: ColumnMapping) -> None:
    """Forget a mapping. Imports keep their own copy of it."""
    mapping.delete()
