"""What the product's own management commands start from."""

import re
from argparse import ArgumentTypeError
from datetime import date

from django.core.management import base


class Command(base.BaseCommand):
    """Without Django's checks of the whole site: they import every page, which takes longer than most commands.

    `make lint` runs them, and so does `manage.py check`.
    """

    requires_system_checks = ()


def iso_date(text: str) -> date:
    """A date of the command line, written as YYYY-MM-DD and in no other of the ways of ISO 8601."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a date (YYYY-MM-DD)") from None
