"""Figures as one JSON object that says what they are: the same from `manage.py figure --json` and from the API."""

from typing import Any

import pandas as pd

from casualties.filters import Selection, in_words


def figures_answer(frame: pd.DataFrame, selection: Selection) -> dict[str, Any]:
    """{"figures": one object per row of the frame, ...} and what_it_is()."""
    return {"figures": frame.to_dict("records"), **what_it_is(selection)}


def what_it_is(selection: Selection) -> dict[str, Any]:
    """The selection in words, its scope, the date it is known at, and the version of the data. It has a release."""
    return {
        "selection": in_words(selection),
        "scope": str(selection.scope),
        "known_at": selection.known_at.isoformat() if selection.known_at else None,
        "data_version": selection.basis.version,
    }
