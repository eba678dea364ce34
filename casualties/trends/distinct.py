"""Quantiles are slow and a frame of windows has few different counts: compute once for each different row. Pure."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


def for_distinct(function: Callable[..., tuple[Floats, ...]], *columns: npt.ArrayLike) -> tuple[Floats, ...]:
    """function(*columns), whose answer for a row depends on this row alone, computed once for equal rows."""
    arrays = np.broadcast_arrays(*(np.asarray(column, dtype=np.float64) for column in columns))
    shape = arrays[0].shape
    flat = pd.DataFrame(dict(enumerate(array.ravel() for array in arrays)))
    row = flat.groupby(list(flat.columns), sort=False, dropna=False).ngroup().to_numpy()
    different = flat.iloc[np.unique(row, return_index=True)[1]]
    answers = function(*(different[name].to_numpy() for name in flat.columns))
    return tuple(np.asarray(answer, dtype=np.float64)[row].reshape(shape) for answer in answers)
