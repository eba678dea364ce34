"""Two to six series beside each other on one scale: years, shares of causes, rates with intervals, windows."""

from casualties.charts.side_by_side.rates import rates_beside
from casualties.charts.side_by_side.series import Counted
from casualties.charts.side_by_side.shares import shares_side_by_side
from casualties.charts.side_by_side.windows import windows_side_by_side
from casualties.charts.side_by_side.years import years_side_by_side

__all__ = ["Counted", "rates_beside", "shares_side_by_side", "windows_side_by_side", "years_side_by_side"]
