"""Selections in words."""

import pytest

from casualties.filters import PUBLIC, chips, in_words, select
from tests.factories import make_release

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2013&to=2017", "incidents of 2013 to 2017"),
        ("from=2013&to=2013", "incidents of 2013"),
        ("from=2013", "incidents since 2013"),
        ("date_to=2017-03-01", "incidents to 2017-03-01"),
        ("date_from=2017-03-01&date_to=2017-04-01", "incidents of 2017-03-01 to 2017-04-01"),
        ("", "all years"),
    ],
)
def test_a_period(query: str, said: str) -> None:
    make_release()
    selection = select(query, PUBLIC)
    assert in_words(selection) == f"all peace operations, all personnel; deaths; {said}"
    if query:
        assert chips(selection)[0].text == said.capitalize()
