"""manage.py figure: the same selection and the same counting as the pages."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_casualty, make_mission, make_release

pytestmark = pytest.mark.django_db


def figure(*arguments: str) -> str:
    out = StringIO()
    call_command("figure", *arguments, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def two_people() -> None:
    make_release()
    make_casualty()
    make_casualty(cause="illness", released=False)


@pytest.mark.usefixtures("two_people")
def test_it_works() -> None:
    assert figure("cause=malicious-act") == "1"
    assert figure("?mission=MINUSMA") == "1"
    assert figure("", "--confirmed") == "2"
    assert "malicious-act" in figure("", "--by", "year,cause")


@pytest.mark.usefixtures("two_people")
def test_json_says_what_the_figures_rest_on() -> None:
    said = json.loads(figure("scope=pko", "--by", "year", "--json"))
    assert said["figures"] == [{"year": 2019, "persons": 1}]
    assert said["scope"] == "pko"
    assert said["known_at"] == "2023-11-28"
    assert "peacekeeping operations only" in said["selection"]
    assert isinstance(said["data_version"], int)


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("arguments", [("cuase=illness",), ("", "--by", "colour"), ("outcome=injury",)])
def test_it_refuses_by_name(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=r"cuase is not a filter|cannot count by 'colour'|no injuries"):
        figure(*arguments)


def test_without_data_it_says_what_to_do() -> None:
    make_mission()
    with pytest.raises(CommandError, match="import a release first"):
        figure("")
