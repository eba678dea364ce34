"""A problem of an address in words for a page: what is wrong, what would be allowed, what was probably meant."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from casualties.filters import FilterProblem

LISTED = 30  # allowed values; of more there is a list to unfold


def in_words(problem: FilterProblem, ids: Mapping[str, str]) -> dict[str, Any]:
    """As templates/casualties/_refused.html takes it. `ids`: the form's element for each parameter."""
    words = f"{problem}."
    if meant := _meant(problem):
        words = _("%(words)s Did you mean %(meant)s?") % {"words": words, "meant": meant}
    return {
        "words": words,
        "allowed": ", ".join(problem.allowed),
        "folded": len(problem.allowed) if len(problem.allowed) > LISTED else None,
        "field": ids.get(problem.parameter, ""),
    }


def _meant(problem: FilterProblem) -> str:
    """The allowed word that is nearest to what was given, whatever its capitals; blank where none is near."""
    words = {allowed.lower(): allowed for allowed in problem.allowed}
    near = get_close_matches((problem.value or problem.parameter).lower(), words, n=1, cutoff=0.75)
    return words[near[0]] if near else ""
