"""A million casualties: how fast they come in, are judged and leave, and how little memory that takes."""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from peacekeeping.embedded.programs import postgres_programs
from tests.bench.figures import Figure, median_ms
from tests.bench.world import FIRST_DAY, REBUILD, ROOT, World, read, web, write_release

BLOCK = 1 << 16
SQL = "from casualties.exports.files import people_rows; from casualties.exports.columns import PEOPLE, columns_for; "
SQL += "from casualties.filters import PUBLIC, select; from django.db import connection; s = select('', PUBLIC); "
SQL += "q = people_rows(s, columns_for(PEOPLE, PUBLIC, ())); c = connection.cursor(); "
SQL += "print(c.mogrify(*q.query.sql_with_params()).decode())"


def intake(where: World, people: int) -> list[Figure]:
    """The import through preview and apply, and all windows anew."""
    release = where.folder / "release.csv"
    write_release(release, people)
    seconds = where.manage("import_casualties", str(release))
    return [
        Figure("import, read, compared and written", people / seconds, "rows/s", f"{seconds:,.0f} s in all"),
        Figure("all windows rebuilt", rebuilding(where), "s"),
    ]


def rebuilding(where: World) -> float:
    """Seconds of a full rebuild, without the start of the process."""
    start = where.manage("shell", "--verbosity=0", "-c", "import casualties.trends.rebuild")
    return where.manage("shell", "--verbosity=0", "-c", REBUILD) - start


def leaving(where: World, people: int) -> list[Figure]:
    """The CSV of everybody over HTTP beside psql's COPY of the very query, and figures that the tally answers."""
    query = _query(where)
    reference = min(_psql(where, query) for _ in range(2))
    with web(where) as (address, pid):
        runs = [_download(f"{address}/casualties.csv", pid) for _ in range(2)]
        seconds, first, rows, grown = min(runs)
        if rows != people + 1:
            raise SystemExit(f"the file has {rows:,} lines instead of {people + 1:,}")
        # Often enough for every thread of the server to have its connection to the database.
        kept = median_ms(lambda: read(f"{address}/api/v1/figures/?by=year,cause"), times=200)
        # The same figures under addresses that nobody asked before: all made-up people died later than these years.
        years = iter(range(1948, FIRST_DAY.year))
        counted = median_ms(lambda: read(f"{address}/api/v1/figures/?by=year,cause&from={next(years)}"), times=40)
        page = median_ms(lambda: read(f"{address}/incidents/?cause=illness"), times=50)
    return [
        Figure("CSV of everybody", people / seconds, "rows/s", f"psql COPY: {people / reference:,.0f} rows/s"),
        Figure("CSV of everybody, share of psql's speed", reference / seconds, "", aim=">= 0.6"),
        Figure("first byte of it", first, "s", aim="< 0.3"),
        Figure("memory that the web server grew by meanwhile", grown / 1024, "MiB", aim="flat"),
        Figure("figures by year and cause, whole request, asked before", kept, "ms", aim="< 30"),
        Figure("figures by year and cause, whole request, counted", counted, "ms"),
        Figure("incident explorer, whole request", page, "ms"),
    ]


def _query(where: World) -> str:
    command = [sys.executable, "-W", "ignore", "manage.py", "shell", "--verbosity=0", "-c", SQL]
    done = subprocess.run(command, cwd=ROOT, env=where.environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _psql(where: World, query: str) -> float:
    """Seconds of psql's own COPY of the query into a file that nobody keeps."""
    psql = postgres_programs().server.with_name("psql")
    program = str(psql) if psql.exists() else shutil.which("psql") or "psql"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file, Path("/dev/null").open("wb") as nowhere:
        file.write(f"COPY ({query}) TO STDOUT (FORMAT csv, ENCODING 'UTF8')")
        file.flush()
        started = time.perf_counter()
        address = where.environment["DATABASE_URL"].replace("postgres://", "postgresql://")
        subprocess.run([program, address, "--quiet", "--file", file.name], stdout=nowhere, check=True)
        return time.perf_counter() - started


def _download(address: str, pid: int) -> tuple[float, float, int, int]:
    """Seconds in all, seconds to the first byte, lines, and KiB that the server's processes grew by."""
    before, most, done = _memory(pid), [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            most[0] = max(most[0], _memory(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    started, lines = time.perf_counter(), 0
    with urllib.request.urlopen(address, timeout=600) as answer:
        answer.read(1)  # of the headings
        first = time.perf_counter() - started
        while block := answer.read(BLOCK):
            lines += block.count(b"\n")
    seconds = time.perf_counter() - started
    done.set()
    watcher.join()
    return seconds, first, lines, max(0, most[0] - before)


def _memory(pid: int) -> int:
    """KiB that a process and its children hold for themselves."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(_own(int(each)) for each in [pid, *map(int, children)])


def _own(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))
