"""Commands of the product do not wait for checks of pages that they never show."""

from django.core.management import get_commands, load_command_class

from peacekeeping import commands

OURS = ("casualties", "missions")


def test_every_command_of_the_product_is_one() -> None:
    ours = {name: load_command_class(app, name) for name, app in get_commands().items() if app in OURS}
    assert "figure" in ours
    assert [name for name, command in ours.items() if not isinstance(command, commands.Command)] == []
    assert not any(command.requires_system_checks for command in ours.values())
