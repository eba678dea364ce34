"""The version of the data: one number that moves whenever a figure may have moved.

Caches, ETags and rebuilds are keyed by it. It is a row and not a sequence, because a sequence shows its new value
before the change is committed and would poison caches. Every counted table only notes "this transaction changed
something" (DataChange); the version itself is touched by a deferred trigger, last in the transaction, so that two
writers never hold it while they wait for each other.
"""

from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.db import connection, models
from django.utils import timezone

NOTE_DATA_CHANGE = (
    "INSERT INTO missions_datachange (txid) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;"
)


def touch_data_version() -> list[pgtrigger.Trigger]:
    """Triggers for a table whose rows go into figures: statement level, one per event, silent when no row changed."""
    note = NOTE_DATA_CHANGE
    return [
        *(
            pgtrigger.Trigger(
                name=f"data_version_{name}",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=operation,
                referencing=referencing,
                func=f"IF EXISTS (SELECT FROM {table}) THEN {note} END IF; RETURN NULL;",
            )
            for name, operation, referencing, table in (
                ("insert", pgtrigger.Insert, pgtrigger.Referencing(new="new_values"), "new_values"),
                ("update", pgtrigger.Update, pgtrigger.Referencing(new="new_values"), "new_values"),
                ("delete", pgtrigger.Delete, pgtrigger.Referencing(old="old_values"), "old_values"),
            )
        ),
        pgtrigger.Trigger(
            name="data_version_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Truncate,
            func=f"{note} RETURN NULL;",
        ),
    ]


class DataVersion(models.Model):
    """One row. `version` counts committed transactions that changed something a figure may rest on."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="data_version_is_one_row")]

    def __str__(self) -> str:
        return str(self.version)

    @classmethod
    def read(cls) -> tuple[int, datetime | None]:
        """The committed version and when it came about; (0, None) while nothing was ever written.

        Asked on every request, so plain SQL: a QuerySet takes several times as long as the answer.
        """
        with connection.cursor() as cursor:
            return cls.seen_by(cursor)

    @staticmethod
    def seen_by(cursor: Any) -> tuple[int, datetime | None]:
        """The same as the transaction of a cursor sees it."""
        cursor.execute("SELECT version, changed_at FROM missions_dataversion")
        return cursor.fetchone() or (0, None)

    @classmethod
    def current(cls) -> int:
        """The committed version; 0 while nothing was ever written."""
        return cls.read()[0]

    @classmethod
    def is_still(cls, version: int, changed_at: datetime | None) -> bool:
        """Whether the committed state is the one that was read before."""
        return cls.read() == (version, changed_at)


class DataChange(models.Model):
    """A transaction that changed counted rows; gone again when it commits."""

    txid = models.BigIntegerField(primary_key=True)

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="touch_data_version",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    INSERT INTO missions_dataversion (id, version, changed_at) VALUES (1, 1, clock_timestamp())
                    ON CONFLICT (id) DO UPDATE
                        SET version = missions_dataversion.version + 1, changed_at = clock_timestamp();
                    DELETE FROM missions_datachange WHERE txid = NEW.txid;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return str(self.txid)
