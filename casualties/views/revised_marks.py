"""Which figures of a page carry an r, asked once for a version of the data and a selection."""

from casualties.filters import Selection
from casualties.trends.revised import Revised, revised
from casualties.views.remembered import remembered


def revised_in(selection: Selection) -> Revised:
    """What was published of the selection when its years were closed, beside what stands."""
    return remembered(selection, "revised", lambda: revised(selection))
