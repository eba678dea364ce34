"""The part of a page that says the rates of its five-year windows."""

from typing import Any

import pandas as pd

from casualties.charts.rate_tables import has_rates, rate_notes, rate_sentence, rates_by_window
from casualties.filters import Selection
from casualties.frames import CAUSE
from casualties.views.addresses import trends_csv_url


def rates(frame: pd.DataFrame, cause: str, selection: Selection) -> dict[str, Any]:
    """Context of _rates.html for one cause of a frame of windows."""
    outcome = selection.outcome
    by_cause = CAUSE in frame.columns and frame[CAUSE].nunique() > 1
    return {
        "rates": {
            "table": rates_by_window(frame, cause, outcome=outcome) if has_rates(frame, cause) else None,
            "sentence": rate_sentence(frame, cause, outcome=outcome),
            "notes": rate_notes(frame, cause, outcome=outcome),
            "csv_url": trends_csv_url(selection, by_cause=by_cause),
        }
    }
