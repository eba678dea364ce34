"""What can be chosen in a field, and the inside of its select element.

Written here and not in the template language: there are hundreds of missions and countries, and in a template they took
longer than the rest of a page with filters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class Option:
    """A choice: its value, and its label as plain text."""

    value: str
    label: str
    selected: bool = False
    disabled: bool = False


@register.simple_tag
def options(choices: Iterable[Option]) -> SafeString:
    """The choices, in their order."""
    return mark_safe("".join(map(_option, choices)))  # noqa: S308


def _option(choice: Option) -> str:
    selected = " selected" if choice.selected else ""
    disabled = " disabled" if choice.disabled else ""
    return f'<option value="{escape(choice.value)}"{selected}{disabled}>{escape(choice.label)}</option>'
