"""The part of a page that says the rates of its five-year windows."""

from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from casualties.charts.embed import sentences
from casualties.charts.rate_tables import has_rates, rate_notes, rate_sentence, rates_by_window
from casualties.charts.window_titles import line_of
from casualties.filters import Selection
from casualties.frames import CAUSE
from casualties.views.addresses import trends_csv_url
from casualties.views.linked import windows_linked
from casualties.views.revised_marks import revised_in


def rates(frame: pd.DataFrame, cause: str, selection: Selection) -> dict[str, Any]:
    """Context of _rates.html for one cause of a frame of windows."""
    outcome = selection.outcome
    by_cause = CAUSE in frame.columns and frame[CAUSE].nunique() > 1
    table = None
    if has_rates(frame, cause):
        table = rates_by_window(frame, cause, outcome=outcome)
        table = windows_linked(table, line_of(frame, cause), selection, revised_in(selection))
    notes = rate_notes(frame, cause, outcome=outcome)
    if table and selection.basis.known_at:
        notes = sentences(notes, _("Person-years are those held now: they are not kept by date."))
    return {
        "rates": {
            "table": table,
            "sentence": rate_sentence(frame, cause, outcome=outcome),
            "notes": notes,
            "csv_url": trends_csv_url(selection, by_cause=by_cause),
        }
    }
