"""manage.py figure QUERYSTRING: the number behind a sentence, through the same selection and counting as the pages."""

from argparse import ArgumentParser
from json import dumps
from typing import Any

from django.core.management.base import CommandError

from casualties.counts import DIMENSIONS, MEASURES, NotAvailable, count
from casualties.exports.answers import figures_answer
from casualties.filters import EVERYTHING, PUBLIC, SelectionRefused, select
from peacekeeping import commands


class Command(commands.Command):
    help = "Print the figures of a selection, as released to readers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "query", metavar="QUERYSTRING", help="as in an address: cause=malicious-act&from=2013&to=2017"
        )
        parser.add_argument("--by", default="", help=f"comma-separated dimensions: {', '.join(DIMENSIONS)}")
        parser.add_argument("--measure", default="persons", choices=MEASURES)
        parser.add_argument(
            "--confirmed", action="store_true", help="count confirmed records that are not released, too"
        )
        parser.add_argument("--json", action="store_true", help="with the selection in words, scope, date and version")

    def handle(self, *, query: str, by: str, measure: Any, confirmed: bool, json: bool, **options: Any) -> None:
        selection = select(query.removeprefix("?"), EVERYTHING if confirmed else PUBLIC)
        if selection.release is None:
            raise CommandError("no data are loaded: import a release first (manage.py import_casualties FILE)")
        dimensions = [name.strip() for name in by.split(",") if name.strip()]
        try:
            frame = count(selection, dimensions, measure=measure)
        except SelectionRefused as refused:
            lines = [
                f"{problem}. Allowed: {', '.join(problem.allowed)}" if problem.allowed else f"{problem}."
                for problem in refused.problems
            ]
            raise CommandError("\n".join(lines)) from refused
        except (NotAvailable, ValueError) as reason:
            raise CommandError(str(reason)) from reason
        if json:
            answer = figures_answer(frame, selection)
            self.stdout.write(dumps(answer, default=str, ensure_ascii=False, indent=1))
        elif dimensions or len(frame) > 1:
            self.stdout.write(frame.to_string(index=False))
        else:
            self.stdout.write(str(int(frame[measure].sum())))
