"""The people behind the caveat on reporting delay, as a file."""

import pandas as pd

from casualties.exports.columns import PEOPLE
from casualties.filters import Selection
from casualties.trends.reporting_delay import months_later, registered, reporting_delay

CELLS = ("reference", "incident", "mission", "date", "year", "cause", "persons")
LATE_COLUMNS = [*CELLS, "registered", "months_later"]


def late_registrations_frame(selection: Selection) -> tuple[Selection, pd.DataFrame]:
    """Those of reporting_delay() who were registered in a later month, latest incident first.

    Before them the selection with the years that were looked at. `registered` is the month that the reference names.
    """
    delay = reporting_delay(selection)
    period = {"from": delay.first_year, "to": delay.last_year, "date_from": None, "date_to": None}
    told = selection.change(**period)
    columns = {column.name: column for column in PEOPLE}
    cells = {f"cell_{name}": columns[name].cell(told) for name in CELLS}
    rows = registered(told).order_by("-occurred_on", "-pk").annotate(**cells)
    found = []
    for *values, month, day in rows.values_list(*cells, "registered", "occurred_on"):
        later = months_later(month, day.year, day.month)
        if later > 0:
            found.append((*values, month, later))
    return told, pd.DataFrame(found, columns=LATE_COLUMNS)
