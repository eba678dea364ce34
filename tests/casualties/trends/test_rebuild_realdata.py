"""The rebuild on the real release: the published windows, for each named scope that is stored, in little time."""

import time

import pandas as pd
import pytest

from casualties.models import TrendWindow
from casualties.trends.rebuild import rebuild, stored_windows
from tests.casualties.trends.real_records import load_real_records

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]


def windows(series: str, key: str = "", cause: str = "malicious-act") -> pd.DataFrame:
    frame = stored_windows(series, key, cause=cause, outcome="fatality", audience="released")
    return frame.set_index("first_year", drop=False).rename_axis(None)


def test_it_works() -> None:
    load_real_records()
    started = time.perf_counter()
    (run,) = rebuild(asked_by="test")
    seconds = time.perf_counter() - started
    assert run.rows == TrendWindow.objects.count() > 100_000
    # About 1.5 s on two cores; the bound leaves room for whatever else runs there.
    print(f"{run.rows} rows in {seconds:.2f} s")
    assert seconds < 10, f"the rebuild took {seconds:.1f} s"

    world = windows("world")
    assert world["rank"].notna().sum() == 71
    assert world.loc[[1991, 1992, 1993, 2013, 2018], "persons"].tolist() == [251, 259, 248, 203, 127]
    assert world.loc[[1992, 2013], "rank"].tolist() == [1, 5]
    assert world.index[world["record"]].tolist() == [1992]
    assert [world.loc[2019].to_dict()[name] for name in ("persons", "would_be_rank", "provisional")] == [107, 21, True]

    assert windows("kind", "pko").loc[[1992, 2013], "persons"].tolist()[1] == 201
    assert windows("world", cause="illness").loc[2019, "persons"] == 305

    minusma = windows("mission", "MINUSMA")
    assert minusma.loc[minusma["complete"], "persons"].tolist() == [95, 102, 96, 90, 83, 74, 68]
    assert minusma.index[minusma["record"]].tolist() == [2014]
    # Local civilians, police and soldiers are people of the same world.
    parts = [windows("personnel", key, "") for key in ("military", "police", "military-observer",
             "international-civilian", "local-civilian", "other")]  # fmt: skip
    together = pd.concat(parts).groupby(level=0)["persons"].sum()
    assert together[2013] == windows("world", cause="").loc[2013, "persons"]

    # An umbrella is open when one of its parts is.
    unef = windows("mission", "UNEF", "")
    assert unef.index[unef["complete"]].tolist() == [*range(1956, 1964), 1973, 1974, 1975]
    assert windows("mission", "UNEF I", "").empty
