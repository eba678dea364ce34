"""A second release restates every record: compared field by field, and only what changed is written."""

from datetime import date

import pytest
from django.db import connection

from casualties.models import AnnualTally, Casualty, CasualtyVersion, Incident
from tests.casualties.intake.releases import hub_row, import_rows, incident_of, many_rows

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = "2023-11-28", "2023-12-05", "2023-12-12"


def versions(reference: str) -> list[tuple[str, str | None, str, bool]]:
    """From, until, cause and withdrawn of each version of a person."""
    found = CasualtyVersion.objects.filter(casualty__reference=reference).order_by("known_from")
    return [
        (v.known_from.isoformat(), v.known_until.isoformat() if v.known_until else None, v.cause, v.withdrawn)
        for v in found
    ]


def tally_equals_records() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT NOT EXISTS (
                (SELECT year, mission_id, cause, outcome, personnel, nationality_id, gender, released, sum(persons)
                 FROM casualties_casualty WHERE state = 'counted' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
                 EXCEPT
                 SELECT year, mission_id, cause, outcome, personnel, nationality_id, gender, released, persons
                 FROM casualties_annualtally)
                UNION ALL
                (SELECT year, mission_id, cause, outcome, personnel, nationality_id, gender, released, persons
                 FROM casualties_annualtally
                 EXCEPT
                 SELECT year, mission_id, cause, outcome, personnel, nationality_id, gender, released, sum(persons)
                 FROM casualties_casualty WHERE state = 'counted' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8)
            )
            """
        )
        return bool(cursor.fetchone()[0])


def test_it_works(reference: None) -> None:
    """Added, back-dated, reclassified, withdrawn, moved to another mission, another order: all at once."""
    rows = many_rows(30)
    open_case = hub_row("MINUSMA-2023-10-00001", incident_date="2023-10-01", type_of_incident="To Be Determined")
    import_rows([*rows, open_case])
    second = [row for row in reversed(rows) if row["casualty_id"] != rows[3]["casualty_id"]]
    second[0] = second[0] | {"casualty_nationality": "France", "m49_code": "250.0", "isocode3": "FRA"}
    second += [
        open_case | {"type_of_incident": "Illness"},
        hub_row("MINUSMA-2023-12-00002", incident_date="2023-12-01"),
        hub_row("MINUSMA-2023-12-00003", incident_date="2015-03-01"),
    ]
    batch = import_rows(second, SECOND)
    assert (batch.new, batch.same, batch.changed, batch.gone, batch.returned) == (2, 28, 2, 1, 0)
    assert batch.changed_fields == {"nationality": 1, "cause": 1}
    assert Casualty.objects.get(reference=rows[3]["casualty_id"]).state == "withdrawn"
    assert tally_equals_records()


def test_an_unchanged_row_is_not_touched(reference: None) -> None:
    rows = many_rows(30)
    first = import_rows(rows)
    import_rows([*rows, hub_row()], SECOND)
    person = Casualty.objects.get(reference=rows[0]["casualty_id"])
    assert (person.known_at, person.batch_id) == (date(2023, 11, 28), first.pk)
    assert versions(rows[0]["casualty_id"]) == [(FIRST, None, "illness", False)]
    events = person.events.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.pgh_label for event in events] == ["insert"]


def test_a_reclassified_person_has_two_versions_and_history_with_its_reason(reference: None) -> None:
    open_case = hub_row("MINUSMA-2023-10-00001", incident_date="2023-10-01", type_of_incident="To Be Determined")
    import_rows([*many_rows(20), open_case])
    second = import_rows([*many_rows(20), open_case | {"type_of_incident": "Illness"}], SECOND)
    person = Casualty.objects.get(reference="MINUSMA-2023-10-00001")
    assert (person.cause, person.known_at, person.batch_id) == ("illness", date(2023, 12, 5), second.pk)
    assert versions("MINUSMA-2023-10-00001") == [
        (FIRST, SECOND, "to-be-determined", False),
        (SECOND, None, "illness", False),
    ]
    # The incident keeps its address, for one person is one incident under either cause.
    incident = incident_of("MINUSMA-2023-10-00001")
    assert (incident.key, incident.cause) == ("MINUSMA-2023-10-00001", "illness")
    before, after = person.events.order_by("pgh_id")  # type: ignore[attr-defined]
    assert (before.cause, after.cause, after.pgh_label) == ("to-be-determined", "illness", "update")
    assert after.pgh_context.metadata["batch"] == second.pk
    assert "2023-12-05" in after.pgh_context.metadata["reason"]


def test_a_person_whose_key_changes_moves_to_the_incident_of_the_new_key(reference: None) -> None:
    """An open case turns out to be an attack in which others died: it joins them, and its old address stays."""
    others = [hub_row(f"MINUSMA-2014-09-{number:05}") for number in range(3)]
    open_case = hub_row("MINUSMA-2014-09-00009", type_of_incident="To Be Determined")
    import_rows([*many_rows(20), *others, open_case])
    assert Incident.objects.get(key="MINUSMA-2014-09-00009").casualtys.count() == 1
    batch = import_rows([*many_rows(20), *others, open_case | {"type_of_incident": "Malicious Act"}], SECOND)
    assert batch.changed_fields == {"cause": 1, "incident": 1}
    left, joined = (
        Incident.objects.get(key=key) for key in ("MINUSMA-2014-09-00009", "MINUSMA-2014-09-18-malicious-act")
    )
    assert (left.casualtys.count(), left.cause) == (0, "to-be-determined")
    assert joined.casualtys.count() == 4
    versions_of = CasualtyVersion.objects.filter(casualty__reference="MINUSMA-2014-09-00009").order_by("known_from")
    assert [v.incident_id for v in versions_of] == [left.pk, joined.pk]
    assert tally_equals_records()


def test_a_person_who_moves_back_finds_the_old_incident_with_the_new_facts(reference: None) -> None:
    case = hub_row("MINUSMA-2014-09-00009", type_of_incident="To Be Determined")
    rows = many_rows(20)
    import_rows([*rows, case])
    import_rows([*rows, case | {"type_of_incident": "Malicious Act"}], SECOND)
    import_rows([*rows, case | {"type_of_incident": "Illness"}], THIRD)
    person = Casualty.objects.get(reference="MINUSMA-2014-09-00009")
    incident = incident_of("MINUSMA-2014-09-00009")
    assert (incident.key, incident.cause, person.cause) == ("MINUSMA-2014-09-00009", "illness", "illness")
    assert [version[2] for version in versions("MINUSMA-2014-09-00009")] == [
        "to-be-determined",
        "malicious-act",
        "illness",
    ]


def test_a_corrected_day_and_mission(reference: None) -> None:
    rows = many_rows(20)
    import_rows([*rows, hub_row()])
    batch = import_rows([*rows, hub_row(incident_date="2014-09-19", mission_acronym="UNOCI")], SECOND)
    assert batch.changed_fields == {"mission": 1, "occurred_on": 1, "incident": 1}
    person = Casualty.objects.get(reference="MINUSMA-2014-09-00001")
    assert (person.mission.acronym, person.occurred_on) == ("UNOCI", date(2014, 9, 19))
    assert incident_of("MINUSMA-2014-09-00001").key == "UNOCI-2014-09-19-malicious-act"
    assert tally_equals_records()


def test_somebody_who_is_no_longer_there_is_withdrawn_and_never_deleted(reference: None) -> None:
    rows = many_rows(300)
    import_rows(rows)
    batch = import_rows(rows[:-1], SECOND, accept_large_change=False)
    assert (batch.gone, batch.state, batch.brakes) == (1, "applied", [])
    person = Casualty.objects.get(reference=rows[-1]["casualty_id"])
    assert (person.state, person.withdrawn_on, person.known_at) == ("withdrawn", date(2023, 12, 5), date(2023, 12, 5))
    assert versions(rows[-1]["casualty_id"]) == [(FIRST, SECOND, "illness", False), (SECOND, None, "illness", True)]
    assert tally_equals_records()


def test_a_withdrawn_reference_that_returns_is_reinstated_in_the_same_row(reference: None) -> None:
    rows = many_rows(300)
    import_rows(rows)
    before = Casualty.objects.get(reference=rows[-1]["casualty_id"]).pk
    import_rows(rows[:-1], SECOND)
    back = rows[-1] | {"gender": "F"}
    batch = import_rows([*rows[:-1], back], THIRD)
    assert (batch.returned, batch.changed, batch.new, batch.same) == (1, 0, 0, 299)
    person = Casualty.objects.get(reference=rows[-1]["casualty_id"])
    assert (person.pk, person.state, person.withdrawn_on, person.gender) == (before, "counted", None, "f")
    assert [version[3] for version in versions(rows[-1]["casualty_id"])] == [False, True, False]
    assert tally_equals_records()


def test_a_withdrawn_person_is_not_withdrawn_again(reference: None) -> None:
    rows = many_rows(300)
    import_rows(rows)
    import_rows(rows[:-1], SECOND)
    third = import_rows(rows[:-1], THIRD)
    assert (third.gone, third.same) == (0, 299)
    assert Casualty.objects.get(reference=rows[-1]["casualty_id"]).withdrawn_on == date(2023, 12, 5)


def test_a_newer_release_without_changes_moves_the_release_date_alone(reference: None) -> None:
    rows = many_rows(20)
    import_rows(rows)
    batch = import_rows(rows, SECOND)
    assert (batch.state, batch.same, str(batch.release_date)) == ("applied", 20, SECOND)
    assert set(Casualty.objects.values_list("known_at", flat=True)) == {date(2023, 11, 28)}


def test_a_release_of_the_same_day_may_correct_itself(reference: None) -> None:
    rows = many_rows(20)
    import_rows(rows)
    batch = import_rows([*rows[:-1], rows[-1] | {"gender": "F"}], FIRST)
    assert (batch.state, batch.changed) == ("applied", 1)
    assert versions(rows[-1]["casualty_id"]) == [(FIRST, None, "illness", False)]
    assert CasualtyVersion.objects.get(casualty__reference=rows[-1]["casualty_id"]).gender == "f"


def test_an_older_release_is_refused(reference: None) -> None:
    rows = many_rows(20)
    import_rows(rows, SECOND)
    batch = import_rows([*rows, hub_row()], FIRST)
    assert batch.state == "refused"
    assert batch.message == (
        "The release of 2023-11-28 is older than the newest applied one, 2023-12-05. "
        "To fill in what was known at its date, import it with --as-of."
    )
    assert Casualty.objects.count() == 20


def test_a_big_change_through_many_groups_keeps_tally_and_versions_right(reference: None) -> None:
    """Every third person changes the cause, every fifth the day, every seventh is gone."""
    rows = [
        hub_row(f"MINUSMA-2014-09-{n:05}", incident_date=f"2014-09-{1 + n % 7:02}", type_of_incident=cause)
        for n, cause in enumerate(["Malicious Act", "Accident", "Illness", "To Be Determined"] * 50)
    ]
    import_rows(rows)
    second = []
    for n, row in enumerate(rows):
        changed = dict(row)
        if n % 3 == 0:
            changed["type_of_incident"] = "Unknown" if row["type_of_incident"] == "Accident" else "Accident"
        if n % 5 == 0:
            changed["incident_date"] = f"2015-01-{1 + n % 9:02}"
        if n % 7:
            second.append(changed)
    batch = import_rows(second, SECOND)
    assert batch.state == "applied"
    assert batch.new + batch.same + batch.changed == len(second)
    assert batch.gone == 200 - len(second)
    assert tally_equals_records()
    stated = {row["casualty_id"]: (row["incident_date"], row["type_of_incident"]) for row in second}
    words = {"Malicious Act": "malicious-act", "To Be Determined": "to-be-determined"}
    for person in Casualty.objects.filter(state="counted"):
        day, cause = stated[str(person.reference)]
        assert (person.occurred_on.isoformat(), person.cause) == (day, words.get(cause, cause.lower()))
        incident = incident_of(str(person.reference))
        assert (incident.occurred_on, incident.cause) == (person.occurred_on, person.cause)
    open_versions = CasualtyVersion.objects.filter(known_until=None)
    assert open_versions.count() == Casualty.objects.count() == 200
    assert AnnualTally.objects.filter(persons__lte=0).count() == 0
