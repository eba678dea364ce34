"""What the statistics of windows are computed from: both sides of every rate, and the sizes of incidents. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from casualties.choices import UNIFORMED
from casualties.frames import INCIDENT, LARGEST, SQUARES
from casualties.trends.coverage import COVERAGE, Coverage, mark_covered, numerators
from casualties.trends.dispersion import incident_sizes
from casualties.trends.rates import NoRate


@dataclass(frozen=True)
class Fractions:
    """The yearly frames that add_statistics() takes."""

    numerators: pd.DataFrame
    denominators: pd.DataFrame
    sizes: pd.DataFrame
    rate_sizes: pd.DataFrame


def fractions(people: pd.DataFrame, denominators: pd.DataFrame, by: Sequence[str]) -> Fractions:
    """The yearly frames by the columns `by`, year among them.

    `people` has the columns `by`, coverage (blank: not uniformed), incident (missing: annual counts) and persons;
    `denominators` is an answer of coverage.denominators() by the same columns or fewer.
    """
    covered = people[people[COVERAGE] == Coverage.COVERED.value]
    return Fractions(
        numerators=numerators(people[people[COVERAGE] != ""], by),
        denominators=denominators,
        sizes=_sizes(people, by),
        rate_sizes=_sizes(covered, by),
    )


def why_no_rate(personnel: Collection[str], *, of_a_group: bool) -> NoRate:
    """Why people chosen by personnel type (none: all types) or as a group (a nationality, a gender) have no rate.

    Strengths are recorded for all uniformed personnel of a mission together, so a rate needs all three types.
    """
    uniformed = {str(kind) for kind in UNIFORMED}
    if personnel and not uniformed & set(personnel):
        return NoRate.CIVILIANS
    if of_a_group or (personnel and not uniformed <= set(personnel)):
        return NoRate.NO_STRENGTH_OF_THE_GROUP
    return NoRate.NONE


def _sizes(people: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """incident_sizes(); missing for a year of a series in which somebody belongs to no incident."""
    unknown = people[INCIDENT].isna()
    found = incident_sizes(people[~unknown], by).astype({SQUARES: "float64", LARGEST: "float64"})
    if not unknown.any():
        return found
    gaps = people.loc[unknown, [*by]].drop_duplicates()
    found = found.merge(gaps, how="left", on=[*by], indicator="known")
    found = found[found["known"] == "left_only"].drop(columns="known")
    return pd.concat([found, gaps.assign(**{SQUARES: float("nan"), LARGEST: float("nan")})], ignore_index=True)


def mark_uniformed(people: pd.DataFrame, strengths: pd.DataFrame) -> pd.DataFrame:
    """People of any personnel type with a column `coverage`; blank for those who are not uniformed."""
    uniformed = people["personnel"].isin(UNIFORMED)
    marked = mark_covered(people[uniformed], strengths)
    return people.assign(**{COVERAGE: marked[COVERAGE].reindex(people.index, fill_value="").astype(object)})
