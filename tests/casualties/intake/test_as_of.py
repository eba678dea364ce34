"""An older release filled in afterwards: only versions are written, and nothing that is current changes."""

from datetime import date

import pytest

from casualties.models import AnnualTally, Casualty, CasualtyVersion, Incident
from missions.models import ImportBatch
from tests.casualties.intake.releases import csv_bytes, hub_row, import_bytes, import_rows, many_rows, own_row

pytestmark = pytest.mark.django_db
OLDEST, OLDER, NEWEST = "2022-01-01", "2023-01-01", "2023-11-28"
CASE = "MINUSMA-2014-09-00009"


def open_case(**fields: str) -> dict[str, str]:
    return hub_row(CASE, type_of_incident="To Be Determined") | fields


def fill_in(rows: list[dict[str, str]], day: str, **options: bool) -> ImportBatch:
    return import_rows(rows, day, as_of=True, **options)


def past(reference: str = CASE) -> list[tuple[str, str, str, bool]]:
    """From, until, cause and withdrawn of each version."""
    found = CasualtyVersion.objects.filter(casualty__reference=reference).order_by("known_from")
    return [(str(v.known_from), str(v.known_until or ""), v.cause, v.withdrawn) for v in found]


def current() -> list[tuple[object, ...]]:
    rows = Casualty.objects.filter(state="counted").order_by("reference")
    return list(rows.values_list("reference", "cause", "occurred_on", "known_at", "batch_id", "incident__key"))


def figures() -> list[tuple[object, ...]]:
    return sorted(AnnualTally.objects.values_list("year", "mission", "cause", "persons"))


def test_it_works(reference: None) -> None:
    """What an older release said of somebody stands from its date until the newer one."""
    rows = many_rows(30)
    import_rows([*rows, open_case(type_of_incident="Illness")], NEWEST)
    before, tally = current(), figures()
    batch = fill_in([*rows, open_case()], OLDER)
    assert (batch.state, batch.as_of, str(batch.release_date)) == ("applied", True, OLDER)
    assert past() == [(OLDER, NEWEST, "to-be-determined", False), (NEWEST, "", "illness", False)]
    assert (current(), figures()) == (before, tally)
    # Somebody of whom the same was said has a version for that time as well, so that every date has its answer.
    assert past(rows[0]["casualty_id"]) == [(OLDER, NEWEST, "illness", False), (NEWEST, "", "illness", False)]


def test_somebody_who_came_later_has_no_version_then(reference: None) -> None:
    rows = many_rows(300)
    import_rows(rows, NEWEST)
    batch = fill_in(rows[:-1], OLDER, accept_large_change=False)
    assert batch.state == "applied"
    assert past(rows[-1]["casualty_id"]) == [(NEWEST, "", "illness", False)]


def test_somebody_who_stood_then_and_is_unknown_now_becomes_a_withdrawn_row(reference: None) -> None:
    rows = many_rows(30)
    import_rows(rows, NEWEST)
    tally = figures()
    batch = fill_in([*rows, open_case()], OLDER)
    assert batch.new == 1
    person = Casualty.objects.get(reference=CASE)
    assert (person.state, str(person.withdrawn_on), str(person.known_at)) == ("withdrawn", NEWEST, NEWEST)
    assert past() == [(OLDER, NEWEST, "to-be-determined", False), (NEWEST, "", "to-be-determined", True)]
    assert figures() == tally
    assert Incident.objects.get(key=CASE).casualtys.filter(state="counted").count() == 0


def test_between_two_applied_releases_only_what_differs_is_cut(reference: None) -> None:
    rows = many_rows(30)
    import_rows([*rows, open_case()], OLDEST)
    import_rows([*rows, open_case()], NEWEST)
    before = current()
    batch = fill_in([*rows, open_case(type_of_incident="Unknown")], OLDER)
    assert (batch.same, batch.changed) == (30, 1)
    assert past() == [
        (OLDEST, OLDER, "to-be-determined", False),
        (OLDER, NEWEST, "unknown", False),
        (NEWEST, "", "to-be-determined", False),
    ]
    assert past(rows[0]["casualty_id"]) == [(OLDEST, "", "illness", False)]
    assert current() == before


def test_somebody_missing_in_between_was_withdrawn_for_that_time(reference: None) -> None:
    rows = many_rows(30)
    import_rows([*rows, open_case()], OLDEST)
    import_rows([*rows, open_case()], NEWEST)
    fill_in(rows, OLDER)
    assert past() == [
        (OLDEST, OLDER, "to-be-determined", False),
        (OLDER, NEWEST, "to-be-determined", True),
        (NEWEST, "", "to-be-determined", False),
    ]


def test_a_current_row_can_still_change_after_its_past_was_cut(reference: None) -> None:
    rows = many_rows(30)
    import_rows([*rows, open_case()], OLDEST)
    import_rows([*rows, open_case()], NEWEST)
    fill_in([*rows, open_case(type_of_incident="Unknown")], OLDER)
    import_rows([*rows, open_case(type_of_incident="Illness")], "2024-01-15")
    assert past()[-2:] == [(NEWEST, "2024-01-15", "to-be-determined", False), ("2024-01-15", "", "illness", False)]


def test_three_older_releases_in_any_order(reference: None) -> None:
    rows = many_rows(30)
    import_rows([*rows, open_case(type_of_incident="Illness")], NEWEST)
    fill_in([*rows, open_case(type_of_incident="Unknown")], OLDER)
    fill_in([*rows, open_case(type_of_incident="Accident")], "2023-06-01")
    fill_in([*rows, open_case()], OLDEST)
    assert past() == [
        (OLDEST, OLDER, "to-be-determined", False),
        (OLDER, "2023-06-01", "unknown", False),
        ("2023-06-01", NEWEST, "accident", False),
        (NEWEST, "", "illness", False),
    ]


def test_the_same_older_release_again_changes_nothing(reference: None) -> None:
    rows = many_rows(30)
    import_rows([*rows, open_case(type_of_incident="Illness")], NEWEST)
    fill_in([*rows, open_case()], OLDER)
    again = fill_in([*rows, open_case()], OLDER)
    assert again.state == "discarded"
    assert again.message == "The file changes nothing: what it says of 2023-01-01 is recorded already."
    assert len(past()) == 2


def test_an_older_release_of_a_date_that_is_there_replaces_what_was_said_of_it(reference: None) -> None:
    rows = many_rows(30)
    import_rows([*rows, open_case(type_of_incident="Illness")], NEWEST)
    fill_in([*rows, open_case()], OLDER)
    fill_in([*rows, open_case(type_of_incident="Unknown")], OLDER)
    assert past() == [(OLDER, NEWEST, "unknown", False), (NEWEST, "", "illness", False)]


def test_a_release_that_is_not_older_is_refused(reference: None) -> None:
    rows = many_rows(30)
    import_rows(rows, NEWEST)
    for day in (NEWEST, "2024-01-01"):
        batch = fill_in(rows, day)
        assert batch.state == "refused"
        assert "is not older than the newest applied one, 2023-11-28" in batch.message


def test_without_any_release_there_is_nothing_to_fill_in(reference: None) -> None:
    batch = fill_in(many_rows(30), OLDER)
    assert batch.state == "refused"
    assert "import it as it is" in batch.message


def test_fewer_than_half_of_those_known_by_then_are_refused(reference: None) -> None:
    rows = many_rows(30)
    import_rows(rows, NEWEST)
    batch = fill_in(rows[:10], OLDER)
    assert batch.state == "refused"
    assert "fewer than half of the 30" in batch.message


@pytest.mark.parametrize(("rows_then", "stopped"), [(300, False), (295, False), (260, True)])
def test_the_brake_for_older_releases(rows_then: int, stopped: bool, reference: None) -> None:
    rows = many_rows(300)
    import_rows(rows, NEWEST)
    batch = fill_in(rows[:rows_then], OLDER, accept_large_change=False)
    assert batch.state == ("previewed" if stopped else "applied")
    assert bool(batch.brakes) is stopped


def test_people_unknown_now_stop_at_the_preview(reference: None) -> None:
    rows = many_rows(40)
    import_rows(rows[:20], NEWEST)
    batch = fill_in(rows, OLDER, accept_large_change=False)
    assert batch.state == "previewed"
    assert batch.brakes == ["20 people of this older release are in no record now."]
    assert not Casualty.objects.filter(state="withdrawn").exists()


def test_versions_never_overlap_and_cover_every_date(reference: None) -> None:
    """After releases and older releases in a mixed order there is one answer for each person and date."""
    days = ["2023-03-01", "2022-03-01", "2021-03-01", "2022-09-01", "2020-03-01"]
    causes = ["Illness", "Unknown", "Accident", "To Be Determined", "Self-Inflicted"]
    rows = many_rows(30)
    import_rows([*rows, open_case(type_of_incident=causes[0])], days[0])
    for day, cause in zip(days[1:], causes[1:], strict=True):
        fill_in([*rows, open_case(type_of_incident=cause)], day)
    said = dict(zip(days, causes, strict=True))
    for day in days:
        on_the_day = CasualtyVersion.objects.filter(casualty__reference=CASE, known_from__lte=date.fromisoformat(day))
        [standing] = on_the_day.exclude(known_until__lte=date.fromisoformat(day))
        assert standing.get_cause_display().lower() == said[day].lower()


def test_a_count_of_people_is_counted_in_people(reference: None) -> None:
    """Parts add up to the people of the file, and whoever is not in the file is none of them."""
    counts = [own_row("", persons=n, date=year, cause="illness") for n, year in (("41", "2015"), ("7", "2016"))]
    content = [csv_bytes([*counts, own_row("I-1")]), csv_bytes([*counts, own_row("I-1"), own_row("I-2")])]
    import_bytes(content[1], release_date=date.fromisoformat(OLDEST))
    import_bytes(content[1], release_date=date.fromisoformat(NEWEST))
    batch = import_bytes(content[0].replace(b",41", b",40"), release_date=date.fromisoformat(OLDER), as_of=True)
    batch.refresh_from_db()
    assert batch.message == (
        f"Applied: 48 people as known until {NEWEST}: 8 as recorded, 40 with another past, 0 in no record now. "
        "Recorded of that date and not in the file: 1."
    )
    assert (batch.persons, batch.same, batch.changed, batch.new) == (48, 8, 40, 0)
