"""Clusters: incidents, and not persons, as the unit of chance. Pure.

Several people die in one attack or one crash. The number of incidents may be taken as a Poisson count; the number of
persons is then compound Poisson: persons = sum of the sizes of the incidents, and its variance is estimated by the sum
of the squared sizes instead of the sum of the sizes. Their ratio is the dispersion, 1 where every incident struck one
person. Source of the model for deaths: S. R. Kegler, Applying the compound Poisson process model to the reporting of
injury-related mortality rates, Epidemiologic Perspectives & Innovations 4 (2007), 1.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from casualties.frames import INCIDENT, LARGEST, PERSONS, SQUARES
from casualties.trends.distinct import Floats, for_distinct, grouped, groups
from casualties.trends.rates import TAIL


def incident_sizes(persons: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Sum of the squared incident sizes, and the largest size, by the columns `by`: columns by + squares, largest.

    `persons` has the columns `by`, incident (any key) and persons, in any number of rows per incident. The size of an
    incident is the number of its persons in this frame. ValueError for persons without an incident: of such counts
    nobody knows how they cluster.
    """
    if persons[INCIDENT].isna().any():
        raise ValueError("persons without an incident: their clusters are not known")
    incidents = groups([persons[name] for name in (*by, INCIDENT)])
    sizes = incidents.sums(persons[PERSONS])
    struck = sizes > 0
    sizes = sizes[struck]
    if not by:
        return pd.DataFrame({SQUARES: [int((sizes * sizes).sum())], LARGEST: [int(sizes.max(initial=0))]})
    of_incidents = persons[[*by]].take(incidents.row[struck])
    found = grouped(of_incidents, by)
    return found.as_frame(of_incidents, by, {SQUARES: found.sums(sizes * sizes), LARGEST: found.largest(sizes)})


def dispersion(persons: npt.ArrayLike, squares: npt.ArrayLike) -> Floats:
    """Variance over mean of a clustered count: sum of squared sizes / sum of sizes; NaN where nobody was counted.

    It is also the size of the incident of the average person, and persons / dispersion is the number of equal
    incidents that would be as uncertain.
    """
    counted, squared = np.asarray(persons, dtype=np.float64), np.asarray(squares, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(counted > 0, squared / counted, np.nan), dtype=np.float64)


def clustered_interval(persons: npt.ArrayLike, squares: npt.ArrayLike, largest: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Lower and upper end of the 95% interval of counts that come in incidents; NaN where the sizes are not known.

    With y persons, v = sum of squared sizes and w = size of the largest incident (1 where there is none), the ends are
    (v / y) G(0.025; y^2 / v) and (v + w^2) / (y + w) G(0.975; (y + w)^2 / (v + w^2)), G the quantile of the gamma
    distribution of scale 1. Incidents of each size are taken as Poisson counts of their own, and the persons as their
    sum weighted by size. Source: M. P. Fay and E. J. Feuer, Confidence intervals for directly standardized rates:
    a method based on the gamma distribution, Statistics in Medicine 16 (1997), 791-801. With one person per incident
    it is Garwood's exact interval. ValueError for sizes that cannot belong to the counts.
    """
    y, v, w = (np.asarray(column, dtype=np.float64) for column in (persons, squares, largest))
    check_sizes(y, v, w)
    low, high = for_distinct(_fay_feuer, y, v, np.maximum(w, 1))
    return low, high


def _fay_feuer(y: Floats, v: Floats, w: Floats) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        low = v / y * special.gammaincinv(y * y / v, TAIL)
    low = np.where(y == 0, np.where(np.isnan(v), np.nan, 0.0), low)
    high = (v + w * w) / (y + w) * special.gammainccinv((y + w) ** 2 / (v + w * w), TAIL)
    return low, high


def check_sizes(persons: Floats, squares: Floats, largest: Floats) -> None:
    """ValueError where no incidents of whole persons can have these sums."""
    wrong = (persons < 0) | (squares < persons) | (squares > persons * largest) | (largest > persons)
    if wrong.any():
        first = np.argmax(np.ravel(wrong))
        count, squared, size = (float(np.ravel(column)[first]) for column in (persons, squares, largest))
        raise ValueError(f"no incidents have {count:g} persons, squares {squared:g} and a largest of {size:g}")
