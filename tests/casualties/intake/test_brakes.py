"""What stops a broken download: refusals that nobody can lift, brakes that a data manager can."""

from datetime import date

import pytest

from casualties import intake
from casualties.intake.brakes import brakes, refusal
from casualties.intake.matching import Comparison
from casualties.models import Casualty
from tests.casualties.intake.releases import RELEASED_ON, csv_bytes, hub_row, import_rows, many_rows, stage_bytes

SECOND = "2023-12-05"
DAY = date(2023, 12, 5)


def quiet(**fields: object) -> Comparison:
    return Comparison(**({"persons": 4344, "standing": 4344, "same": 4344} | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("comparison", "stopped"),
    [
        (quiet(), False),
        (quiet(gone=10), False),
        (quiet(gone=11), True),
        (quiet(gone=5, standing=1000), False),
        (quiet(gone=6, standing=1000), True),
        (quiet(changed=434), False),
        (quiet(changed=435), True),
        (quiet(years={2022: (32, 29)}), False),
        (quiet(years={2022: (32, 28)}), True),
        (quiet(years={2023: (50, 10)}), False),  # the release's own year is still open
        (quiet(years={2022: (32, 60)}), False),
    ],
)
def test_it_works(comparison: Comparison, stopped: bool) -> None:
    assert bool(brakes(comparison, DAY)) is stopped


def test_reasons_name_the_figures() -> None:
    reasons = brakes(quiet(gone=12, changed=500, years={2021: (135, 120), 2022: (100, 90), 2023: (9, 0)}), DAY)
    assert reasons == [
        "It would withdraw 12 of 4,344 people (more than 10, or 0.5%).",
        "It would change 500 of 4,344 people (more than 10%).",
        "It would lower the deaths of earlier years by more than 3: 2021 from 135 to 120, 2022 from 100 to 90.",
    ]


def test_an_empty_release_and_one_with_fewer_than_half_are_refused() -> None:
    assert "empty release" in refusal(0, Comparison())
    assert "fewer than half of the 4,344" in refusal(2171, quiet(persons=2171))
    assert refusal(2172, quiet(persons=2172)) == ""
    assert refusal(1, Comparison(persons=1)) == ""


@pytest.mark.django_db
def test_a_release_that_withdraws_many_stops_at_the_preview_and_waits(reference: None) -> None:
    rows = many_rows(40)
    import_rows(rows)
    batch = import_rows(rows[:-1], SECOND, accept_large_change=False)
    assert (batch.state, batch.gone) == ("previewed", 1)
    assert batch.brakes == ["It would withdraw 1 of 40 people (more than 10, or 0.5%)."]
    assert batch.message == f"Stopped: {batch.brakes[0]}"
    assert Casualty.objects.filter(state="counted").count() == 40


@pytest.mark.django_db
def test_a_data_manager_can_accept_it(reference: None) -> None:
    rows = many_rows(40)
    import_rows(rows)
    batch = import_rows(rows[:-1], SECOND, accept_large_change=False)
    assert intake.apply(batch).state == "previewed"
    assert intake.apply(batch, accept_large_change=True).state == "applied"
    assert batch.accepted_large_change
    assert Casualty.objects.filter(state="counted").count() == 39


@pytest.mark.django_db
def test_what_was_accepted_is_what_was_shown(reference: None) -> None:
    """Others let in 30 people after the data manager read that one would be withdrawn: it would be 31 by now."""
    rows = many_rows(70)
    import_rows(rows[:40])
    batch = import_rows(rows[:39], "2023-12-12", accept_large_change=False)
    shown = list(batch.brakes)
    import_rows(rows, SECOND)
    assert intake.apply(batch, accept_large_change=True).state == "previewed"
    assert batch.brakes[0] == "It would withdraw 31 of 70 people (more than 10, or 0.5%)."
    assert Casualty.objects.filter(state="counted").count() == 70
    with pytest.raises(intake.NotNowError, match="would change other things by now: It would withdraw 31 of 70"):
        intake.request_apply(batch, accept_large_change=True, brakes_seen=shown)
    assert intake.apply(batch, accept_large_change=True).state == "applied"


@pytest.mark.django_db
def test_nobody_can_accept_half_a_release(reference: None) -> None:
    rows = many_rows(40)
    import_rows(rows)
    batch = import_rows(rows[:19], SECOND, accept_large_change=True)
    assert batch.state == "refused"
    assert "fewer than half of the 40" in batch.message


@pytest.mark.django_db
def test_an_empty_release_is_refused(reference: None) -> None:
    heading = csv_bytes([hub_row()]).splitlines(keepends=True)[0]
    batch = intake.import_at_once(stage_bytes(heading, release_date=date(2023, 11, 28)))
    assert batch.state == "refused"
    assert "no rows: an empty release is refused" in batch.message


@pytest.mark.django_db
def test_an_earlier_year_that_falls_by_more_than_three_stops(reference: None) -> None:
    """Four people are moved from 1980 to the open year: nobody is withdrawn, and one year is lowered."""
    rows = many_rows(100)
    import_rows(rows)
    moved = [row | {"incident_date": "2023-11-01"} for row in rows[:4]]
    batch = import_rows([*moved, *rows[4:]], SECOND, accept_large_change=False)
    assert batch.state == "previewed"
    assert batch.brakes == [
        "It would lower the deaths of earlier years by more than 3: 1980 from 100 to 96.",
    ]
    three = import_rows([*moved[:3], *rows[3:]], SECOND, accept_large_change=False)
    assert three.state == "applied"


@pytest.mark.django_db
def test_the_first_release_of_all_is_never_held(reference: None) -> None:
    assert import_rows(many_rows(5), RELEASED_ON, accept_large_change=False).state == "applied"
