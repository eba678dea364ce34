"""manage.py derive_annual_counts RELEASE: make the table of annual counts that comes with the software."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from casualties.intake.bundle import FOLDER, BundleError, derive, table_text
from peacekeeping import commands


class Command(commands.Command):
    help = (
        "Derive the annual counts (year, mission, cause, personnel, nationality, persons; one person once) from a "
        "release of the UN's open data and write them as annual-counts-RELEASE_DATE.csv. Nothing else is changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("release", metavar="RELEASE", type=Path)
        parser.add_argument("--release-date", type=commands.iso_date, metavar="YYYY-MM-DD")
        parser.add_argument("--folder", type=Path, default=FOLDER, help="where to write (default: where it is read)")

    def handle(self, *, release: Path, release_date: date | None, folder: Path, **options: Any) -> None:
        try:
            with release.open("rb") as stream:
                released_on, counts = derive(stream, release.stat().st_size, release_date)
        except OSError as error:
            raise CommandError(f"{release}: {error.strerror}") from error
        except BundleError as error:
            raise CommandError(str(error)) from error
        target = folder / f"annual-counts-{released_on.isoformat()}.csv"
        target.write_text(table_text(counts, released_on), encoding="utf-8")
        people = sum(count.persons for count in counts)
        self.stdout.write(f"{target}: {len(counts):,} rows, {people:,} people.")
