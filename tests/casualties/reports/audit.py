"""Between which values a hidden figure can lie, for whoever reads the table: asked figure by figure."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy.optimize import linprog

from casualties.reports.disclosure import Sum

Key = tuple[int, int]
FAR = 10_000.0  # instead of no bound at all


def ranges(
    values: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: Collection[Key]
) -> dict[Key, tuple[float, float]]:
    """Smallest and largest value of each hidden figure: the sums are right, and a hidden figure is 1 or more."""
    keys = sorted(hidden)
    signs = np.array([[float(key in one.parts) - float(key == one.total) for key in keys] for one in sums])
    shown = [
        sum(values[key] for key in one.parts if key not in hidden)
        - (values[one.total] if one.total not in hidden else 0)
        for one in sums
    ]
    found = {}
    for place, key in enumerate(keys):
        wanted = np.zeros(len(keys))
        wanted[place] = 1.0
        ends = [
            linprog(sign * wanted, A_eq=signs, b_eq=-np.array(shown), bounds=(1, FAR), method="highs")
            for sign in (1, -1)
        ]
        found[key] = (round(ends[0].fun, 6), round(-ends[1].fun, 6))
    return found
