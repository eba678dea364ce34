"""What Celery runs: ids in, stages in order. Rules are in the stages.

Every task may be lost, repeated or run twice at once: what was asked for is in the database (an import's row, the
version of the data), the stages hold their own locks, and the sweep starts again what nobody works on. No task waits
for another one: there are two processes, and whoever waits would keep one of them from everything else.
"""

from celery import Task, shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casualties import briefs, intake, statements
from casualties.exports import background
from casualties.filters import load_basis
from casualties.reports.mailing import send_due_mails
from casualties.trends.rebuild import is_rebuilding, rebuild_is_due, rebuild_unless_under_way
from casualties.trends.stored_tests import rebuild_trend_tests, trend_tests_due
from missions.models import ImportBatch
from peacekeeping import temporary_files


@shared_task
def run_import(batch_id: int) -> None:
    """Read a file that came in, and record what it would change."""
    intake.preview(ImportBatch.objects.get(pk=batch_id))


@shared_task
def resume_import(batch_id: int) -> None:
    """Do the step that an import waits for: one that a page has asked to apply, or that was lost with its worker; then
    bring the trends up to date."""
    _rebuild_after(intake.resume(ImportBatch.objects.get(pk=batch_id)))


@shared_task
def sync_open_data() -> None:
    """Fetch the hub's current release and apply it, unless it changes so much that somebody has to agree."""
    _rebuild_after(intake.sync_open_data())


@shared_task
def rebuild_trends(asked_by: str, *, even_if_built: bool = False) -> None:
    """Bring the stored windows to the current data and rules; then published statements are checked again, and the
    tests of trend, which nobody waits for, are computed last. While somebody is at it, it is left to them."""
    if not rebuild_unless_under_way(asked_by=asked_by, even_if_built=even_if_built) and not even_if_built:
        return  # whoever is at it sends what follows
    briefs.forget_other_versions(load_basis().version)
    check_statements.delay(even_if_checked=True)
    find_trends.delay(even_if_built=even_if_built)


@shared_task
def check_statements(*, even_if_checked: bool = False) -> None:
    """Hold the published statements against the current data."""
    statements.check_statements(even_if_checked=even_if_checked)


@shared_task
def find_trends(*, even_if_built: bool = False) -> None:
    """Test every series of the current data for a trend, once its windows are stored."""
    rebuild_trend_tests(even_if_built=even_if_built)


@shared_task
def make_brief(version: int, key: str) -> None:
    """Lay out the brief that was asked for."""
    briefs.make(briefs.request_of(version, key))


@shared_task
def make_exports() -> None:
    """Make the export that waits longest; the next one is a task of its own, so that others come in between."""
    if background.make_next(on=timezone.localdate()):
        make_exports.delay()


@shared_task
def forget_exports() -> None:
    """Remove the files of exports whose time is over, and temporary files that were lost with their process."""
    background.forget_expired(timezone.now())
    temporary_files.forget_lost(timezone.now())


@shared_task
def mail_reports() -> None:
    """Send the mails about saved reports that are due; what was sent is in the database."""
    send_due_mails(timezone.now())


@shared_task
def sweep() -> None:
    """Start again what was recorded and is not being worked on: imports, exports, windows, statements, tests.

    Its messages end with the next sweep, so that they do not pile up while the worker is busy.
    """
    for batch in intake.pending_batches():
        _send_until_next_sweep(resume_import, batch.pk)
    if background.exports_are_waiting():
        _send_until_next_sweep(make_exports)
    if is_rebuilding():
        return  # statements and tests follow the windows
    if rebuild_is_due():
        _send_until_next_sweep(rebuild_trends, asked_by="sweep")
        return
    if statements.statements_due():
        _send_until_next_sweep(check_statements)
    if trend_tests_due():
        _send_until_next_sweep(find_trends)


def _send_until_next_sweep(task: "Task[..., None]", *args: object, **kwargs: object) -> None:
    task.apply_async(args, kwargs, expires=settings.SWEEP_SECONDS)


def _rebuild_after(batch: ImportBatch) -> None:
    if batch.state == ImportBatch.State.APPLIED:
        transaction.on_commit(lambda: rebuild_trends.delay(asked_by=f"import {batch.pk}"))
