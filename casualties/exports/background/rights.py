"""Whether somebody may still have what an export holds."""

from collections.abc import Mapping

from casualties.filters import Viewer
from casualties.models import Export


def rights_of(export: Export) -> Viewer:
    """Whose eyes the file is for: those of its owner when it was asked for, or made."""
    return Viewer(missions=None if export.missions is None else frozenset(export.missions))


def as_stored(viewer: Viewer) -> list[int] | None:
    """A viewer as an export keeps it."""
    return None if viewer.missions is None else sorted(viewer.missions)


def covers(now: Viewer, then: Viewer) -> bool:
    """Whether somebody sees now all that they saw then."""
    if now.missions is None:
        return True
    return then.missions is not None and then.missions <= now.missions


def what_was_lost(now: Viewer, then: Viewer, acronym_of: Mapping[int, str]) -> str:
    """The right by its name: "confirmed records before their release: MINUSMA, UNIFIL"."""
    if then.missions is None:
        where = "all missions"
    else:
        lost = then.missions - (now.missions or frozenset())
        where = ", ".join(sorted(acronym_of.get(mission, str(mission)) for mission in lost))
    return f"confirmed records before their release: {where}"
