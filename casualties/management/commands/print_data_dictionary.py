"""manage.py print_data_dictionary > docs/data-dictionary.md"""

from typing import Any

from django.core.management.base import BaseCommand

from casualties.exports.dictionary import data_dictionary


class Command(BaseCommand):
    help = "Print docs/data-dictionary.md from the columns of the files."

    def handle(self, **options: Any) -> None:
        self.stdout.write(data_dictionary(), ending="")
