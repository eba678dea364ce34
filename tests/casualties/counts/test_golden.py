"""Counts of the real release of 28 November 2023, distinct people, as the field has checked them."""

import pytest

from casualties.counts import NotAvailable, count, open_period, same_days, total
from casualties.filters import PUBLIC, select
from casualties.trends.live import windows_for
from casualties.trends.series_years import series_years

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]

MALICIOUS_BY_YEAR = {
    1961: 105, 1993: 127, 1994: 71, 1995: 34, 2003: 30, 2012: 22, 2013: 36, 2014: 39, 2015: 35,
    2016: 34, 2017: 59, 2018: 27, 2019: 29, 2020: 14, 2021: 25, 2022: 32,
}  # fmt: skip


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("", 4344),
        ("cause=malicious-act", 1118),
        ("from=2021&to=2021", 135),
        ("from=2018&to=2018", 99),
        ("mission=MINUSMA", 311),
        ("mission=MINUSMA&cause=malicious-act", 174),
        ("mission=MINUSMA&cause=malicious-act&from=2014&to=2014", 28),
        ("mission=MINUSMA&cause=malicious-act&from=2019&to=2019", 22),
        ("cause=malicious-act&from=2013&to=2017", 203),
        ("cause=malicious-act&from=2013&to=2017&scope=pko", 201),
        ("cause=malicious-act&from=2013&to=2017&scope=uniformed", 190),
        ("cause=malicious-act&from=2013&to=2017&scope=uniformed-pko", 190),
        ("cause=to-be-determined", 144),
        ("cause=unknown", 39),
        ("nationality=undetermined", 14),
        ("nationality=not-recorded", 1),
        ("nationality=SCG", 6),
        ("nationality=MNE", 0),
        ("nationality=CIV&nationality=MUS&nationality=VNM", 31),
        ("gender=not-recorded", 154),
        ("from=1993&to=1993&scope=uniformed", 225),
        ("from=2006&to=2006&scope=uniformed", 73),
        ("from=2014&to=2014&scope=uniformed", 104),
        ("from=2015&to=2015&scope=uniformed", 98),
    ],
)
def test_people(query: str, people: int) -> None:
    assert total(select(query, PUBLIC)) == people


def test_no_woman_is_recorded_before_2017() -> None:
    """No 0 is said of years in which nobody wrote it down; the series of women begins in 2017."""
    with pytest.raises(NotAvailable):
        total(select("gender=f&to=2016", PUBLIC))
    women = select("gender=f", PUBLIC)
    assert series_years(women) == range(2017, 2024)
    windows = windows_for(women)
    assert list(windows["first_year"]) == [2017, 2018, 2019]
    assert windows["rank"].max() <= 2
    assert series_years(select("gender=f&mission=UNIFIL", PUBLIC)) == range(2017, 2024)
    assert list(series_years(select("gender=f&mission=UNPROFOR", PUBLIC))) == []


def test_malicious_acts_by_year() -> None:
    frame = count(select("cause=malicious-act", PUBLIC), ["year"])
    found = dict(zip(frame["year"], frame["persons"], strict=True))
    assert {year: found[year] for year in MALICIOUS_BY_YEAR} == MALICIOUS_BY_YEAR


@pytest.mark.parametrize(
    ("last_year", "people", "rank"),
    [(1995, 251, None), (1996, 259, 1), (1997, 248, None), (2017, 203, 5), (2018, 194, None), (2022, 127, None)],
)
def test_five_year_windows(last_year: int, people: int, rank: int | None) -> None:
    windows = windows_for(select("cause=malicious-act", PUBLIC)).set_index("last_year")
    assert windows.loc[last_year, "persons"] == people
    assert bool(windows.loc[last_year, "record"]) == (last_year == 1996)
    if rank is not None:
        assert windows.loc[last_year, "rank"] == rank


def test_the_open_window_is_provisional() -> None:
    windows = windows_for(select("cause=malicious-act", PUBLIC))
    last = windows.iloc[-1]
    assert (last["first_year"], last["last_year"], last["persons"], last["would_be_rank"]) == (2019, 2023, 107, 21)
    assert bool(last["provisional"])
    assert windows["rank"].notna().sum() == 71
    assert series_years(select("", PUBLIC)) == range(1948, 2024)


def test_the_open_year_beside_the_same_days() -> None:
    selection = select("", PUBLIC)
    assert open_period(selection)[1].isoformat() == "2023-11-21"
    assert list(same_days(selection)["persons"]) == [94, 91, 116, 122, 92, 63]
    malicious = select("cause=malicious-act", PUBLIC)
    assert list(same_days(malicious)["persons"]) == [27, 27, 11, 17, 29, 7]


def test_incidents() -> None:
    assert total(select("mission=MINUSMA", PUBLIC), measure="incidents") == 205
    assert total(select("cause=malicious-act&from=2013&to=2017", PUBLIC), measure="incidents") == 95


def test_the_family_is_a_choice() -> None:
    together = total(select("family=MONUC", PUBLIC))
    assert together == total(select("mission=MONUC", PUBLIC)) + total(select("mission=MONUSCO", PUBLIC)) == 431
