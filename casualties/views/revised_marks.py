"""Which figures of a page carry an r, asked once for a version of the data and a selection."""

from collections.abc import Mapping
from typing import Any

from casualties.filters import Selection
from casualties.trends.revised import Revised, revised
from casualties.views.addresses import everywhere

REMEMBERED = 64
# As in casualties.views.delay_note: the missions of a version (one object as long as the process knows the version) and
# what was found for it. Pages ask again and again, and the answer moves with the version alone.
_remembered: tuple[Mapping[str, Any], dict[tuple[str, str], Revised]] = ({}, {})


def revised_in(selection: Selection) -> Revised:
    """What was published of the selection when its years were closed, beside what stands."""
    global _remembered  # noqa: PLW0603 - one place for the process, exchanged as a whole
    if _remembered[0] is not selection.basis.missions:
        _remembered = (selection.basis.missions, {})
    found = _remembered[1]
    key = (selection.viewer.cache_key, everywhere(selection).query_string)
    if key not in found:
        if len(found) >= REMEMBERED:
            found.clear()
        found[key] = revised(selection)
    return found[key]
