"""A second file of one source against the first: it corrects, adds months, never takes them back unsaid."""

from decimal import Decimal

import pytest

from missions.models import Strength
from tests.missions.strength_import.files import kept, plain_year, run
from tests.missions.strength_import.reading import warnings

pytestmark = pytest.mark.usefixtures("missions")


def test_the_same_source_corrects_itself() -> None:
    run(plain_year(troops=1200))
    outcome = run(plain_year(troops=1201))
    assert (outcome.batch.changed, kept("MINUSMA", 2019)["troops"][0]) == (1, Decimal(1201))


def test_the_same_source_does_not_take_months_back() -> None:
    run(plain_year(troops=1200))
    outcome = run(plain_year(troops=1200, months=range(1, 12)))
    assert (outcome.batch.state, kept("MINUSMA", 2019)["troops"][0]) == ("discarded", Decimal(1200))


def test_more_months_of_the_same_source_are_taken() -> None:
    run(plain_year(troops=1200, months=range(1, 7)))
    run(plain_year(troops=1200))
    assert kept("MINUSMA", 2019)["troops"][:2] == (Decimal(1200), list(range(1, 13)))


def test_more_months_that_are_others_say_which_are_lost() -> None:
    run(plain_year(troops=1200, months=[1, 2, 3]))
    outcome = run(plain_year(troops=1200, months=range(3, 13)))
    assert warnings(outcome) == [
        (
            "MINUSMA 2019",
            "the file replaces what is kept and lacks its months 1–2: they are not covered any more",
        )
    ]


def test_a_category_that_is_not_kept_comes_with_the_year() -> None:
    run(plain_year(troops=1200, months=[1, 2]))
    Strength.objects.exclude(category="troops").delete()
    outcome = run(plain_year(troops=1200, months=[1, 2]))
    assert (outcome.batch.changed, len(kept("MINUSMA", 2019))) == (1, 3)
