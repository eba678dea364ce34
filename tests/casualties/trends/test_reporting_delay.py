"""How late deaths are registered: what the references say, and nothing else."""

from datetime import date

import pytest

from casualties.choices import DatePrecision
from casualties.counts import NotAvailable, count
from casualties.filters import PUBLIC, select
from casualties.trends.reporting_delay import ReportingDelay, months_later, reporting_delay
from missions.models import ImportBatch
from tests.factories import make_casualty, make_incident, make_release

pytestmark = pytest.mark.django_db


def test_only_a_later_month_counts() -> None:
    make_release()
    for reference, day in (
        ("MINUSMA-2019-01-00001", date(2019, 1, 31)),
        ("MINUSMA-2019-02-00001", date(2019, 1, 31)),
        ("MINUSMA-2020-01-00001", date(2019, 12, 31)),
        ("MINUSMA-2018-12-00001", date(2019, 1, 1)),
        ("MINUSMA-2020-01-00002", date(2013, 12, 31)),  # older than ten years
        ("2019-13-00001", date(2019, 1, 1)),  # names no month
        ("A number", date(2019, 1, 1)),
    ):
        make_casualty(reference=reference, occurred_on=day)
    some_day = make_incident(occurred_on=date(2019, 1, 1), occurred_precision=DatePrecision.YEAR, key="some-day")
    make_casualty(reference="MINUSMA-2019-05-00001", incident=some_day)
    assert reporting_delay(select("", PUBLIC)) == ReportingDelay(2014, 2023, 4, 2, 7)
    assert reporting_delay(select("from=2023", PUBLIC)) == ReportingDelay(2014, 2023, 4, 2, 7)
    assert reporting_delay(select("cause=illness", PUBLIC)) == ReportingDelay(2014, 2023, 0, 0, 0)


def test_months_from_the_incident_to_the_registration() -> None:
    assert months_later("2020-01", 2019, 12) == 1
    assert months_later("2019-12", 2020, 2) == -2


def test_annual_counts_have_no_references() -> None:
    make_release(kind=ImportBatch.Kind.BUNDLE)
    with pytest.raises(NotAvailable):
        reporting_delay(select("", PUBLIC))


@pytest.mark.realdata
@pytest.mark.usefixtures("real_release")
def test_the_real_release() -> None:
    """Counted from the file by hand: 1,151 people of 2014 to 2023, 91 of them with a number of a later month."""
    selection = select("", PUBLIC)
    assert reporting_delay(selection) == ReportingDelay(2014, 2023, 1151, 91, 1151)
    assert int(count(selection.change(**{"from": 2014}))["persons"].sum()) == 1151
