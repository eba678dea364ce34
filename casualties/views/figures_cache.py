"""What a page counted, kept until the data change.

An entry is keyed by the version of the data (and when it changed: after a restore the number comes back), by what the
viewer may see, by language, by the state of the code, and by the selection. It holds figures in words and HTML and
nothing of the reader. What was counted while the data changed is shown once and not kept.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from casualties.filters import Selection
from peacekeeping import keeping

T = TypeVar("T")
R = TypeVar("R", bound=HttpResponseBase)


def kept(name: str, selection: Selection, count: Callable[[], T], *, own: str = "") -> T:
    """The answer of `count`, from the cache where the same was asked before.

    `own` says the parameters of the page that are not of the selection.
    """
    basis = selection.basis

    def of_one_version(_found: T) -> bool:
        return basis.is_committed

    return keeping.kept(f"page:{key_of(name, selection, own)}", count, worth=of_one_version)


def for_reader(request: HttpRequest, response: R) -> R:
    """Browsers ask again each time; what a signed-in reader got is for him alone."""
    patch_cache_control(response, no_cache=True)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True)
    return response


def key_of(name: str, selection: Selection, own: str = "") -> str:
    """What tells an answer apart from all others (see above), as hexadecimal digits."""
    asked = "|".join(
        (
            name,
            selection.basis.state,
            selection.viewer.cache_key,
            str(get_language()),
            str(sorted(selection.fixed.items())),
            selection.query_string,
            own,
        )
    )
    return sha256(asked.encode()).hexdigest()
