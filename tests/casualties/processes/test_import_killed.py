"""kill -9 of the worker in the middle of an import: nothing is half-written, and the sweep has it done."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F

from casualties import intake, tasks
from casualties.models import AnnualTally, Casualty, CasualtyVersion, Incident
from casualties.trends.rebuild import stored_windows, trends_ready
from missions.models import ImportBatch
from tests.casualties.processes.real_worker import RealWorker, waits_for_a_lock
from tests.factories import make_country, make_mission

pytestmark = pytest.mark.processes

PEOPLE = 60
HEADINGS = (
    "id,incident_date,casualty_id,mission_acronym,type_of_casualty,gender,casualty_nationality,"
    "casualty_personnel_type,type_of_incident,m49_code,isocode3,last_update"
)


def release() -> io.BytesIO:
    """A release of people killed in 2014 and later, in the hub's own form."""
    rows = [
        f"{n},{2014 + n % 9}-03-{1 + n % 28:02},MINUSMA-2014-03-{n:05},MINUSMA,Fatality,M,Chad,Military,"
        "Malicious Act,148.0,TCD,2023-11-28"
        for n in range(1, PEOPLE + 1)
    ]
    return io.BytesIO("\r\n".join([HEADINGS, *rows, ""]).encode())


def written() -> list[int]:
    """How many rows an import has left behind, table by table."""
    return [model.objects.count() for model in (Incident, Casualty, CasualtyVersion, AnnualTally)]


def test_it_works(start_worker: Callable[[], RealWorker]) -> None:
    make_mission(acronym="MINUSMA")
    make_country(iso3="TCD", iso2="TD", m49="148")
    batch = intake.preview(intake.stage_upload(release(), name="release.csv", by_user=None))
    assert (batch.state, batch.new) == (ImportBatch.State.PREVIEWED, PEOPLE), batch.message

    intake.request_apply(batch)
    with transaction.atomic(), connection.cursor() as cursor:
        # The worker writes the people, and waits for us where their versions are written.
        cursor.execute("LOCK TABLE casualties_casualtyversion IN SHARE MODE")
        worker = start_worker()
        tasks.resume_import.delay(batch.pk)
        worker.wait_for(waits_for_a_lock, "the import comes to its write")
        worker.kill()

    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.APPLYING
    assert written() == [0, 0, 0, 0]

    # As if the time had passed after which a batch counts as silent.
    ImportBatch.objects.update(heartbeat_at=F("heartbeat_at") - timedelta(minutes=1))
    worker = start_worker()
    worker.wait_for(
        lambda: ImportBatch.objects.filter(state=ImportBatch.State.APPLIED).exists(), "the sweep resumes it"
    )
    worker.wait_for(trends_ready, "the windows of the import are built")
    assert Casualty.objects.count() == CasualtyVersion.objects.count() == PEOPLE
    windows = stored_windows("world", "", cause="", outcome="fatality", audience="released")
    assert windows["persons"].tolist()[0] == Casualty.objects.filter(year__lte=2018).count() > 0
