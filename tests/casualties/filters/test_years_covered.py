"""Years are covered by releases of the UN alone: a file of our own knows only of the people in it."""

from datetime import date

import pytest

from casualties.counts import count, open_period
from casualties.exports.columns import PEOPLE, columns_for
from casualties.exports.files import people_rows
from casualties.exports.ledger import ledger
from casualties.filters import PUBLIC, load_basis, select
from casualties.frames import PERSONS
from casualties.trends.live import windows_for
from casualties.trends.revised import closing_days
from missions.models import ImportBatch, current_release
from tests.factories import make_casualty, make_release

pytestmark = pytest.mark.django_db
OWN_DAY = date(2025, 2, 10)


@pytest.fixture(autouse=True)
def records() -> None:
    """People of the UN's release of 28 November 2023, and a file of our own that is newer and has one of 2024."""
    make_release()
    for year in (2019, 2021, 2023):
        make_casualty(occurred_on=date(year, 3, 1))
    make_release(released_on=OWN_DAY, kind=ImportBatch.Kind.OWN)
    make_casualty(occurred_on=date(2024, 5, 1), origin="import", known_at=OWN_DAY)


def persons(query: str = "") -> int:
    return int(count(select(query, PUBLIC))[PERSONS].sum())


def test_a_newer_file_of_our_own_covers_no_year() -> None:
    basis, release = load_basis(), current_release()
    assert release is not None
    assert (basis.last_covered_year, release.date) == (2023, date(2023, 11, 28))
    assert (basis.is_current, select("", PUBLIC).known_at) == (True, OWN_DAY)
    assert open_period(select("", PUBLIC)) == (2023, date(2023, 3, 1))
    assert [str(problem) for problem in select("from=2024", PUBLIC).problems] == [
        "from=2024 lies after 2023, the last year that the release covers"
    ]


def test_the_window_of_the_open_year_stays_provisional_and_unranked() -> None:
    last = windows_for(select("", PUBLIC)).iloc[-1]
    assert (last["first_year"], last["last_year"], last["persons"]) == (2019, 2023, 3)
    assert last["provisional"]


def test_records_of_later_years_are_in_no_figure_until_a_release_covers_them() -> None:
    assert (persons(), persons("mission=MINUSMA&gender=not-recorded"), persons("from=2023")) == (3, 3, 1)
    assert select("", PUBLIC).rows.count() == select("", PUBLIC).everybody.count() == 3
    assert [found.occurred_on.year for found in select("", PUBLIC).of_later_years] == [2024]
    make_release(released_on=date(2025, 6, 30))
    assert (persons(), persons("from=2024&to=2024"), persons("known_at=2025-03-01")) == (4, 1, 3)
    assert not select("", PUBLIC).of_later_years.exists()


def test_what_a_release_covers_at_last_is_added_by_it() -> None:
    make_release(released_on=date(2025, 6, 30))
    found = ledger(select("", PUBLIC), since=OWN_DAY, until=date(2025, 6, 30)).balance()
    assert (found["since"], found["added"], found["until"]) == (3, 1, 4)


def test_copies_that_follow_what_changed_get_what_a_release_covers_at_last() -> None:
    make_release(released_on=date(2025, 6, 30))
    for since, years in ((date(2025, 6, 30), [2024]), (date(2025, 7, 1), [])):
        found = people_rows(select("", PUBLIC), columns_for(PEOPLE, PUBLIC, ["year"]), changed_since=since)
        assert [int(year) for (year,) in found] == years


def test_our_own_file_closes_no_year() -> None:
    assert closing_days(load_basis()) == [date(2023, 11, 28)]


def test_without_open_data_our_own_newest_file_stands_for_the_release() -> None:
    ImportBatch.objects.filter(kind=ImportBatch.Kind.RELEASE).delete()
    make_release(released_on=date(2025, 2, 11), kind=ImportBatch.Kind.OWN)
    assert (load_basis().last_covered_year, persons()) == (2025, 4)


def test_a_record_after_the_day_of_the_release_is_counted_in_its_provisional_year() -> None:
    make_casualty(occurred_on=date(2023, 12, 5), origin="import", known_at=OWN_DAY)
    assert (persons("from=2023"), persons("date_from=2023-11-01")) == (2, 1)
    assert open_period(select("", PUBLIC)) == (2023, date(2023, 3, 1))  # no day is compared that only we know of
