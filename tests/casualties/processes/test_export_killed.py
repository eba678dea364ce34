"""kill -9 of the worker in the middle of an export: no half file, and the timetable has it made."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from casualties import tasks
from casualties.exports.background.store import part_of, path_of
from casualties.exports.files import people_file
from casualties.filters import PUBLIC, select
from casualties.models import Export
from tests.casualties.exports.background.asked import asked
from tests.casualties.processes.real_worker import RealWorker, waits_for_a_lock
from tests.factories import make_casualty, make_release, reader

pytestmark = pytest.mark.processes


def test_it_works(start_worker: Callable[[], RealWorker]) -> None:
    make_release()
    make_casualty()
    export = asked(reader())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE casualties_casualty IN ACCESS EXCLUSIVE MODE")  # the query of the file waits for us
        worker = start_worker()
        tasks.make_exports.delay()
        worker.wait_for(waits_for_a_lock, "the export comes to its query")
        worker.kill()
    export.refresh_from_db()
    assert export.state == Export.State.RUNNING
    assert not path_of(export).exists()

    start_worker().wait_for(lambda: Export.objects.filter(state=Export.State.DONE).exists(), "the sweep has it made")
    export.refresh_from_db()
    assert (export.attempts, export.rows) == (2, 1)
    assert path_of(export).read_bytes() == b"".join(people_file(select("", PUBLIC)).blocks)
    assert not part_of(export).exists()
