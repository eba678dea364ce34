"""The plain file: a row per mission and month."""

from decimal import Decimal

import pytest

from missions.models import DataVersion, ImportBatch, Strength
from tests.missions.strength_import.files import NOW, PLAIN, csv_file, kept, plain_file, plain_year, problems, run

pytestmark = pytest.mark.usefixtures("missions")


def test_it_works() -> None:
    content = plain_year(months=[1, 2, 3], troops=1200)
    batch = run(content).batch
    batch.refresh_from_db()
    months = [1, 2, 3]
    assert kept("MINUSMA", 2019) == {
        "troops": (Decimal("300.00"), months, "monthly reports"),
        "police": (Decimal("30.00"), months, "monthly reports"),
        "observers": (Decimal("3.00"), months, "monthly reports"),
    }
    assert (batch.kind, batch.state, batch.format) == ("strength", "applied", "strength-csv")
    assert (batch.rows, batch.new, batch.same, batch.changed, batch.errors) == (3, 1, 0, 0, 0)
    assert (str(batch.release_date), batch.applied_at, batch.file_size) == ("2019-03-31", NOW, len(content))
    with batch.file.open("rb") as file:
        assert file.read() == content
    assert batch.message == (
        "Applied: 3 mission-months in 1 mission-year: 1 new, 0 changed, 0 the same, 0 left as they are kept."
    )


def test_the_same_file_twice_writes_nothing() -> None:
    content = plain_year()
    run(content)
    version, rows = DataVersion.current(), list(Strength.objects.order_by("id").values())
    batch = run(content).batch
    assert (batch.state, batch.new, batch.same, batch.changed) == ("discarded", 0, 1, 0)
    assert batch.message.startswith("The file changes nothing.")
    assert not batch.file
    assert (DataVersion.current(), list(Strength.objects.order_by("id").values())) == (version, rows)


def test_an_alias_leads_to_its_mission() -> None:
    run(plain_year(mission="onuci", year=2010))
    assert kept("UNOCI", 2010)["troops"][0] == 1200


def test_parts_are_added_up_under_their_umbrella() -> None:
    run(plain_file(("1995-02", "UNAVEM II", 100, 0, 10), ("1995-02", "UNAVEM III", 500, 20, 2)))
    found = {category: person_years for category, (person_years, _, _) in kept("UNAVEM", 1995).items()}
    assert found == {"troops": Decimal("50.00"), "police": Decimal("1.67"), "observers": Decimal("1.00")}


def test_columns_in_another_order_with_semicolons_and_one_too_many() -> None:
    rows = [("MINUSMA", "2019-01", "x", 7, 12, 1200, "ours")]
    content = csv_file(("Mission", "Month", "total", "Observers", "Police", "Troops", "Source"), rows)
    outcome = run(content.replace(b",", b";"))
    assert outcome.batch.state == "applied"
    assert problems(outcome, "warning") == [(None, "total", "", "this column is not read")]
    assert kept("MINUSMA", 2019)["troops"] == (Decimal("100.00"), [1], "ours")


def test_sources_of_one_year_are_named_together() -> None:
    run(plain_file(("2019-01", "MINUSMA", 1, 1, 1, "one"), ("2019-02", "MINUSMA", 1, 1, 1, "two")))
    assert kept("MINUSMA", 2019)["troops"][2] == "one; two"


def test_nobody_is_a_strength_too() -> None:
    run(plain_file(("2019-01", "MINUSMA", 0, 0, 0)))
    assert kept("MINUSMA", 2019)["police"][:2] == (Decimal("0.00"), [1])


def test_the_newest_release_stays_that_of_the_casualties() -> None:
    from missions.models import current_release
    from tests.factories import make_release

    release = make_release()
    run(plain_year())
    found = current_release()
    assert found is not None
    assert found.batch_id == release.pk
    assert ImportBatch.objects.filter(kind="strength", state="applied").count() == 1


def test_a_file_of_headings_alone_is_refused() -> None:
    outcome = run(csv_file(PLAIN, []))
    assert outcome.batch.state == "refused"
    assert problems(outcome) == [(None, "", "", "The file holds headings and no rows.")]
