"""manage.py load_statements: the register of published statements from the project's own table."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from casualties.statements import TableError, load_statements
from casualties.statements.table import TABLE
from peacekeeping import commands


class Command(commands.Command):
    help = (
        "Load the published statements that come with the software (load_reference goes before it). Loading again "
        "changes nothing. They are checked by the worker, after the next rebuild or when it looks for work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--table", type=Path, default=TABLE, metavar="FILE", help="Another table of statements.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load = load_statements(options["table"])
        except TableError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from None
        self.stdout.write(f"statements: {load.added:,} added, {load.changed:,} changed, {load.unchanged:,} unchanged")
        for key in load.edited:
            self.stdout.write(f"  {key} was edited here; it was left as it is.")
