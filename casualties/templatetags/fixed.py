"""Parts of every page that say the same to everybody, as the explanations and the foot do."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def same_for_all(name: str) -> SafeString:
    """The template of that name, which takes nothing of its page: written once for each language, not once a page."""
    return _written(name, get_language())


@cache
def _written(name: str, language: str | None) -> SafeString:
    return mark_safe(render_to_string(name).strip())  # noqa: S308 - what a template writes is safe
