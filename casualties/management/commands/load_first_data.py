"""manage.py load_first_data [--file F]: something to show on the first day."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from casualties import intake
from casualties.intake.bundle import BundleError
from casualties.intake.open_data import FILE_NAME, OpenDataError
from casualties.management.progress import ProgressLine
from missions.management.problem_lines import problem_lines
from missions.models import ImportBatch, current_release
from peacekeeping import commands

SECONDS = 10.0
State = ImportBatch.State


class Command(commands.Command):
    help = (
        "Load the given release; without one, where nothing is loaded yet, the UN's current release, or the annual "
        "counts that come with the software when it cannot be had within 10 seconds. Where there are data, do nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, metavar="F", help="a release or a file in the import format")

    def handle(self, *, file: Path | None, **options: Any) -> None:
        if file is not None:
            self._load_file(file)
            return
        there = current_release()
        if there is not None:
            what = "the annual counts" if there.annual_counts else "the release"
            self.stdout.write(f"Data are there already: {what} of {there.date.isoformat()}.")
        elif not self._load_open_data():
            self._load_bundle()

    def _load_file(self, file: Path) -> None:
        try:
            with file.open("rb") as stream:
                batch = intake.stage_upload(stream, name=file.name, by_user=None, origin="command")
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        batch = self._import(batch)
        if batch.state not in (State.APPLIED, State.DISCARDED):
            for line in problem_lines(batch):
                self.stderr.write(line)
            hint = " Look at it on the page Imports, and apply or discard it there." if batch.brakes else ""
            raise CommandError(f"{file.name}: {batch.message}{hint}")
        self.stdout.write(batch.message)

    def _load_open_data(self) -> bool:
        self.stdout.write("Asking for the UN's current release (10 seconds at most) ...")
        self.stdout.flush()
        try:
            body = intake.fetch_open_data(seconds=SECONDS)
        except OpenDataError as error:
            self.stdout.write(f"Not to be had: {error}.")
            return False
        with body:
            batch = intake.stage_upload(body, name=FILE_NAME, by_user=None, origin="first data")
        batch = self._import(batch)
        self.stdout.write(batch.message)
        return batch.state == State.APPLIED

    def _load_bundle(self) -> None:
        try:
            batch = intake.load_bundle()
        except BundleError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(batch.message)

    def _import(self, batch: ImportBatch) -> ImportBatch:
        progress = ProgressLine(self.stderr)
        try:
            return intake.import_at_once(batch, on_progress=progress)
        finally:
            progress.end()
