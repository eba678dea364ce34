"""Statements that cannot be kept are refused by the name of the field and of what is wrong in it."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from casualties.statements import refusals
from tests.factories import make_mission, make_release

pytestmark = pytest.mark.django_db


def asked(selection: str = "", *, measure: str = "count", value: int | str | None = 5, **given: object) -> list[str]:
    make_mission()
    make_release()
    asking: dict[str, object] = {"since": None, "obstacle": "", **given}
    number = None if value is None else Decimal(value)
    found = refusals(selection=selection, measure=measure, value=number, **asking)  # type: ignore[arg-type]
    return [f"{refusal.field}: {refusal.reason}" for refusal in found]


def test_it_works() -> None:
    assert asked("mission=MINUSMA&from=2013&to=2017&cause=malicious-act&scope=uniformed") == []


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        ("misson=MINUSMA", "selection: misson is not a filter"),
        ("mission=MINUSMAX", "selection: mission=MINUSMAX is not one of the allowed values"),
        ("cause=violence", "selection: cause=violence is not one of the allowed values"),
        ("from=2017&to=2013", "selection: from=2017 lies after to=2013"),
        ("date_from=yesterday", "selection: date_from=yesterday is not a day written as YYYY-MM-DD"),
        ("outcome=all", "selection: outcome=all cannot be: deaths and injuries are never added"),
        ("known_at=2023-11-28", "selection: known_at is not of a statement: each is checked as known now, and as known"
         " when it was published"),
    ],
)  # fmt: skip
def test_an_invalid_query_string_is_refused_by_name(selection: str, said: str) -> None:
    assert asked(selection) == [said]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "selection", ["from=2024&to=2025", "date_from=2024-10-29&date_to=2024-10-29", "to=2025", "date_from=2023-12-01"]
)
def test_years_that_no_release_covers_yet_are_no_mistake(selection: str, language: str) -> None:
    with override(language):
        assert asked(selection) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_annual_counts_cannot_tell_is_no_mistake(language: str) -> None:
    make_release(kind="bundle")
    with override(language):
        assert asked("gender=f") == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"measure": "most"}, "measure: 'most' is not one of count,"),
        ({"obstacle": "weather"}, "obstacle: 'weather' is not one of agencies,"),
        ({"value": None}, "value: a statement of the measure count says a number"),
        ({"value": -3}, "value: -3 is below zero"),
        ({"value": "3.5"}, "value: 3.5 is not a whole number"),
        ({"since": 1994}, "since: belongs to the measure highest-since alone"),
        ({"measure": "highest-since", "selection": "from=2017&to=2017"}, "since: the year is missing"),
        ({"measure": "rank-1-window"}, "selection: the measure rank-1-window needs a period of whole years"),
        ({"measure": "rank-1-window", "selection": "from=2013&to=2016"}, "selection: a window has 5 years, not 4"),
        (
            {"measure": "highest-since", "since": 1994, "selection": "from=2013&to=2017"},
            "selection: the measure highest-since is of one year",
        ),
        (
            {"measure": "highest-since", "since": 2017, "selection": "from=2017&to=2017"},
            "since: 2017 does not lie between 1945 and 2017",
        ),
    ],
)
def test_numbers_and_periods_fit_the_measure(given: dict[str, object], said: str) -> None:
    (found,) = asked(**given)  # type: ignore[arg-type]
    assert found.startswith(said)
