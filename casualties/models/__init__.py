"""What is kept: incidents, the people in them, what was known of them when, tallies and trend windows."""

from casualties.models.casualty import COUNTED_COLUMNS, COUNTED_VALUES, Casualty, CasualtyVersion
from casualties.models.incident import Incident
from casualties.models.tally import AnnualTally
from casualties.models.trend_window import RebuildRun, TrendWindow

__all__ = [
    "COUNTED_COLUMNS",
    "COUNTED_VALUES",
    "AnnualTally",
    "Casualty",
    "CasualtyVersion",
    "Incident",
    "RebuildRun",
    "TrendWindow",
]
