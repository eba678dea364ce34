"""What a reader can work out of a table with hidden figures, and what must be hidden with them so that nobody can.

The sums are known, and that a 0 is never hidden: every hidden figure is 1 or more. What cannot be told apart are the
tables of whole numbers that agree with what is shown. A move leads from one to another: hidden figures change, every
sum stays right, and no 1 becomes smaller. Moves one after the other are a move, and so is one made twice, so that one
linear programme answers for all figures at once. (In lines, columns and one level of sub-totals every move is put
together of moves by whole numbers: such sums are a network.)
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)
Figures = NDArray[np.float64]
_EXACT = 1e-11  # of squares of singular values; those of sums of figures are far from 0
_STILL = 1e-8
_MOVED = 0.01  # of a move by whole numbers, solved with a tolerance of 1e-7


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """A total and the parts that add up to it."""

    total: Key
    parts: tuple[Key, ...]


class Way(NamedTuple):
    """How the figure of a place may change in a move: by `sign` times `least` to `most`, each 1 of it at a cost."""

    place: int
    least: float = 0.0
    most: float = np.inf
    cost: float = 0.0
    sign: float = 1.0


def determined(values: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: Collection[Key]) -> list[Key]:
    """The hidden figures that are the same in every table that agrees with what is shown.

    A 1 that no move makes larger is as good as shown; of the others those are told that no change at all moves.
    """
    keys = sorted(hidden, key=repr)
    equations = _equations(sums, keys)
    stuck = _ones_that_cannot_grow([values[key] for key in keys], equations)
    left = equations.copy()
    left[:, sorted(stuck)] = 0.0
    moving = _moving(left)
    return [key for place, key in enumerate(keys) if place in stuck or not moving[place]]


def easing(
    values: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: Collection[Key], told: Collection[Key]
) -> set[Key]:
    """Further figures with which none of the told ones is told any longer: those of the cheapest move in which all of
    them grow. Small figures are cheaper than large ones, and parts than totals."""
    keys = sorted((key for key, value in values.items() if value), key=repr)
    totals = {found.total for found in sums}
    dear = sum(values.values())
    ways = []
    for place, key in enumerate(keys):
        if key in hidden:
            ways.append(Way(place, least=1.0 if key in told else 0.0 if values[key] == 1 else -np.inf))
        else:
            cost = float(values[key] + (dear if key in totals else 0))
            ways += [Way(place, cost=cost), Way(place, cost=cost, sign=-1.0)]
    moved = np.abs(_cheapest_move(ways, _equations(sums, keys))) > _MOVED
    return {key for key, moves in zip(keys, moved, strict=True) if moves and key not in hidden}


def _equations(sums: Sequence[Sum[Key]], keys: Sequence[Key]) -> Figures:
    """The sums as far as they are of these figures: a line for each, 1 for its parts and -1 for its total."""
    places = {key: place for place, key in enumerate(keys)}
    equations = np.zeros((len(sums), len(keys)))
    for line, found in enumerate(sums):
        equations[line, [places[key] for key in found.parts if key in places]] = 1.0
        if found.total in places:
            equations[line, places[found.total]] = -1.0
    return equations


def _ones_that_cannot_grow(figures: Sequence[int], equations: Figures) -> set[int]:
    """The places of the figures that are 1 in every table that agrees with what is shown.

    The move with the most ones that grow, each counted up to 1, shows every one that can grow.
    """
    ones = [place for place, figure in enumerate(figures) if figure == 1]
    others = [Way(place, least=-np.inf) for place, figure in enumerate(figures) if figure != 1]
    counted = [Way(place, most=1.0, cost=-1.0) for place in ones]
    change = _cheapest_move([*others, *counted, *map(Way, ones)], equations)
    return {place for place in ones if change[place] < _MOVED}


def _cheapest_move(ways: Sequence[Way], equations: Figures) -> Figures:
    """What each figure changes by in the cheapest of the moves that leave every sum right."""
    from scipy.optimize import linprog  # takes long to load, and only who hides figures needs it
    from scipy.sparse import csr_array

    change = np.zeros(equations.shape[1])
    if not ways:
        return change
    places, least, most, costs, signs = (np.array(column) for column in zip(*ways, strict=True))
    found = linprog(
        costs,
        A_eq=csr_array(equations)[:, places] * signs,
        b_eq=np.zeros(len(equations)),
        bounds=np.column_stack((least, most)),
        method="highs",
    )
    if found.x is None:
        raise RuntimeError(f"What the sums of a table tell was not found: {found.message}")
    np.add.at(change, places, found.x * signs)
    return change


def _moving(equations: Figures) -> NDArray[np.bool_]:
    """Of each figure whether a solution of the homogeneous equations moves it: the others are 0 in the null space.

    It is found from the normal matrix, whose size is that of the hidden figures and not that of the sums.
    """
    if not equations.shape[1]:
        return np.zeros(0, dtype=bool)
    sizes, basis = np.linalg.eigh(equations.T @ equations)
    still = (basis[:, sizes <= _EXACT * max(sizes[-1], 1.0)] ** 2).sum(axis=1)
    return np.asarray(still >= _STILL)
