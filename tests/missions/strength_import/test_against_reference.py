"""A file against what is kept: better coverage replaces, less is left out and said, --replace decides otherwise."""

from decimal import Decimal

import pytest

from missions.models import Strength
from missions.reference.load import load_reference
from missions.strength_import import Verdict
from tests.missions.strength_import.files import kept, plain_year, run
from tests.missions.strength_import.reading import warnings

REFERENCE = "UN monthly reports, collected by IPI"
Category = Strength.Category


@pytest.fixture
def reference(reference_facts: None, db: None) -> None:
    """The person-years that come with the product, among others."""


@pytest.mark.usefixtures("reference")
class TestTheTableOfTheSoftware:
    """1990 covers November and December; 2016 has one filled month; 2010 has all twelve."""

    def test_more_months_replace_it(self) -> None:
        assert kept("UNTSO", 1990)["troops"] == (Decimal("48.30"), [11, 12], REFERENCE)
        outcome = run(plain_year(mission="UNTSO", year=1990, months=range(9, 13), troops=288, police=0, observers=0))
        assert (outcome.batch.state, outcome.batch.changed) == ("applied", 1)
        assert kept("UNTSO", 1990)["troops"] == (Decimal("96.00"), [9, 10, 11, 12], "monthly reports")

    def test_reported_months_replace_filled_ones(self) -> None:
        before = Strength.objects.get(mission__acronym="MINUSMA", year=2016, category="troops")
        assert (before.months_filled, len(before.months)) == (1, 12)
        run(plain_year(year=2016, troops=10_700, police=1_200, observers=39))
        after = Strength.objects.get(pk=before.pk)
        assert (after.person_years, after.months_filled, after.source) == (Decimal(10_700), 0, "monthly reports")

    def test_a_filled_month_is_no_reason_to_keep_nor_to_replace(self) -> None:
        outcome = run(plain_year(year=2016, months=range(1, 12), troops=10_700, police=1_200, observers=39))
        assert outcome.batch.state == "discarded"
        assert kept("MINUSMA", 2016)["troops"] == (Decimal("10681.70"), list(range(1, 13)), REFERENCE)

    def test_fewer_months_are_left_out_and_said(self) -> None:
        before = kept("MINUSMA", 2015)
        outcome = run(plain_year(year=2015, months=[1, 2, 3, 9], troops=9_000, police=1_000, observers=30))
        assert kept("MINUSMA", 2015) == before
        assert (outcome.batch.state, outcome.verdicts[Verdict.KEPT]) == ("discarded", 1)
        assert (
            "MINUSMA 2015",
            f"left as it is: 12 reported months are kept from “{REFERENCE}”, the file has 1–3, 9. "
            "To take the file's: --replace",
        ) in warnings(outcome)

    def test_as_many_months_of_another_source_are_left_out_and_said(self) -> None:
        before = kept("MINUSMA", 2015)
        outcome = run(plain_year(year=2015, troops=9_000, police=1_000, observers=30))
        assert kept("MINUSMA", 2015) == before
        ((_, reason),) = warnings(outcome)
        total = sum(person_years for person_years, _, _ in before.values())
        assert reason.startswith(f"left as it is: as many months are kept from “{REFERENCE}” with {total:,.1f} person-")
        assert "the file has 10,030.0." in reason

    def test_replace_takes_the_file_all_the_same_and_once(self) -> None:
        content = plain_year(year=2015, months=[1, 2, 3, 9], troops=9_000, police=1_000, observers=30)
        outcome = run(content, replace=True)
        assert (outcome.batch.state, outcome.batch.changed) == ("applied", 1)
        assert kept("MINUSMA", 2015)["troops"] == (Decimal("3000.00"), [1, 2, 3, 9], "monthly reports")
        assert (
            "MINUSMA 2015",
            "the file replaces what is kept and lacks its months 4–8, 10–12: they are not covered any more",
        ) in warnings(outcome)
        assert run(content, replace=True).batch.state == "discarded"

    @pytest.mark.parametrize(("troops", "verdict"), [("100.05", "same"), ("99.95", "same"), ("100.06", "kept")])
    def test_figures_that_differ_by_rounding_are_the_same(self, troops: str, verdict: str) -> None:
        rows = Strength.objects.filter(mission__acronym="MINUSMA", year=2015)
        rows.update(person_years=100)
        rows.filter(category="troops").update(person_years=Decimal(troops))
        assert run(plain_year(year=2015, troops=100, police=100, observers=100)).verdicts == {verdict: 1}

    def test_loading_the_table_again_leaves_the_file_alone(self) -> None:
        run(plain_year(year=2016, troops=10_700, police=1_200, observers=39))
        counts = load_reference()["person_years"]
        assert kept("MINUSMA", 2016)["troops"][0] == 10_700
        assert counts.other_source == tuple(sorted(f"MINUSMA 2016 {category}" for category in Category))

    def test_a_year_that_nobody_has_is_added_beside_those_that_are_kept(self) -> None:
        rows = Strength.objects.count()
        run(plain_year(year=2019, troops=11_600, police=1_700, observers=20))
        assert Strength.objects.count() == rows + 3
