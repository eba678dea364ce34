"""manage.py first_account: the first administrator, so that somebody can sign in and make the other accounts."""

import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import transaction
from django.utils import timezone

from missions.models import Posting, Role, User
from peacekeeping import commands


class Command(commands.Command):
    help = "Make an administrator with a generated password when there is no account yet; say where it is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", default="administrator@example.org")

    def handle(self, *, email: str, **options: Any) -> None:
        try:
            User._meta.get_field("email").clean(email, None)
        except ValidationError as error:
            raise CommandError(f"--email {email}: {' '.join(error.messages)}") from None
        note = Path(settings.STATE_DIR) / "first-sign-in.txt"
        if User.objects.exists():
            if note.exists():
                self.stdout.write(f"Sign-in: see {note} (delete that file once the password is changed)")
            return
        password = secrets.token_urlsafe(12)
        # The note first: an account whose password nobody can read would shut everybody out.
        note.parent.mkdir(parents=True, exist_ok=True)
        note.touch(mode=0o600)
        note.write_text(f"{email}\n{password}\n", encoding="utf-8")
        with transaction.atomic():
            user = User.objects.create_superuser(email, password)
            user.groups.set(Group.objects.filter(name__in=[Role.ADMINISTRATOR, Role.DATA_MANAGER]))
            for role in (Role.ADMINISTRATOR, Role.DATA_MANAGER):
                Posting.objects.create(user=user, role=role, valid_from=timezone.localdate())
        self.stdout.write(f"Sign-in: {email}  password: {password}")
