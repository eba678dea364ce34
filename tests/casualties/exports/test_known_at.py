"""Files as known at an earlier date hold what stood then."""

from datetime import date

import pytest

from casualties.exports.columns import INCIDENTS, PEOPLE
from casualties.exports.files import incidents_file, people_file
from casualties.filters import EVERYTHING, PUBLIC, select
from casualties.models import Casualty
from tests.casualties.exports.reading import rows_of, text_of
from tests.factories import make_casualty, make_incident, make_release

pytestmark = pytest.mark.django_db(transaction=True)
THEN, NOW = date(2022, 6, 1), date(2023, 11, 28)


@pytest.fixture(autouse=True)
def a_cause_that_was_found() -> None:
    make_release(released_on=THEN)
    make_release(released_on=NOW)
    open_case = make_casualty(cause="to-be-determined", reference="a", known_at=THEN)
    make_casualty(reference="b", known_at=NOW)
    found = make_incident(cause="illness", key="found")
    Casualty.objects.filter(pk=open_case.pk).update(cause="illness", incident=found, known_at=NOW)


def test_it_works() -> None:
    columns = ["reference", "cause", "known_at", "release"]
    then = people_file(select(f"known_at={THEN}", PUBLIC), columns=columns, header=True)
    assert then.name == "casualties_2022-06-01_known_at-2022-06-01.csv"
    text = text_of(then)
    assert "# known at: 2022-06-01\r\n" in text
    assert text.splitlines()[-2:] == [",".join(columns), "a,to-be-determined,2022-06-01,2022-06-01"]
    now = rows_of(people_file(select("", PUBLIC), columns=columns))
    assert {tuple(row.values()) for row in now} == {
        ("a", "illness", "2023-11-28", "2023-11-28"),
        ("b", "malicious-act", "2023-11-28", "2023-11-28"),
    }


def test_incidents_stand_as_their_people_said() -> None:
    rows = rows_of(incidents_file(select(f"known_at={THEN}", PUBLIC), columns=["cause", "deaths", "all_deaths"]))
    assert [tuple(row.values()) for row in rows] == [("to-be-determined", "1", "1")]


@pytest.mark.parametrize(("make", "columns"), [(people_file, PEOPLE), (incidents_file, INCIDENTS)])
def test_every_column_can_be_asked_for(make: object, columns: tuple) -> None:
    names = [column.name for column in columns]
    rows = rows_of(make(select(f"known_at={THEN}", EVERYTHING), columns=names))  # type: ignore[operator]
    assert [list(row) for row in rows] == [names]
