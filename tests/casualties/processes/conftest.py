"""Real workers of a test are killed with it, and their queue is emptied."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import current_app

from tests.casualties.processes.real_worker import RealWorker


@pytest.fixture
def start_worker(tmp_path: Path, transactional_db: None) -> Iterator[Callable[[], RealWorker]]:
    """Start a worker; may be called again for the next one. The database is really written, and emptied afterwards."""
    workers: list[RealWorker] = []

    def start() -> RealWorker:
        workers.append(RealWorker(tmp_path))
        return workers[-1]

    current_app.control.purge()
    yield start
    for worker in workers:
        worker.kill()
    current_app.control.purge()
