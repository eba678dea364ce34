"""manage.py print_data_dictionary > docs/data-dictionary.md"""

from typing import Any

from casualties.exports.dictionary import data_dictionary
from peacekeeping import commands


class Command(commands.Command):
    help = "Print docs/data-dictionary.md from the columns of the files."

    def handle(self, **options: Any) -> None:
        self.stdout.write(data_dictionary(), ending="")
