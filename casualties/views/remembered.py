"""Answers that a process keeps while the data stand: pages ask for them again and again."""

from collections.abc import Callable
from typing import Any, TypeVar

from casualties.filters import Selection
from casualties.views.addresses import everywhere

MOST = 384
NOTHING: Any = object()  # an answer may be None
T = TypeVar("T")
# The reading of the data that the answers rest on, and the answers. What is read of missions or countries would not do:
# it stays when people are added.
_remembered: tuple[object, dict[tuple[object, ...], Any]] = (None, {})


def remembered(selection: Selection, what: str, find: Callable[[], T]) -> T:
    """The answer of `find` about a selection; `what` names the question. It must move with the data's version alone."""
    global _remembered  # noqa: PLW0603 - one place for the process, exchanged as a whole
    basis = selection.basis
    reading, answers = _remembered  # looked at once: other threads exchange and clear it at any moment
    if reading is not basis.reading:
        answers = {}
        _remembered = (basis.reading, answers)
    key = (what, selection.viewer.cache_key, basis.newest, everywhere(selection).query_string)
    found: T = answers.get(key, NOTHING)
    if found is NOTHING:
        found = find()
        if len(answers) >= MOST:
            answers.clear()
        answers[key] = found
    return found
