"""A file of our own beside the open data: what it may say of their people and incidents, and what it may not."""

from datetime import date

import pytest

from casualties.models import Casualty, CasualtyVersion, Incident
from tests.casualties.intake.releases import (
    hub_row,
    import_own,
    import_rows,
    incident_of,
    many_rows,
    own_row,
    problems_of,
)

pytestmark = pytest.mark.django_db
SECOND = date(2023, 12, 5)
KEY = "MINUSMA-2014-09-18-malicious-act"


def test_a_file_of_ours_and_a_release_leave_each_other_alone(reference: None) -> None:
    """Neither withdraws the other's people, and neither is too old for the other."""
    rows = many_rows(30)
    import_rows([*rows, hub_row()], "2023-12-05")
    own = import_own([own_row("I-1"), own_row("I-2")], date(2023, 6, 1), accept_large_change=False)
    assert (own.state, own.gone, own.new) == ("applied", 0, 2)
    again = import_rows([*rows, hub_row()], "2023-12-12", accept_large_change=False)
    assert (again.state, again.gone, again.same) == ("applied", 0, 31)
    assert Casualty.objects.filter(state="counted").count() == 33


def test_people_of_both_sources_share_the_incident_of_the_day(reference: None) -> None:
    import_rows([*many_rows(20), hub_row()])
    import_own([own_row("I-1")])
    assert Incident.objects.get(key=KEY).casualtys.count() == 2
    assert Incident.objects.get(key=KEY).origin == "open-data"


def test_a_file_of_ours_may_name_and_describe_the_incident_of_somebody_of_the_open_data(reference: None) -> None:
    import_rows([*many_rows(20), hub_row()])
    row = own_row("MINUSMA-2014-09-00001", outcome="fatality", incident="Aguelhok-2014", means="landmine")
    batch = import_own([row])
    assert (batch.state, batch.changed_fields) == ("applied", {"incident": 1})
    person, incident = Casualty.objects.get(reference="MINUSMA-2014-09-00001"), incident_of("MINUSMA-2014-09-00001")
    assert (incident.key, incident.means, person.origin) == ("Aguelhok-2014", "landmine", "open-data")
    # The next release says the same of the person as before, and so leaves the person there.
    again = import_rows([*many_rows(20), hub_row()], "2023-12-05")
    assert (again.same, again.changed) == (21, 0)
    assert incident_of("MINUSMA-2014-09-00001").key == "Aguelhok-2014"
    # And one that reclassifies takes the person out: the incident stays, with nobody in it.
    import_rows([*many_rows(20), hub_row(type_of_incident="Accident")], "2023-12-12")
    assert incident_of("MINUSMA-2014-09-00001").key == "MINUSMA-2014-09-18-accident"
    assert Incident.objects.get(key="Aguelhok-2014").means == "landmine"


def test_a_file_of_ours_may_not_contradict_the_open_data(reference: None) -> None:
    import_rows([*many_rows(20), hub_row()])
    batch = import_own([own_row("MINUSMA-2014-09-00001", outcome="fatality", cause="accident")])
    assert batch.state == "refused"
    assert problems_of(batch) == [
        (
            2,
            "cause",
            "accident",
            "MINUSMA-2014-09-00001 comes from the open data, which says otherwise (cause); it cannot be changed here",
        )
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("date", "2014-09"),
        ("nationality", "DEU"),
        ("nationality", "undetermined"),
        ("other_nationalities", "DEU"),
        ("gender", "f"),
        ("released", "no"),
    ],
)
def test_no_value_of_the_open_data_is_dropped_silently(reference: None, column: str, value: str) -> None:
    import_rows([*many_rows(20), hub_row()])
    batch = import_own([own_row("MINUSMA-2014-09-00001", outcome="fatality", **{column: value})])
    assert batch.state == "refused"
    assert [problem[:3] for problem in problems_of(batch)] == [(2, column, value)]
    assert f"which says otherwise ({column})" in problems_of(batch)[0][3]


def test_what_the_open_data_say_may_be_repeated_or_left_blank(reference: None) -> None:
    import_rows([*many_rows(20), hub_row(), hub_row("MINUSMA-2014-09-00002")])
    said = {"nationality": "Chad", "gender": "m", "released": "yes", "other_nationalities": "", "means": "landmine"}
    blank = {"nationality": "", "gender": "", "released": "yes", "other_nationalities": "", "means": "landmine"}
    rows = [
        own_row("MINUSMA-2014-09-00001", outcome="fatality", **said),
        own_row("MINUSMA-2014-09-00002", outcome="fatality", **blank),
    ]
    assert import_own(rows).state == "applied"


def test_a_file_of_ours_does_not_bring_back_whom_the_open_data_withdrew(reference: None) -> None:
    import_rows([*many_rows(20), hub_row()])
    import_rows(many_rows(20), "2023-12-05")
    batch = import_own([own_row("MINUSMA-2014-09-00001", outcome="fatality")])
    assert batch.state == "refused"
    assert "withdrew it on 2023-12-05" in batch.message


def test_the_open_data_take_over_a_person_whom_a_file_of_ours_brought(reference: None) -> None:
    import_own([own_row("MINUSMA-2014-09-00001", outcome="fatality"), own_row("I-1")])
    batch = import_rows([*many_rows(20), hub_row(gender="F")])
    assert batch.changed_fields == {"gender": 1, "origin": 1}
    person = Casualty.objects.get(reference="MINUSMA-2014-09-00001")
    assert (person.origin, person.gender) == ("open-data", "f")
    assert Casualty.objects.filter(state="counted").count() == 22
    import_own([own_row("I-1")], SECOND)
    assert Casualty.objects.get(reference="MINUSMA-2014-09-00001").state == "counted"


def test_a_named_incident_with_people_of_the_open_data_is_not_moved(reference: None) -> None:
    import_rows([*many_rows(20), hub_row()])
    named = own_row("MINUSMA-2014-09-00001", outcome="fatality", incident="Gao-2014")
    import_own([named, own_row("I-1", incident="Gao-2014")])
    batch = import_own([own_row("I-1", incident="Gao-2014", date="2014-09-19")], SECOND)
    assert batch.state == "refused"
    assert "people of other sources are in it" in batch.message


def test_when_the_open_data_move_an_incident_others_in_it_go_along(reference: None) -> None:
    """An illness is one person's incident; somebody of our file is in it by name; the open data correct the day."""
    import_rows([*many_rows(20), hub_row("X-1", type_of_incident="Illness")])
    import_own([own_row("I-1", incident="X-1", cause="illness")])
    import_rows([*many_rows(20), hub_row("X-1", type_of_incident="Illness", incident_date="2014-09-20")], "2023-12-05")
    assert Incident.objects.get(key="X-1").occurred_on == date(2014, 9, 20)
    assert Casualty.objects.get(reference="I-1").occurred_on == date(2014, 9, 20)
    versions = CasualtyVersion.objects.filter(casualty__reference="I-1").order_by("known_from")
    assert [v.known_from.isoformat() for v in versions] == ["2023-11-28", "2023-12-05"]


def test_an_address_of_the_open_data_is_not_shared(reference: None) -> None:
    ill = hub_row("UN SECRETA-1961-09-10864", type_of_incident="Illness")
    import_rows([*many_rows(20), ill])
    batch = import_own([own_row("UN-SECRETA-1961-09-10864", cause="illness")])
    assert [problem[:3] for problem in problems_of(batch)] == [(2, "reference", "UN-SECRETA-1961-09-10864")]
