"""manage.py load_reference: missions, countries and person-years from the project's own tables."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from missions.reference.load import TABLES, LoadCount, load_reference
from missions.reference.problems import ReferenceTableError
from peacekeeping import commands


class Command(commands.Command):
    help = "Load missions, countries and person-years from the project's own tables. Loading again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--tables",
            type=Path,
            default=TABLES,
            metavar="FOLDER",
            help="Folder with missions.csv, countries.csv and person_years.csv (default: those of the project).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = load_reference(options["tables"])
        except ReferenceTableError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from None
        for table, count in counts.items():
            self._say(table.replace("_", "-"), count)

    def _say(self, table: str, count: LoadCount) -> None:
        self.stdout.write(f"{table}: {count.added:,} added, {count.changed:,} changed, {count.unchanged:,} unchanged")
        for name in count.not_in_table:
            self.stdout.write(f"  {name} is in the database but not in the table; it was left as it is.")
        for name in count.other_source:
            self.stdout.write(f"  {name} has another source in the database; it was left as it is.")
