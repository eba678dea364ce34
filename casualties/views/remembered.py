"""Answers that a process keeps while the data stand: pages ask for them again and again."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from casualties.filters import Selection
from casualties.views.addresses import everywhere

MOST = 384
T = TypeVar("T")
# The missions of a version of the data (one object as long as the process knows the version), and the answers for it.
_remembered: tuple[Mapping[str, Any], dict[tuple[object, ...], Any]] = ({}, {})


def remembered(selection: Selection, what: str, find: Callable[[], T]) -> T:
    """The answer of `find` about a selection; `what` names the question. It must move with the data's version alone."""
    global _remembered  # noqa: PLW0603 - one place for the process, exchanged as a whole
    basis = selection.basis
    if _remembered[0] is not basis.missions:
        _remembered = (basis.missions, {})
    answers = _remembered[1]
    key = (what, selection.viewer.cache_key, basis.release, everywhere(selection).query_string)
    if key not in answers:
        if len(answers) >= MOST:
            answers.clear()
        answers[key] = find()
    found: T = answers[key]
    return found
