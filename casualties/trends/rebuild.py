"""The stored windows: computed anew from the annual tally, written all at once, and read.

One run at a time (an advisory lock that ends with its connection, so a killed worker leaves none behind). A run reads
one version of the data, writes what differs and marks its RebuildRun as finished in one transaction: readers see the
old windows or the new ones. The version that was built is the one in the newest finished run.
"""

import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from casualties.choices import Audience
from casualties.filters import NOT_RECORDED, UNDETERMINED
from casualties.frames import (
    CAUSE,
    FIRST_YEAR,
    FULL_COLUMNS,
    FULL_KINDS,
    LAST_YEAR,
    MISSION,
    MONTHS,
    MONTHS_FILLED,
    PERSON_YEARS,
    YEAR,
)
from casualties.models import RebuildRun, TrendWindow
from casualties.trends.coverage import mission_strengths
from casualties.trends.distinct import as_frame
from casualties.trends.fractions import mark_uniformed
from casualties.trends.rules import rules_fingerprint
from casualties.trends.series import CAUSES, STORED_COLUMNS, STORED_KEY, all_windows
from casualties.trends.spans import MissionYears
from casualties.trends.windows import no_full_windows
from missions.models import UNDETERMINED_COUNTRY, DataVersion, Mission, Release, Strength, current_release
from peacekeeping.session_locks import held_numbers, hold

TURN = 7_301_104  # with 0: somebody is rebuilding
PASSES = 5
INTERRUPTED = "interrupted: the worker was lost"
PAUSE_AFTER_FAILURE = timedelta(minutes=10)

TALLY = """
    SELECT t.year, m.acronym AS mission, m.kind, m.region, m.family,
           CASE WHEN t.nationality_id IS NULL THEN %s WHEN t.nationality_id = %s THEN %s
                ELSE t.nationality_id END AS nationality,
           t.personnel, t.cause, t.outcome, t.released, sum(t.persons)::bigint AS persons
    FROM casualties_annualtally t JOIN missions_mission m ON m.id = t.mission_id
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
"""

# The counted people by the month and the incident in which they died, as far as these are known.
PEOPLE = """
    SELECT c.year, CASE WHEN c.occurred_precision <> 'year' THEN extract(month FROM c.occurred_on)::int END AS month,
           m.acronym AS mission, m.kind, m.region, m.family,
           CASE WHEN c.nationality_id IS NULL THEN %s WHEN c.nationality_id = %s THEN %s
                ELSE c.nationality_id END AS nationality,
           c.personnel, c.cause, c.outcome, c.released, c.incident_id AS incident, sum(c.persons)::bigint AS persons
    FROM casualties_casualty c JOIN missions_mission m ON m.id = c.mission_id
    WHERE c.state = 'counted'
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
"""

# Asked on every request, where a QuerySet takes several times as long as the answer.
NEWEST_FINISHED = """
    SELECT data_version, rules FROM casualties_rebuildrun
    WHERE finished_at IS NOT NULL AND error = '' ORDER BY finished_at DESC, id DESC LIMIT 1
"""

# Names of tables and columns are our own, so these are no injections.
TABLE = TrendWindow._meta.db_table
COLUMNS = ", ".join(STORED_COLUMNS)
REBUILT = ", ".join(f"rebuilt.{name}" for name in STORED_COLUMNS)
STAGE = f"CREATE TEMPORARY TABLE rebuilt ON COMMIT DROP AS SELECT {COLUMNS} FROM {TABLE} WITH NO DATA"  # noqa: S608
COPY = f"COPY rebuilt ({COLUMNS}) FROM STDIN"
MERGE = f"""
    MERGE INTO {TABLE} kept USING rebuilt
        ON {" AND ".join(f"kept.{name} = rebuilt.{name}" for name in [*STORED_KEY, LAST_YEAR])}
    WHEN NOT MATCHED BY SOURCE THEN DELETE
    WHEN NOT MATCHED BY TARGET THEN INSERT ({COLUMNS}) VALUES ({REBUILT})
    WHEN MATCHED AND ({", ".join(f"kept.{name}" for name in FULL_COLUMNS)})
            IS DISTINCT FROM ({", ".join(f"rebuilt.{name}" for name in FULL_COLUMNS)})
        THEN UPDATE SET {", ".join(f"{name} = rebuilt.{name}" for name in FULL_COLUMNS)}
"""  # noqa: S608


@dataclass(frozen=True)
class Source:
    """What one run computes from, all of one version of the data."""

    data_version: int
    release: Release | None
    tally: pd.DataFrame
    people: pd.DataFrame
    strengths: pd.DataFrame
    missions: list[MissionYears]


def rebuild(*, asked_by: str, even_if_built: bool = False) -> list[RebuildRun]:
    """Bring the stored windows to the current version of the data; return the runs that were made.

    None is made where the current version is built already (`even_if_built`: one is made all the same), and further
    ones where the data moved during a run. Waits for a run of somebody else. What goes wrong is kept in the run.
    """
    with hold(TURN, 0, wait=True):
        return _run_until_ready(asked_by, even_if_built)


def rebuild_unless_under_way(*, asked_by: str, even_if_built: bool = False) -> bool:
    """As rebuild(), but False and nothing else while somebody is at it: they go again where the data moved meanwhile.

    What moved after their last look is found by rebuild_is_due().
    """
    with hold(TURN, 0) as mine:
        if mine:
            _run_until_ready(asked_by, even_if_built)
    return mine


def _run_until_ready(asked_by: str, even_if_built: bool) -> list[RebuildRun]:
    runs: list[RebuildRun] = []
    RebuildRun.objects.filter(finished_at=None).update(finished_at=Now(), error=INTERRUPTED)
    while len(runs) < PASSES and (not trends_ready() or (even_if_built and not runs)):
        runs.append(_run(asked_by))
    return runs


def built_version() -> int | None:
    """The version of the data that the stored windows were computed from; None before the first run.

    None too where they were computed by the rules of another version of the software.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_FINISHED)
        version, rules = cursor.fetchone() or (None, "")
    return version if rules == rules_fingerprint() else None


def trends_ready() -> bool:
    """Whether the stored windows are those of the current data."""
    return built_version() == DataVersion.current()


def is_rebuilding() -> bool:
    """Whether somebody is rebuilding at this moment."""
    return 0 in held_numbers(TURN)


def rebuild_is_due() -> bool:
    """Whether somebody should start a rebuild now: the data moved, nobody is at it, and no run of this version failed
    lately."""
    if is_rebuilding():
        return False
    version = DataVersion.current()
    failed = RebuildRun.objects.filter(data_version=version, finished_at__gt=Now() - PAUSE_AFTER_FAILURE)
    return built_version() != version and not failed.exclude(error__in=["", INTERRUPTED]).exists()


def stored_windows(series: str, key: str, *, cause: str | None, outcome: str, audience: str) -> pd.DataFrame:
    """Stored windows of one series with their statistics, in order of time: FULL_COLUMNS.

    `series` and `key` as in TrendWindow (the world's key is blank, nationalities without a code are `not-recorded` and
    `undetermined`); cause "" is all causes; None gives all ("") and each of them, with a column `cause` in front. Empty
    where the series has no windows.
    """
    chosen = windows_seen_by(audience).filter(series=series, key=key, outcome=outcome)
    if cause is not None:
        return windows_frame(chosen.filter(cause=cause).order_by(FIRST_YEAR).values_list(*FULL_COLUMNS))
    rows = chosen.order_by(FIRST_YEAR).values_list(CAUSE, *FULL_COLUMNS)
    return windows_frame(sorted(rows, key=lambda row: CAUSES.index(row[0])), [CAUSE])


def windows_frame(rows: Iterable[tuple[Any, ...]], before: Sequence[str] = ()) -> pd.DataFrame:
    """Rows of the columns `before`, which hold words, and FULL_COLUMNS -> a frame of them."""
    kinds = dict.fromkeys(before, "str") | FULL_KINDS
    columns = dict(zip(kinds, zip(*rows, strict=True), strict=False))
    return as_frame(columns, kinds) if columns else no_full_windows(before)


def windows_seen_by(audience: str) -> QuerySet[TrendWindow]:
    """The stored windows that an audience sees: staff see those of everybody where a series has none of their own."""
    released = Q(audience=Audience.RELEASED)
    if audience == Audience.RELEASED:
        return TrendWindow.objects.filter(released)
    same = {name: OuterRef(name) for name in ("series", "key", "outcome")}
    own = TrendWindow.objects.filter(audience=Audience.CONFIRMED, **same)
    return TrendWindow.objects.filter(Q(audience=Audience.CONFIRMED) | (released & ~Exists(own)))


def strengths_of(mission_ids: Collection[int] | None) -> pd.DataFrame:
    """The strengths of missions (None: of all) as mission_strengths() takes them, in a fixed order."""
    chosen = Strength.objects.all() if mission_ids is None else Strength.objects.filter(mission__in=mission_ids)
    rows = chosen.order_by("mission__acronym", "year", "category").values_list(
        "mission__acronym", "year", "category", "person_years", "months", "months_filled"
    )
    return strengths_frame(rows)


def strengths_frame(rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Rows of mission, year, category, person-years, months and months filled -> the frame of mission_strengths()."""
    return pd.DataFrame(list(rows), columns=[MISSION, YEAR, "category", PERSON_YEARS, MONTHS, MONTHS_FILLED])


def mission_years() -> list[MissionYears]:
    """All missions, as far as their years and groups concern series."""
    rows = Mission.objects.values_list(
        "acronym", "kind", "region", "family", "umbrella__acronym", "started_on__year", "ended_on__year", "status"
    )
    return [
        MissionYears(acronym, kind, region, family, umbrella or "", started, ended, status == Mission.Status.ACTIVE)
        for acronym, kind, region, family, umbrella, started, ended, status in rows
    ]


def _run(asked_by: str) -> RebuildRun:
    """One pass: read, compute, write. Its row is written beforehand, so that an interrupted one is seen."""
    run = RebuildRun.objects.create(
        asked_by=asked_by, data_version=DataVersion.current(), rules=rules_fingerprint(), heartbeat_at=Now()
    )
    try:
        source = read_source()
        windows = _compute(source)
        RebuildRun.objects.filter(pk=run.pk).update(heartbeat_at=Now(), data_version=source.data_version)
        with transaction.atomic():
            _write(windows)
            RebuildRun.objects.filter(pk=run.pk).update(heartbeat_at=Now(), finished_at=Now(), rows=len(windows))
    except Exception as error:
        RebuildRun.objects.filter(pk=run.pk).update(finished_at=Now(), error=f"{type(error).__name__}: {error}")
        raise
    run.refresh_from_db()
    return run


def read_source() -> Source:
    """Tally, missions and release of one version: nothing was committed between the two looks at the version."""
    for _ in range(PASSES):
        version = DataVersion.current()
        source = Source(version, current_release(), _tally(), _people(), strengths_of(None), mission_years())
        if DataVersion.current() == version:
            return source
    raise RuntimeError("the data moved during each of several readings; the timetable will start another run")


def _compute(source: Source) -> pd.DataFrame:
    """All windows; none while nothing is loaded, since then no year is covered."""
    if source.release is None:
        return no_full_windows(STORED_KEY)
    strengths = mission_strengths(source.strengths, known_until=source.release.date)
    return all_windows(
        source.tally,
        mark_uniformed(source.people, strengths),
        strengths,
        source.missions,
        last_covered_year=source.release.last_covered_year,
        last_year_provisional=source.release.last_year_is_provisional,
    )


def _tally() -> pd.DataFrame:
    """The annual tally without gender, as `all_windows` takes it (from cursor rows: pandas.read_sql would warn)."""
    with connection.cursor() as cursor:
        cursor.execute(TALLY, [NOT_RECORDED, UNDETERMINED_COUNTRY, UNDETERMINED])
        return pd.DataFrame(cursor.fetchall(), columns=[column[0] for column in cursor.description])


def _people() -> pd.DataFrame:
    """The counted people, as `all_windows` takes them once they are marked."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, [NOT_RECORDED, UNDETERMINED_COUNTRY, UNDETERMINED])
        return pd.DataFrame(cursor.fetchall(), columns=[column[0] for column in cursor.description])


def _write(windows: pd.DataFrame) -> None:
    """Make the table say what `windows` say, within the transaction of the caller; readers see all of it or nothing.

    Windows that stay as they are are not touched: most do, and what is written anew leaves a dead row behind.
    """
    cells = [_as_text(windows[name]) for name in STORED_COLUMNS]
    text = io.StringIO("\n".join(map("\t".join, zip(*cells, strict=True))))
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        cursor.copy_expert(COPY, text)
        cursor.execute("SET LOCAL work_mem = '64MB'")  # both sides are compared in memory
        cursor.execute(MERGE)
        cursor.execute("DROP TABLE rebuilt")


def _as_text(column: "pd.Series[Any]") -> list[str]:
    """The cells of a column in PostgreSQL's text format of COPY (a third of the time of DataFrame.to_csv)."""
    if isinstance(column.dtype, pd.Int64Dtype):
        return ["\\N" if cell is pd.NA else str(cell) for cell in column.tolist()]
    if pd.api.types.is_float_dtype(column.dtype):  # many cells are equal or missing; repr() reads back as it was
        codes, different = pd.factorize(column)
        numbers = [*map(repr, different.tolist()), "\\N"]  # missing cells have the code -1
        return [numbers[code] for code in codes.tolist()]
    if pd.api.types.is_numeric_dtype(column.dtype):  # numbers, and truth as True or False
        return [str(cell) for cell in column.tolist()]
    texts = {cell: cell.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") for cell in column.unique()}
    return [texts[cell] for cell in column.tolist()]
