"""Sentences out of parts, some of which may be HTML: a number that leads to the people behind it.

A sentence without such a part stays plain text, so that files, briefs and descriptions of charts get no markup.
"""

from collections.abc import Mapping
from html import unescape
from typing import Any

from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import SafeString


def filled(template: str, facts: Mapping[str, Any]) -> str:
    """`template % facts`; where a fact is HTML, everything else is escaped and the sentence is HTML too."""
    if not any(isinstance(fact, SafeString) for fact in facts.values()):
        return template % facts
    return SafeString(conditional_escape(template) % {name: conditional_escape(fact) for name, fact in facts.items()})


def joined(*parts: str, separator: str = " ") -> str:
    """Parts one after the other, empty ones left out; HTML where one of them is."""
    kept = [part for part in parts if part]
    if not any(isinstance(part, SafeString) for part in kept):
        return separator.join(kept)
    return SafeString(conditional_escape(separator).join(conditional_escape(part) for part in kept))


def as_text(sentence: str) -> str:
    """A sentence without its links, for paper."""
    return unescape(strip_tags(sentence)) if isinstance(sentence, SafeString) else sentence
