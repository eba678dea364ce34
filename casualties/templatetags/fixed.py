"""Parts of pages that are the same wherever they stand: written once for each language, not for each page or row."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def same_for_all(name: str) -> SafeString:
    """The template of that name, which takes nothing of its page, as the explanations and the foot do."""
    return _written(name, get_language())


@register.simple_tag
def signed_cause(cause: str) -> SafeString:
    """A cause with its sign, as _cause.html draws it."""
    return _written("casualties/_cause.html", get_language(), cause)


@register.simple_tag
def swatch(sign: str) -> SafeString:
    """The sign of a cause alone, as _swatch.html draws it in every language."""
    return _written("casualties/_swatch.html", None, sign)


@cache
def _written(name: str, language: str | None, cause: str = "") -> SafeString:
    return render_to_string(name, {"cause": cause})
