"""Commands of the product do not wait for checks of pages that they never show, and read dates in one way."""

from argparse import ArgumentTypeError
from datetime import date

import pytest
from django.core.management import get_commands, load_command_class

from peacekeeping import commands

OURS = ("casualties", "missions")


def test_every_command_of_the_product_is_one() -> None:
    ours = {name: load_command_class(app, name) for name, app in get_commands().items() if app in OURS}
    assert "figure" in ours
    assert [name for name, command in ours.items() if not isinstance(command, commands.Command)] == []
    assert not any(command.requires_system_checks for command in ours.values())


@pytest.mark.parametrize("text", ["20231128", "2023-W48-2", "2023-11-31", "yesterday", "２０２３-11-28"])
def test_a_date_of_the_command_line_is_written_one_way(text: str) -> None:
    assert commands.iso_date("2023-11-28") == date(2023, 11, 28)
    with pytest.raises(ArgumentTypeError, match="is not a date"):
        commands.iso_date(text)
