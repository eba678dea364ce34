"""From the real release to its published figures: windows, scopes, same days."""

import pandas as pd
import pytest

from casualties.counts import same_days
from casualties.filters import PUBLIC, select
from casualties.models import RebuildRun, TrendWindow
from casualties.trends.live import windows_for
from casualties.trends.rebuild import stored_windows
from missions.models import ImportBatch

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


def windows(series: str, key: str = "", cause: str = "malicious-act") -> pd.DataFrame:
    frame = stored_windows(series, key, cause=cause, outcome="fatality", audience="released")
    return frame.set_index("first_year", drop=False).rename_axis(None)


def test_it_works() -> None:
    """The database in which tests read the release was made by import and rebuild."""
    assert [batch.persons for batch in ImportBatch.objects.all()] == [4344]
    run = RebuildRun.objects.get()
    assert run.rows == TrendWindow.objects.count() > 50_000

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
    # Its rates; filled months (one in 2016, one in 2017) are covered, with their deaths. None of civilians,
    # nationalities, single types.
    for first, persons, years, months, rate, low, high in (
        (2014, 99, 55_649, 58, 1.78, 1.45, 2.17),
        (2013, 92, 47_218, 54, 1.95, 1.57, 2.39),
    ):
        window = minusma.loc[first].to_dict()
        assert [window["rate_persons"], round(window["person_years"]), window["months_covered"]] == [
            persons, years, months,
        ]  # fmt: skip
        assert [round(window[name], 2) for name in ("rate", "rate_low", "rate_high")] == [rate, low, high]
        assert window["months_filled"] == 2
    assert minusma.loc[2015, "no_rate"] == "months-not-covered"
    of_the_world = world.loc[2013].to_dict()
    assert [of_the_world["rate_persons"], round(of_the_world["person_years"])] == [190, 499_912]
    assert [round(of_the_world[name], 2) for name in ("rate", "rate_low_clustered", "rate_high_clustered")] == [
        0.38, 0.27, 0.55,
    ]  # fmt: skip
    assert round(of_the_world["dispersion"], 2) == 4.42
    assert set(windows("personnel", "military")["no_rate"]) == {"no-strength-of-the-group"}
    assert set(windows("personnel", "local-civilian")["no_rate"]) == {"civilians"}
    assert set(windows("contributor", "TCD")["no_rate"]) == {"no-strength-of-the-group"}

    # Local civilians, police and soldiers are people of the same world.
    parts = [windows("personnel", key, "") for key in ("military", "police", "military-observer",
             "international-civilian", "local-civilian", "other")]  # fmt: skip
    together = pd.concat(parts).groupby(level=0)["persons"].sum()
    assert together[2013] == windows("world", cause="").loc[2013, "persons"]

    # An umbrella is open when one of its parts is.
    unef = windows("mission", "UNEF", "")
    assert unef.index[unef["complete"]].tolist() == [*range(1956, 1964), 1973, 1974, 1975]
    assert windows("mission", "UNEF I", "").empty

    # Every named scope has the same record, and its own figure for the window that the press quoted.
    for scope, persons in (("all", 203), ("pko", 201), ("uniformed", 190), ("uniformed-pko", 190)):
        scoped = windows_for(select({"scope": scope, "cause": "malicious-act"}, PUBLIC)).set_index("first_year")
        assert scoped.loc[2013, "persons"] == persons, scope
        assert scoped.loc[2013, "rank"] == 5, scope
        assert scoped.index[scoped["record"]].tolist() == [1992], scope

    # The open year beside the same days of the years before it.
    for query, expected in (("", [94, 91, 116, 122, 92, 63]), ("cause=malicious-act", [27, 27, 11, 17, 29, 7])):
        assert same_days(select(query, PUBLIC))["persons"].tolist() == expected
