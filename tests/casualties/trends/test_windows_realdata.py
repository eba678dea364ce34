"""The published windows of the release of 28 November 2023."""

import pandas as pd
import pytest

from casualties.trends.windows import disjoint_highest
from tests.casualties.trends.release_file import by_year, people
from tests.casualties.trends.test_disjoint_highest import of_frame
from tests.casualties.trends.windows_of import five_year_windows

pytestmark = pytest.mark.realdata


def world(cause: str | None = None) -> pd.DataFrame:
    chosen = people() if cause is None else people()[people()["cause"] == cause]
    frame = five_year_windows(by_year(chosen), first_year=1948, last_covered_year=2023, last_year_provisional=True)
    return frame.set_index("first_year", drop=False).rename_axis(None)


def test_it_works() -> None:
    frame = world("malicious-act")
    found = {first: frame.loc[first, "persons"] for first in (1991, 1992, 1993, 2013, 2014, 2018)}
    assert found == {1991: 251, 1992: 259, 1993: 248, 2013: 203, 2014: 194, 2018: 127}


def test_the_world_has_71_ranked_windows_from_1948_52_to_2018_22() -> None:
    ranked = world("malicious-act").dropna(subset="rank")
    assert (len(ranked), ranked["first_year"].min(), ranked["last_year"].max()) == (71, 1948, 2022)
    assert ranked["complete"].all()


def test_the_record_of_malicious_acts_is_1992_96() -> None:
    frame = world("malicious-act")
    assert frame.index[frame["record"]].tolist() == [1992]
    assert [frame.loc[first, "rank"] for first in (1992, 1991, 1993, 1990, 2013)] == [1, 2, 3, 4, 5]


def test_the_window_of_the_open_year_is_provisional_and_would_be_21st() -> None:
    last = world("malicious-act").loc[2019].to_dict()
    assert (last["persons"], last["provisional"], last["would_be_rank"]) == (107, True, 21)
    assert pd.isna(last["rank"])
    assert (last["change_on_one_year"], last["change_from_previous_window"]) == (-20, -87)


@pytest.mark.parametrize(
    ("cause", "record", "persons", "now"),
    [
        ("accident", [1993], 264, 65),
        ("illness", [2004], 315, 305),
        ("self-inflicted", [1992, 1993], 28, 6),
        ("to-be-determined", [2015], 64, 39),
        ("unknown", [2018], 16, 17),
    ],
)
def test_records_of_the_other_causes(cause: str, record: list[int], persons: int, now: int) -> None:
    frame = world(cause)
    assert frame.index[frame["record"]].tolist() == record
    assert set(frame.loc[record, "persons"]) == {persons}
    assert frame.loc[2019, "persons"] == now


def test_windows_that_share_no_year() -> None:
    peaks = disjoint_highest(of_frame(world("malicious-act").reset_index(drop=True)), 4)
    assert [(peak.first_year, peak.persons) for peak in peaks] == [
        (1992, 259),
        (2013, 203),
        (1960, 141),
        (2018, 127),
    ]


def test_windows_of_minusma() -> None:
    minusma = people()[people()["mission"] == "MINUSMA"]
    for chosen, expected in (
        (minusma, [155, 171, 163, 157, 155, 143, 134]),
        (minusma[minusma["cause"] == "malicious-act"], [95, 102, 96, 90, 83, 74, 68]),
    ):
        frame = five_year_windows(
            by_year(chosen),
            first_year=2013,
            first_open=2013,
            last_open=2023,
            last_covered_year=2023,
            last_year_provisional=True,
        )
        complete = frame[frame["complete"]]
        assert complete["first_year"].tolist() == list(range(2013, 2020))
        assert complete["persons"].tolist() == expected
        assert complete["record"].tolist() == [False, True] + [False] * 5


def test_no_cause_is_folded_into_another() -> None:
    by_cause = five_year_windows(
        by_year(people(), "cause"), first_year=1948, last_covered_year=2023, last_year_provisional=True
    )
    assert by_cause["cause"].nunique() == 6
    assert by_cause.groupby("first_year")["persons"].sum().tolist() == world()["persons"].tolist()
