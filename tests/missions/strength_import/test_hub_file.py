"""The hub's DPO-UCHISTORICAL, CSV and JSON: a row per contributor and type of personnel."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from missions.models import Strength
from tests.missions.strength_import.files import hub_csv, hub_json, kept, problems, run

pytestmark = pytest.mark.usefixtures("missions")

MONTH = (
    {"personnel_type": "Troops", "male_personnel": 1000, "female_personnel": 80},
    {"personnel_type": "Troops", "contributing_country": "Niger", "male_personnel": 48, "female_personnel": 0},
    {"personnel_type": "Staff Officer", "male_personnel": 70, "female_personnel": 2},
    {"personnel_type": "Formed Police Units", "male_personnel": 110, "female_personnel": 10},
    {"personnel_type": "Individual Police", "contributing_country": "Niger", "male_personnel": 9},
    {"personnel_type": "Experts on Mission", "contributing_country": "Niger", "male_personnel": 1},
)


@pytest.mark.parametrize("shape", [hub_csv, hub_json])
def test_it_works(shape: Callable[..., bytes]) -> None:
    outcome = run(shape(*MONTH))
    source = "UN Peace & Security Data Hub, DPO-UCHISTORICAL, reports to 2019-01-31"
    assert kept("MINUSMA", 2019) == {
        "troops": (Decimal("100.00"), [1], source),  # 1,080 + 48 + 72 = 1,200 in one month
        "police": (Decimal("11.58"), [1], source),  # 120 + 19 = 139
        "observers": (Decimal("0.92"), [1], source),  # 11
    }
    batch = outcome.batch
    assert (batch.state, batch.format, batch.rows) == (
        "applied",
        "hub-strength-json" if shape is hub_json else "hub-strength-csv",
        6,
    )
    assert (str(batch.release_date), batch.new, batch.errors, batch.warnings) == ("2019-01-31", 1, 0, 0)


def test_csv_and_json_of_one_release_say_the_same() -> None:
    run(hub_csv(*MONTH))
    rows = list(Strength.objects.order_by("id").values())
    outcome = run(hub_json(*MONTH))
    assert (outcome.batch.state, outcome.batch.same) == ("discarded", 1)
    assert list(Strength.objects.order_by("id").values()) == rows


@pytest.mark.parametrize(
    "change",
    [
        {"personnel_type": "staff_officer"},
        {"personnel_type": " Staff-Officers "},
        {"mission_acronym": "minusma "},
        {"male_personnel": "90.0"},
        {"last_reporting_date": "2019-01-31T00:00:00.000Z"},
        {"contribution_id": "2.0"},
    ],
)
def test_spellings_that_mean_the_same(change: dict[str, str]) -> None:
    outcome = run(hub_csv({}, {"contributing_country": "Niger", **change}))
    assert outcome.batch.state == "applied", problems(outcome)
    assert kept("MINUSMA", 2019)["troops"][0] == Decimal("16.67")


def test_the_order_of_rows_does_not_matter() -> None:
    run(hub_csv(*MONTH))
    assert run(hub_csv(*reversed(MONTH))).batch.state == "discarded"


def test_a_type_that_nobody_has_in_a_month_counts_nobody() -> None:
    run(hub_csv({}, {"contributing_country": "Niger", "last_reporting_date": date(2019, 2, 28)}))
    assert kept("MINUSMA", 2019)["police"][:2] == (Decimal("0.00"), [1, 2])


def test_a_gender_that_is_blank_beside_a_number_counts_nobody_and_is_said() -> None:
    outcome = run(
        hub_json(
            {"female_personnel": None, "male_personnel": 120},
            {"contributing_country": "Niger", "female_personnel": None, "male_personnel": 120},
        )
    )
    assert kept("MINUSMA", 2019)["troops"][0] == 20
    reason = "blank in 2 rows whose other gender has a number, here first; counted as 0 there"
    assert problems(outcome, "warning") == [(1, "female_personnel", "", reason)]


def test_a_later_release_that_corrects_a_year_is_written() -> None:
    run(hub_csv({}, {"contributing_country": "Niger"}))
    later = {"contributing_country": "Niger", "last_reporting_date": date(2020, 1, 31)}
    outcome = run(hub_csv({"male_personnel": 91}, {"contributing_country": "Niger"}, later))
    assert (outcome.batch.changed, outcome.batch.new) == (1, 1)
    assert kept("MINUSMA", 2019)["troops"] == (
        Decimal("16.75"),
        [1],
        "UN Peace & Security Data Hub, DPO-UCHISTORICAL, reports to 2020-01-31",
    )


def test_an_older_release_does_not_take_a_correction_back() -> None:
    later = {"contributing_country": "Niger", "last_reporting_date": date(2020, 1, 31)}
    run(hub_csv({"male_personnel": 91}, {"contributing_country": "Niger"}, later))
    outcome = run(hub_csv({}, {"contributing_country": "Niger"}))
    assert outcome.batch.state == "discarded"
    assert kept("MINUSMA", 2019)["troops"][0] == Decimal("16.75")
    ((_, _, value, reason),) = problems(outcome, "warning")
    assert value == "MINUSMA 2019"
    assert reason == "left as it is: a newer file of this source was applied before. To take the file's: --replace"


def test_what_a_later_release_repeats_keeps_its_first_source() -> None:
    run(hub_csv({}, {"contributing_country": "Niger"}))
    later = {"contributing_country": "Niger", "last_reporting_date": date(2020, 1, 31)}
    run(hub_csv({}, {"contributing_country": "Niger"}, later))
    assert kept("MINUSMA", 2019)["troops"][2].endswith("reports to 2019-01-31")
