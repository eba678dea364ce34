"""Triggers of Casualty: the tally is right and the versions are kept whoever writes the table, in the same transaction.

All are statement-level with transition tables, so that a release of a million rows costs a few statements. PostgreSQL
wants one trigger per event and no list of columns; INSERT ... ON CONFLICT fires the insert and the update trigger.
"""

import pgtrigger

TALLY_KEY = ("year", "mission_id", "cause", "outcome", "personnel", "nationality_id", "gender", "released")
MISSION_TALLY_KEY = ("year", "mission_id", "cause", "outcome", "released")


def _trigger(name: str, operation: pgtrigger.Operation, func: str) -> pgtrigger.Trigger:
    tables = {
        pgtrigger.Insert: {"new": "new_values"},
        pgtrigger.Update: {"old": "old_values", "new": "new_values"},
        pgtrigger.Delete: {"old": "old_values"},
    }.get(operation)
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables) if tables else None,
        func=f"{func} RETURN NULL;",
    )


def keep_tallies() -> list[pgtrigger.Trigger]:
    """Every tally is kept in the same way."""
    return [*_keep("annual_tally", TALLY_KEY, name="tally"), *_keep("mission_tally", MISSION_TALLY_KEY)]


def _keep(tally: str, columns: tuple[str, ...], *, name: str = "") -> list[pgtrigger.Trigger]:
    """Add what came and take off what went, by key.

    Upserts go in the order of the key, so that two writers lock tally rows in one order. A count below zero means that
    the tally is wrong, and stops the transaction.
    """
    table = f"casualties_{tally.replace('_', '')}"
    key = ", ".join(columns)
    numbers = ", ".join(str(place) for place in range(1, len(columns) + 1))

    def move(*, came: bool, went: bool) -> str:
        parts = []
        if came:
            parts.append(f"SELECT {key}, persons::bigint AS delta FROM new_values WHERE state = 'counted'")
        if went:
            parts.append(f"SELECT {key}, -persons::bigint AS delta FROM old_values WHERE state = 'counted'")
        return f"""
            INSERT INTO {table} ({key}, persons)
            SELECT {key}, sum(delta) FROM ({" UNION ALL ".join(parts)}) AS moved
            GROUP BY {numbers} HAVING sum(delta) <> 0 ORDER BY {numbers}
            ON CONFLICT ON CONSTRAINT {tally}_key
                DO UPDATE SET persons = {table}.persons + EXCLUDED.persons;
            DELETE FROM {table} WHERE persons = 0;
            IF EXISTS (SELECT FROM {table} WHERE persons < 0) THEN
                RAISE EXCEPTION 'the {tally.replace("_", " ")} would fall below zero';
            END IF;
        """

    name = name or tally
    return [
        _trigger(f"{name}_insert", pgtrigger.Insert, move(came=True, went=False)),
        _trigger(f"{name}_update", pgtrigger.Update, move(came=True, went=True)),
        _trigger(f"{name}_delete", pgtrigger.Delete, move(came=False, went=True)),
        _trigger(f"{name}_truncate", pgtrigger.Truncate, f"DELETE FROM {table};"),
    ]


def keep_versions(columns: tuple[str, ...]) -> list[pgtrigger.Trigger]:
    """A row that comes opens a version; a change of a counted value or of the state closes it and opens the next.

    Values said by the same release as the open version are written into it. Rows that go (the bundled counts, when the
    first release replaces them) take their versions with them by the foreign key.
    """
    into = ", ".join(("casualty_id", "known_from", "withdrawn", "batch_id", *columns))
    values = ", ".join(f"n.{column}" for column in columns)
    before = ", ".join(f"o.{column}" for column in columns)
    insert = f"""
        INSERT INTO casualties_casualtyversion ({into})
        SELECT n.id, n.known_at, n.state = 'withdrawn', n.batch_id, {values}
    """
    same = ", ".join(f"{column} = n.{column}" for column in columns)
    changed = f"""(
        SELECT n.* FROM new_values n JOIN old_values o USING (id)
        WHERE ({values}, n.state) IS DISTINCT FROM ({before}, o.state)
    )"""
    update = f"""
        IF EXISTS (
            SELECT FROM {changed} n JOIN casualties_casualtyversion v ON v.casualty_id = n.id
            WHERE v.known_until IS NULL AND v.known_from > n.known_at
        ) THEN
            RAISE EXCEPTION 'known_at of a changed casualty lies before the values it replaces';
        END IF;
        UPDATE casualties_casualtyversion v
            SET known_until = n.known_at FROM {changed} n
            WHERE v.casualty_id = n.id AND v.known_until IS NULL AND v.known_from < n.known_at;
        UPDATE casualties_casualtyversion v
            SET {same}, withdrawn = (n.state = 'withdrawn'), batch_id = n.batch_id FROM {changed} n
            WHERE v.casualty_id = n.id AND v.known_until IS NULL;
        {insert} FROM {changed} n
            WHERE NOT EXISTS (
                SELECT FROM casualties_casualtyversion v WHERE v.casualty_id = n.id AND v.known_until IS NULL
            );
    """
    return [
        _trigger("versions_insert", pgtrigger.Insert, f"{insert} FROM new_values n;"),
        _trigger("versions_update", pgtrigger.Update, update),
    ]
