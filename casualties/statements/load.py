"""Writing the table of published statements into the register: what differs is added or changed, nothing deleted."""

from dataclasses import dataclass
from pathlib import Path

import pghistory
from django.db import connection, transaction

from casualties.filters import load_basis
from casualties.models import Statement
from casualties.statements.table import TABLE, read_table

LOCK = 7_203_498  # one load at a time; any number that no other advisory lock of the product uses


@dataclass(frozen=True)
class StatementLoad:
    """What a load did. `edited` names statements that somebody has edited here: they stay as they are."""

    added: int
    changed: int
    unchanged: int
    edited: tuple[str, ...] = ()


def load_statements(path: Path = TABLE) -> StatementLoad:
    """Bring the register to what the table says, all or nothing; TableError names every cell that is wrong.

    A load that finds everything as it should be writes nothing. The missions and countries that selections name have to
    be there; a release need not.
    """
    wanted = read_table(path, load_basis())
    added = changed = 0
    edited = []
    with transaction.atomic(), pghistory.context(reason=f"table of published statements {path.name}"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        existing = {statement.key: statement for statement in Statement.objects.all()}
        for key, values in wanted.items():
            statement = existing.get(key)
            if statement is None:
                Statement.objects.create(**values)
                added += 1
                continue
            differing = {name: value for name, value in values.items() if getattr(statement, name) != value}
            if not differing:
                continue
            if statement.edited_by_id is not None:
                edited.append(key)
                continue
            for name, value in differing.items():
                setattr(statement, name, value)
            statement.save(update_fields=list(differing))
            changed += 1
    return StatementLoad(added, changed, len(wanted) - added - changed - len(edited), tuple(edited))
