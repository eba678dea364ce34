"""Statements that disagree with each other stand together: the same people, the same measure, another number."""

import pytest
from django.test import Client

from casualties.choices import Measure, Obstacle
from casualties.statements import check_statements
from tests.casualties.views.reading import main_of, table
from tests.factories import make_casualty, make_release, make_statement

pytestmark = pytest.mark.django_db
HEADING = "Statements that disagree with each other"
OF_2019 = "cause=malicious-act&from=2019&to=2019"


@pytest.fixture(autouse=True)
def data() -> None:
    make_release()
    make_casualty()


def test_two_numbers_of_the_same_people_stand_together(client: Client) -> None:
    make_statement(key="one", selection=OF_2019, value=1)
    make_statement(key="two", selection="from=2019&to=2019&cause=malicious-act", value=2)
    make_statement(key="other-year", selection="cause=malicious-act&from=2018&to=2018", value=3)
    check_statements()
    rows = table(client.get("/statements/"), "2019; all peace operations, all personnel; malicious act")
    assert [row[3] for row in rows] == ["Said", "1", "2"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"value": 2}, {"value": 2}),  # the same number
        ({"value": 2}, {"value": 3, "measure": Measure.AT_LEAST}),  # another measure
        (
            {"value": 2, "measure": Measure.AT_LEAST},
            {"value": 3, "measure": Measure.AT_LEAST},
        ),  # bounds can both be true
        ({"value": 2}, {"value": 3, "obstacle": Obstacle.MEANS}),  # of whom it speaks is not known
        ({"value": 2, "selection": "from=2019"}, {"value": 3, "selection": "from=2019"}),  # it grows from day to day
    ],
)
def test_what_is_no_disagreement(client: Client, first: dict[str, object], second: dict[str, object]) -> None:
    for said in (first, second):
        make_statement(**{"selection": OF_2019, **said})  # type: ignore[arg-type]
    check_statements()
    assert HEADING not in main_of(client.get("/statements/"))
