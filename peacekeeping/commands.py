"""What the product's own management commands start from."""

from django.core.management import base


class Command(base.BaseCommand):
    """Without Django's checks of the whole site: they import every page, which takes longer than most commands.

    `make lint` runs them, and so does `manage.py check`.
    """

    requires_system_checks = ()
