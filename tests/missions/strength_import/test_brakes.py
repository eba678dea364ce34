"""Files that look like extracts or hold rows twice are stopped until somebody agrees."""

from datetime import date

import pytest

from missions.models import Strength
from tests.missions.strength_import.files import hub_csv, kept, plain_year, run

pytestmark = pytest.mark.usefixtures("missions")
YEAR = [{"last_reporting_date": date(2019, month, 28)} for month in range(1, 13)]


def test_one_contributor_alone_is_stopped() -> None:
    outcome = run(hub_csv(*YEAR))
    assert (outcome.batch.state, Strength.objects.count()) == ("refused", 0)
    assert outcome.batch.message == (
        "Stopped: All rows are of one contributor: this looks like an extract, not like whole missions."
    )
    assert outcome.batch.errors == 0


def test_somebody_may_agree() -> None:
    outcome = run(hub_csv(*YEAR), accept_large_change=True)
    assert (outcome.batch.state, outcome.batch.accepted_large_change) == ("applied", True)
    assert kept("MINUSMA", 2019)["troops"][0] == 100


def test_strengths_far_from_those_of_the_same_year_are_stopped() -> None:
    run(plain_year(troops=1200, police=0, observers=0, months=range(1, 12)))
    for troops, state in ((599, "refused"), (2401, "refused"), (600, "applied")):
        assert run(plain_year(troops=troops, police=0, observers=0)).batch.state == state
    assert kept("MINUSMA", 2019)["troops"][0] == 600


def test_the_reason_says_both_figures() -> None:
    run(plain_year(troops=1200, police=0, observers=0, months=range(1, 12)))
    (reason,) = run(plain_year(troops=5000, police=0, observers=0)).batch.brakes
    assert reason == (
        "Where strengths are kept already (1 mission-year), the file has 5,000 persons in the mean month and 1,200 "
        "are kept: an extract, or doubled rows?"
    )


@pytest.mark.parametrize(("year", "state"), [(2020, "refused"), (2021, "refused"), (2022, "applied")])
def test_a_new_year_is_held_against_the_two_before(year: int, state: str) -> None:
    run(plain_year(year=2019, troops=1200, police=0, observers=0))
    assert run(plain_year(year=year, troops=100, police=0, observers=0)).batch.state == state


def test_small_missions_move_freely() -> None:
    run(plain_year(year=2019, troops=10, police=0, observers=0))
    assert run(plain_year(year=2020, troops=99, police=0, observers=0)).batch.state == "applied"


def test_a_file_that_changes_nothing_is_not_stopped() -> None:
    run(hub_csv(*YEAR), accept_large_change=True)
    assert run(hub_csv(*YEAR)).batch.state == "discarded"
