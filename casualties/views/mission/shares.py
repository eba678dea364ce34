"""The causes of a mission's people beside those of all other missions: what the chart and its file are made of."""

import pandas as pd

from casualties.choices import Cause
from casualties.counts import count
from casualties.filters import Selection
from casualties.frames import CAUSE, MISSION, PERSONS
from casualties.trends.shares import add_shares
from casualties.trends.yearly import OTHERS, SELECTED, WHOSE
from casualties.views.adding import sums
from casualties.views.mission.counts import MissionCounts


def shares_frame(known: MissionCounts, others: pd.DataFrame) -> pd.DataFrame:
    """Whose, cause, persons, of_all, share; a 0 is counted, and no share is given of fewer than 20 people."""
    beside = {SELECTED: sums(known.counts, CAUSE), OTHERS: sums(others, CAUSE)}
    rows = [(whose, cause, persons.get(cause, 0)) for whose, persons in beside.items() for cause in Cause.values]
    return add_shares(pd.DataFrame(rows, columns=[WHOSE, CAUSE, PERSONS]), within=[WHOSE])


def elsewhere(known: MissionCounts) -> pd.DataFrame:
    """People of all other missions by mission and cause, in the same years, under the same filters."""
    frame = count(world(known), [MISSION, CAUSE])
    return frame[~frame[MISSION].isin(known.members)]


def world(known: MissionCounts) -> Selection:
    """All missions under the same filters, in the years of this one."""
    return in_its_years(known, known.selection.change(mission=None, family=None))


def in_its_years(known: MissionCounts, selection: Selection) -> Selection:
    """A selection cut to the years that the mission's page shows; days that are asked for stay."""
    return selection if selection.by_day else selection.change(**{"from": known.axis[0], "to": known.axis[-1]})
