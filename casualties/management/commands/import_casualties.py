"""manage.py import_casualties FILE: preview and apply a file in this process."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from casualties import intake
from casualties.intake.mapping import DefinitionError, NamedMapping, kept_mapping, named
from casualties.management.progress import ProgressLine
from casualties.trends.rebuild import rebuild
from missions.management.problem_lines import as_object, problem_lines
from missions.models import ColumnMapping, ImportBatch
from peacekeeping import commands

State = ImportBatch.State


class Command(commands.Command):
    help = (
        "Import a release of the UN's open data (CSV or JSON), a file in this system's own format, or another CSV "
        "through a kept mapping of its columns (docs/import-format.md). Exit code 0: applied, or nothing to do; 1: "
        "refused or stopped, with the reason."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--release-date",
            type=commands.iso_date,
            metavar="YYYY-MM-DD",
            help="default: the single last_update of the file",
        )
        parser.add_argument(
            "--mapping", default="", metavar="NAME", help="read the columns through this kept mapping (page Imports)"
        )
        parser.add_argument(
            "--as-of", action="store_true", help="an older release: fill in what was known at its date, change nothing"
        )
        parser.add_argument(
            "--accept-large-change", action="store_true", help="apply although the brake for broken files holds it"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument("--json", action="store_true", help="the outcome as one JSON object")

    def handle(
        self,
        *,
        file: Path,
        release_date: date | None,
        mapping: str,
        as_of: bool,
        accept_large_change: bool,
        dry_run: bool,
        json: bool,
        **options: Any,
    ) -> None:
        through = kept_under(mapping) if mapping else None
        progress = ProgressLine(self.stderr)
        try:
            with file.open("rb") as stream:
                batch = intake.stage_upload(
                    stream,
                    name=file.name,
                    by_user=None,
                    release_date=release_date,
                    as_of=as_of,
                    origin="command",
                    mapping=through,
                )
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        try:
            if dry_run:
                batch = intake.preview(batch, on_progress=progress)
                if batch.state == State.PREVIEWED:
                    batch = intake.discard(batch, message=f"Only tried. {batch.message}")
            else:
                batch = intake.import_at_once(batch, accept_large_change=accept_large_change, on_progress=progress)
        except KeyboardInterrupt:
            # The database has forgotten what was under way; the row must not ask for it again.
            ImportBatch.objects.filter(pk=batch.pk).exclude(state=State.APPLIED).update(
                state=State.DISCARDED, message="Interrupted by hand; nothing was changed."
            )
            raise CommandError("interrupted; nothing was changed") from None
        finally:
            progress.end()
        if batch.state == State.APPLIED:
            rebuild(asked_by="import_casualties")
        self._tell(batch, as_json=json, accepted=accept_large_change)

    def _tell(self, batch: ImportBatch, *, as_json: bool, accepted: bool) -> None:
        # A file that was only tried is discarded either way; the brake would have stopped it.
        tried_and_stopped = batch.state == State.DISCARDED and bool(batch.brakes) and not accepted
        good = batch.state in (State.APPLIED, State.DISCARDED) and not tried_and_stopped
        if as_json:
            self.stdout.write(json.dumps(_outcome(batch), ensure_ascii=False))
        else:
            for line in problem_lines(batch):
                self.stderr.write(line)
            if batch.mapping:
                self.stderr.write(f"read through the mapping “{batch.mapping['name']}”")
            if good:
                self.stdout.write(batch.message)
        if not good:
            if batch.can_be_mapped and not batch.mapping:
                raise CommandError(
                    f"{batch.message} To map its columns: /imports/{batch.pk}/columns; or --mapping NAME."
                )
            stopped = tried_and_stopped or batch.state == State.PREVIEWED
            hint = " To apply it all the same: --accept-large-change." if stopped else ""
            raise CommandError(f"{batch.message}{hint}")


def kept_under(name: str) -> NamedMapping:
    """The kept mapping of that name. Raises CommandError that lists the names there are."""
    found = named(name)
    if found is None:
        names = ", ".join(ColumnMapping.objects.values_list("name", flat=True)) or "none is kept"
        raise CommandError(f"no mapping has the name {name}; there are: {names}")
    try:
        return kept_mapping(found)
    except DefinitionError as error:
        raise CommandError(f"the mapping {name} cannot be used: {error}") from error


def _outcome(batch: ImportBatch) -> dict[str, Any]:
    """The outcome of an import for programs."""
    return as_object(batch) | {
        "as_of": batch.as_of,
        "mapping": batch.mapping["name"] if batch.mapping else None,
        "persons": batch.persons,
        "gone": batch.gone,
        "returned": batch.returned,
        "changed_fields": batch.changed_fields,
    }
