"""What the statistics of windows are computed from: both sides of every rate, and the sizes of incidents. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from casualties.choices import UNIFORMED
from casualties.frames import CAUSE, INCIDENT, LARGEST, PERSONS, SQUARES
from casualties.trends.coverage import COVERAGE, Coverage, coverage_of, numerators
from casualties.trends.dispersion import incident_sizes
from casualties.trends.distinct import grouped, places
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


def by_group(people: pd.DataFrame, groups: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """The people of each group of causes, with the name of the group as their cause: one group after the other."""
    cause, words = pd.factorize(people[CAUSE].to_numpy())
    rows = [np.flatnonzero(np.array([word in group for word in words], dtype=bool)[cause]) for group in groups.values()]
    found = people.take(np.concatenate(rows)).reset_index(drop=True)
    found[CAUSE] = np.repeat(list(groups), [len(own) for own in rows])
    return found


def persons_by(people: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Persons by the columns `by`: columns by + persons."""
    found = grouped(people, by)
    return found.as_frame(people, by, {PERSONS: found.sums(people[PERSONS])})


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
    unknown = people[INCIDENT].isna().to_numpy()
    found = incident_sizes(people[~unknown] if unknown.any() else people, by)
    for name in (SQUARES, LARGEST):
        found[name] = found[name].astype("float64")
    if not unknown.any():
        return found
    gaps = people.loc[unknown, [*by]].drop_duplicates()
    known = found[places(found, gaps, by) < 0]
    return pd.concat([known, gaps.assign(**{SQUARES: np.nan, LARGEST: np.nan})], ignore_index=True)


def mark_uniformed(people: pd.DataFrame, strengths: pd.DataFrame) -> pd.DataFrame:
    """People of any personnel type with a column `coverage`; blank for those who are not uniformed."""
    coverage = coverage_of(people, strengths)
    coverage[~people["personnel"].isin(UNIFORMED).to_numpy()] = ""
    return people.assign(**{COVERAGE: pd.Series(coverage, index=people.index, dtype=object)})
