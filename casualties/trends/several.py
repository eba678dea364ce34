"""Five-year windows of several series of one kind, with few questions for all: stored ones, and computed ones."""

from collections.abc import Sequence

import pandas as pd

from casualties.choices import Outcome
from casualties.filters import Selection
from casualties.frames import FIRST_YEAR, FULL_COLUMNS, MISSION, NATIONALITY
from casualties.trends.live import live_windows_apart, stored_series, windows_for
from casualties.trends.rebuild import built_version, windows_frame, windows_seen_by
from casualties.trends.series import ALL_CAUSES


def windows_of_each(selections: Sequence[Selection]) -> list[pd.DataFrame]:
    """windows_for() of each selection, in their order; all of one viewer and outcome. Raises as windows_for()."""
    for selection in selections:
        selection.refuse_problems()
    series = [stored_series(selection) for selection in selections]
    kinds = {found[0] if found else "" for found in series}
    first = selections[0] if selections else None
    causes = first.values.get("cause", ()) if first else ()
    audience = first.viewer.audience if first else None
    stored = len(kinds) == 1 and "" not in kinds and len(causes) <= 1 and audience is not None
    if not stored or first is None or audience is None or built_version() != first.basis.version:
        name = _differing(selections)
        return live_windows_apart(selections, name) if name else [windows_for(selection) for selection in selections]
    keys = [found[1] for found in series if found]
    rows = (
        windows_seen_by(audience)
        .filter(series=kinds.pop(), key__in=keys, cause=causes[0] if causes else ALL_CAUSES, outcome=first.outcome)
        .order_by(FIRST_YEAR)
    )
    frame = windows_frame(rows.values_list("key", *FULL_COLUMNS), ["key"])
    found = [frame.loc[frame["key"] == key, FULL_COLUMNS].reset_index(drop=True) for key in keys]
    return [windows_for(one) if own.empty else own for one, own in zip(selections, found, strict=True)]


def _differing(selections: Sequence[Selection]) -> str:
    """The one filter in which selections differ, a mission or country of each; blank where they are not so alike.

    Injuries that nobody recorded have no windows at all: windows_for() says so.
    """
    if len(selections) < 2 or any(
        selection.release is None or (selection.outcome == Outcome.INJURY and not selection.basis.injuries_recorded)
        for selection in selections
    ):
        return ""
    first = selections[0]
    for name, known in ((MISSION, first.basis.missions), (NATIONALITY, first.basis.countries)):
        rests = [{other: values for other, values in one.values.items() if other != name} for one in selections]
        words = [one.values.get(name, ()) for one in selections]
        if all(rest == rests[0] for rest in rests) and all(len(own) == 1 and own[0] in known for own in words):
            return name
    return ""
