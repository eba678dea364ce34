"""A problem of an address in words for a page: what is wrong, what would be allowed, what was probably meant."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from casualties.filters import FilterProblem

LISTED = 20


def in_words(problem: FilterProblem, ids: Mapping[str, str]) -> dict[str, Any]:
    """As templates/casualties/_refused.html takes it. `ids`: the form's element for each parameter."""
    words = f"{problem}."
    meant = get_close_matches((problem.value or problem.parameter).lower(), problem.allowed, n=1, cutoff=0.75)
    if meant:
        words = _("%(words)s Did you mean %(meant)s?") % {"words": words, "meant": meant[0]}
    allowed = ", ".join(problem.allowed[:LISTED])
    if len(problem.allowed) > LISTED:
        allowed = _("%(allowed)s and %(n)s more") % {"allowed": allowed, "n": len(problem.allowed) - LISTED}
    return {"words": words, "allowed": allowed, "field": ids.get(problem.parameter, "")}
