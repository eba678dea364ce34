"""manage.py prepare: what the database holds whatever the data are: tables, reference facts, published statements."""

from typing import Any

from django.core.management import call_command

from peacekeeping import commands

IN_ORDER = ("migrate", "load_reference", "load_statements")


class Command(commands.Command):
    help = (
        f"Bring the database to this version of the software: {', '.join(IN_ORDER)}, in one process, which is loaded "
        "once. Doing it again changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for name in IN_ORDER:
            said = {"interactive": False} if name == "migrate" else {}
            call_command(name, stdout=self.stdout, stderr=self.stderr, verbosity=options["verbosity"], **said)
