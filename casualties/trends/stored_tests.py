"""Tests of trend of every series, computed by a task and stored; and those of any selection.

A regression needs a library that takes seconds to load and milliseconds per test: no page of a stored series waits for
either. What is stored is of one version of the data and of the rules; while it is not that of the current ones, and for
selections that are no stored series, the same functions answer live.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from django.db import transaction
from django.db.models import Max

from casualties.choices import Audience
from casualties.filters import Selection
from casualties.frames import CAUSE, NO_RATE, PERSON_YEARS, PERSONS, RATE_PERSONS, YEAR
from casualties.models import SeriesTests, TrendWindow
from casualties.trends.cause_tests import CauseTest, as_words, cause_tests, from_words, without_closed
from casualties.trends.coverage import mission_strengths
from casualties.trends.fractions import mark_uniformed
from casualties.trends.live import stored_series
from casualties.trends.rebuild import Source, built_version, read_source, trends_ready, windows_seen_by
from casualties.trends.rules import rules_fingerprint
from casualties.trends.series import CAUSES, SeriesYears, years_of_series
from casualties.trends.spans import SERIES_KEY
from casualties.trends.yearly_rates import YEARLY_COLUMNS, add_yearly_rates
from missions.models import DataVersion
from peacekeeping.session_locks import held_numbers, hold

TURN = 7_301_105  # with 0: somebody is testing the series
Window = tuple[int, int]


def trend_tests_due() -> bool:
    """Whether the windows of the current data are stored, the tests of their series are not, and nobody is at it."""
    return 0 not in held_numbers(TURN) and _is_due()


def _is_due() -> bool:
    return trends_ready() and TrendWindow.objects.exists() and not _stored().exists()


def rebuild_trend_tests(*, even_if_built: bool = False) -> int:
    """Test every series of the current data and store the answers, all at once; how many series were stored.

    0 where they are stored already, while the windows are not, or while somebody else is at it: the sweep asks again.
    """
    with hold(TURN, 0) as mine:
        if not mine or not (_is_due() or (even_if_built and trends_ready())):
            return 0
        source = read_source()
        if built_version() != source.data_version:  # the data moved: their last windows are not stored yet
            return 0
        rows = list(_tested(source))
        with transaction.atomic():
            if DataVersion.current() != source.data_version:
                return 0
            SeriesTests.objects.all().delete()
            SeriesTests.objects.bulk_create(rows)
        return len(rows)


def stored_tests(selection: Selection) -> list[CauseTest] | None:
    """The stored tests of a selection, whatever its cause and period; None where it is no stored series of now.

    Raises SelectionRefused.
    """
    selection.refuse_problems()
    series, audience = stored_series(selection), selection.viewer.audience
    if series is None or audience is None:
        return None
    kept = _stored(selection.basis.version).filter(
        series=series[0], key=series[1], outcome=selection.outcome, audience=audience
    )
    tests = kept.values_list("tests", flat=True).first()
    return None if tests is None else from_words(tests)


def _stored(version: int | None = None) -> Any:
    version = DataVersion.current() if version is None else version
    return SeriesTests.objects.filter(data_version=version, rules=rules_fingerprint())


def _tested(source: Source) -> Iterator[SeriesTests]:
    """A row per series of the source. Audiences that see the same figures share the work."""
    if source.release is None:
        return
    strengths = mission_strengths(source.strengths, known_until=source.release.date)
    known = years_of_series(
        source.tally,
        mark_uniformed(source.people, strengths),
        strengths,
        source.missions,
        last_covered_year=source.release.last_covered_year,
    )
    windows = _last_windows()
    is_open = source.release.last_year_is_provisional
    open_year = source.release.last_covered_year if is_open else None
    answers: dict[tuple[bytes, Window | None], list[dict[str, Any]]] = {}
    for key, yearly in _yearly_frames(known, open_year):
        window = windows.get(key)
        same = (_fingerprint(yearly), window)
        if same not in answers:
            answers[same] = as_words(cause_tests(yearly, window))
        audience, outcome, series, name = key
        yield SeriesTests(
            series=series,
            key=name,
            outcome=outcome,
            audience=audience,
            data_version=source.data_version,
            rules=rules_fingerprint(),
            tests=answers[same],
        )


def _yearly_frames(known: SeriesYears, open_year: int | None) -> Iterator[tuple[tuple[str, ...], pd.DataFrame]]:
    """Key (SERIES_KEY) and yearly frame of every series; all of them are made at once, which is faster."""
    spans = known.spans.assign(**{NO_RATE: known.reasons.astype(object)})
    years = [range(int(first), int(last) + 1) for first, last in spans[["first_year", "last_year"]].to_numpy()]
    wanted = spans[["span", NO_RATE]].loc[spans.index.repeat(len(CAUSES))].reset_index(drop=True)
    wanted["row"] = wanted.index
    wanted[YEAR] = pd.Series([years[row // len(CAUSES)] for row in range(len(wanted))], dtype=object)
    wanted = wanted.explode(YEAR, ignore_index=True).astype({YEAR: "int64"})
    parts = known.parts
    found = add_yearly_rates(
        wanted, known.counts, parts.numerators, parts.denominators, by=["row"], provisional_year=open_year
    )
    found[CAUSE] = np.array(CAUSES, dtype=object)[found["row"].to_numpy() % len(CAUSES)]
    frames = dict(iter(found[["span", *YEARLY_COLUMNS]].groupby("span", sort=False)))
    for *key, span, closed in spans[[*SERIES_KEY, "span", "closed_years"]].itertuples(index=False, name=None):
        yield tuple(str(part) for part in key), without_closed(frames[span], closed)


def _last_windows() -> dict[tuple[str, ...], Window]:
    """By SERIES_KEY, the last complete window that is not provisional, where there is one."""
    found: dict[tuple[str, ...], Window] = {}
    for audience in Audience.values:
        closed = windows_seen_by(audience).filter(cause="", complete=True, provisional=False)
        rows = closed.values_list("outcome", "series", "key").annotate(last=Max("last_year"))
        found |= {(audience, *key): (last - 4, last) for *key, last in rows}
    return found


def _fingerprint(yearly: pd.DataFrame) -> bytes:
    """What the tests of a yearly frame depend on."""
    numbers = yearly[[YEAR, PERSONS, RATE_PERSONS, PERSON_YEARS]].to_numpy(dtype=np.float64, na_value=-1.0)
    return np.ascontiguousarray(numbers).tobytes() + "|".join(yearly[NO_RATE]).encode()
