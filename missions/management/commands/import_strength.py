"""manage.py import_strength FILE: person-years out of a monthly strength file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from missions.management.problem_lines import as_object, problem_lines
from missions.models import ImportBatch
from missions.strength_import import Outcome, Verdict, Wishes, import_strength
from peacekeeping import commands

State = ImportBatch.State


class Command(commands.Command):
    help = (
        "Import monthly strengths: the UN data hub's DPO-UCHISTORICAL (CSV or JSON) or a plain CSV "
        "(docs/import-format.md). Exit code 0: applied, or nothing to do; 1: refused or stopped, with the reason."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="also replace years of which as many or more months are kept from another source",
        )
        parser.add_argument(
            "--accept-large-change", action="store_true", help="apply although the brake for broken files holds it"
        )
        parser.add_argument("--json", action="store_true", help="the outcome as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        wishes = Wishes(
            dry_run=options["dry_run"],
            replace=options["replace"],
            accept_large_change=options["accept_large_change"],
        )
        try:
            with file.open("rb") as stream:
                outcome = import_strength(stream, name=file.name, now=timezone.now(), wishes=wishes)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except KeyboardInterrupt:
            raise CommandError("interrupted; nothing was changed") from None
        self._tell(outcome, as_json=options["json"])

    def _tell(self, outcome: Outcome, *, as_json: bool) -> None:
        batch = outcome.batch
        good = batch.state in (State.APPLIED, State.DISCARDED)
        if as_json:
            self.stdout.write(json.dumps(_outcome(outcome), ensure_ascii=False))
        else:
            for line in problem_lines(batch):
                self.stderr.write(line)
            if good:
                self.stdout.write(batch.message)
        if not good:
            hint = " To apply it all the same: --accept-large-change." if batch.brakes else ""
            raise CommandError(f"{batch.message}{hint}")


def _outcome(outcome: Outcome) -> dict[str, Any]:
    """The outcome of an import for programs; new, same, changed and kept count mission-years."""
    return as_object(outcome.batch) | {"kept": outcome.verdicts[Verdict.KEPT]}
