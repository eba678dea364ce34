"""manage.py api_client issue|revoke|list: the programs that may ask the API."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from missions.models import ApiClient, User, issue_client, revoke_client
from missions.models.api_client import USUAL_RATE
from peacekeeping import commands


class Command(commands.Command):
    help = "Issue a token for a client of the API (it is shown once), revoke one, or list them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="what", required=True)
        issue = ways.add_parser("issue")
        issue.add_argument("--name", required=True, help="what the program is")
        issue.add_argument("--owner", required=True, metavar="EMAIL", help="who answers for it")
        issue.add_argument("--scope", action="append", required=True, choices=ApiClient.Scope.values)
        issue.add_argument("--rate", type=int, default=USUAL_RATE, help="requests a minute")
        issue.add_argument("--expires", type=commands.iso_date, metavar="YYYY-MM-DD")
        revoke = ways.add_parser("revoke")
        revoke.add_argument("key", help="the second part of the token, as `list` shows it")
        ways.add_parser("list")

    def handle(self, *, what: str, **options: Any) -> None:
        if what == "issue":
            self._issue(options)
        elif what == "revoke":
            self._revoke(options["key"])
        else:
            for client in ApiClient.objects.select_related("owner"):
                state = (
                    "revoked" if client.revoked_at else f"until {client.expires_on}" if client.expires_on else "open"
                )
                self.stdout.write(f"{client.key}  {state}  {client.owner}  {','.join(client.scopes)}  {client.name}")

    def _issue(self, options: dict[str, Any]) -> None:
        owner = User.objects.filter(email=options["owner"].lower()).first()
        if owner is None:
            raise CommandError(f"there is no account {options['owner']}")
        expires_on = options["expires"]
        if expires_on is not None and expires_on < timezone.localdate():
            raise CommandError(f"--expires {expires_on}: lies in the past, so that the token could never be used")
        try:
            client, token = issue_client(
                name=options["name"],
                owner=owner,
                scopes=options["scope"],
                rate=options["rate"],
                expires_on=expires_on,
            )
        except ValidationError as error:
            raise CommandError(
                "; ".join(f"{name}: {', '.join(why)}" for name, why in error.message_dict.items())
            ) from error
        self.stderr.write(f"Issued {client}. The token is shown this once:")
        self.stdout.write(token)

    def _revoke(self, key: str) -> None:
        client = ApiClient.objects.filter(key=key).first()
        if client is None:
            raise CommandError(f"there is no client {key!r}; `manage.py api_client list` shows them")
        done = revoke_client(client, at=timezone.now())
        self.stdout.write(f"{client}: {'revoked' if done else 'was revoked before'}")
