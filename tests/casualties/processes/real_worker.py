"""A real Celery worker with its timetable, in a process group of its own that can be killed as a whole."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]


class RealWorker:
    """Works on the database of the test, with the queue of this test process; looks for lost work every second."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / f"worker-{time.monotonic_ns()}.log"
        celery = str(Path(sys.executable).parent / "celery")
        command = [celery, "-A", "peacekeeping.celery:app", "--quiet", "worker", "--beat", "--concurrency=1"]
        command += ["--without-gossip", "--without-mingle", "--loglevel=INFO", f"--schedule={self.log}.schedule"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=_environment(), stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """kill -9 of the worker and of every process of its pool."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait_for(self, condition: Callable[[], bool], what: str, *, seconds: float = 180) -> float:
        """Wait until something is so, and say how long it took; fail with the worker's log when it is not in time.

        Most of the time goes into the start of a worker, which on a busy machine takes long; that lost work is looked
        for in time is a matter of the intervals, which test_tasks_timetable.py reads.
        """
        started = time.monotonic()
        while not condition():
            if time.monotonic() - started > seconds or self.process.poll() is not None:
                raise AssertionError(f"not in time: {what}\n{self.log.read_text(errors='replace')[-4000:]}")
            time.sleep(0.05)
        return time.monotonic() - started


def waits_for_a_lock() -> bool:
    """Whether some other session of this database waits for a lock: the worker has come to where the test holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # within a transaction one would see the first look again
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event_type = 'Lock' AND wait_event <> 'advisory' AND pid <> pg_backend_pid())"
        )
        return bool(cursor.fetchone()[0])


def _environment() -> dict[str, str]:
    """That of this test process, with the database and the folders of the test."""
    database = settings.DATABASES["default"]
    place = {"host": database["HOST"], "port": database["PORT"], "user": database["USER"]}
    query = urlencode({name: value for name, value in place.items() if value})
    return {
        **os.environ,
        "DATABASE_URL": f"postgres:///{connection.settings_dict['NAME']}?{query}",
        "STATE_DIR": str(settings.STATE_DIR),
        "SWEEP_SECONDS": "1",
        "C_FORCE_ROOT": "1",
        "CELERY_SKIP_CHECKS": "1",  # as `make run` does: they would import every page, at every start
    }
