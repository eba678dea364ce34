"""Files in the import format: what comes in, what a second one restates, what is refused."""

from datetime import date

import pytest

from casualties.models import Casualty, CasualtyVersion, Incident
from tests.casualties.intake.releases import (
    csv_bytes,
    hub_row,
    import_bytes,
    import_own,
    import_rows,
    incident_of,
    own_row,
    problems_of,
)

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2023, 11, 28), date(2023, 12, 5)
KEY = "MINUSMA-2014-09-18-malicious-act"


def test_it_works(reference: None) -> None:
    """Deaths, injuries with severities, counts of people, a named incident with its means and its place."""
    named = {
        "incident": "MINUSMA-Aguelhok-2014",
        "means": "ied-roadside",
        "context": "convoy",
        "place": "Aguelhok",
        "latitude": "19.46",
        "longitude": "0.86",
        "summary": "A convoy struck a device.",
    }
    blank = dict.fromkeys(named, "")
    rows = [
        own_row("D-1", outcome="fatality", **named),
        own_row("D-2", outcome="fatality", **named) | {"died_on": "2014-09-30"},
        own_row("I-1", severity="very-serious", **named),
        own_row("", persons="3", **named),
        own_row("", persons="41", date="2015", cause="illness", outcome="fatality", **blank),
    ]
    batch = import_own([{"persons": "", "severity": "", "died_on": ""} | row for row in rows])
    assert (batch.state, batch.kind, batch.format) == ("applied", "own", "own-csv")
    assert (batch.rows, batch.persons, batch.new) == (5, 47, 47)
    incident = Incident.objects.get(key="MINUSMA-Aguelhok-2014")
    assert (incident.means, incident.context, incident.place) == ("ied-roadside", "convoy", "Aguelhok")
    assert (str(incident.latitude), incident.summary) == ("19.46000", "A convoy struck a device.")
    assert (incident.grouping, incident.origin) == ("recorded", "import")
    assert incident.casualtys.count() == 4
    assert Casualty.objects.get(reference="D-2").died_on == date(2014, 9, 30)
    assert Casualty.objects.get(reference="I-1").severity == "very-serious"
    yearly = Casualty.objects.get(persons=41)
    assert (yearly.incident, yearly.occurred_precision, yearly.occurred_on) == (None, "year", date(2015, 1, 1))


def test_a_second_file_restates_what_came_in_this_way(reference: None) -> None:
    rows = [own_row(f"A-{n}") | {"severity": "serious"} for n in range(20)]
    import_own(rows)
    second = [rows[0] | {"severity": "not-serious"}, *rows[1:-1], own_row("A-99") | {"severity": ""}]
    batch = import_own(second, SECOND)
    assert (batch.new, batch.same, batch.changed, batch.gone) == (1, 18, 1, 1)
    assert batch.changed_fields == {"severity": 1}
    assert Casualty.objects.get(reference="A-19").state == "withdrawn"


def test_the_same_file_twice_changes_nothing(reference: None) -> None:
    rows = [own_row(f"A-{n}") for n in range(3)] + [own_row("", persons="4")]
    full = [{"persons": ""} | row for row in rows]
    import_own(full)
    again = import_own(full)
    assert again.state == "discarded"
    assert "changes nothing" in again.message


def test_only_the_details_of_an_incident_change(reference: None) -> None:
    rows = [own_row(f"A-{n}", means="landmine") for n in range(3)]
    import_own(rows)
    batch = import_own([row | {"means": "indirect-fire"} for row in rows], SECOND)
    assert (batch.state, batch.changed, batch.changed_fields) == ("applied", 3, {"incident_details": 3})
    assert Incident.objects.get().means == "indirect-fire"
    # Nothing that is counted changed, so nobody has a new version.
    assert set(Casualty.objects.values_list("known_at", flat=True)) == {FIRST}
    assert CasualtyVersion.objects.count() == 3


def test_columns_that_a_file_lacks_are_left_alone(reference: None) -> None:
    import_own([own_row("A-1", gender="f", means="landmine") | {"severity": "serious"}])
    batch = import_own([own_row("A-1")], SECOND)
    assert (batch.state, batch.same) == ("applied", 1)
    person = Casualty.objects.get()
    assert (person.gender, person.severity, incident_of("A-1").means) == ("f", "serious", "landmine")


def test_a_named_incident_is_corrected_with_its_people(reference: None) -> None:
    rows = [own_row(f"A-{n}", incident="Gao-2014") for n in range(3)]
    import_own(rows)
    batch = import_own([row | {"date": "2014-09-19"} for row in rows], SECOND)
    assert batch.changed_fields == {"occurred_on": 3}
    incident = Incident.objects.get(key="Gao-2014")
    assert incident.occurred_on == date(2014, 9, 19)
    versions = CasualtyVersion.objects.filter(casualty__reference="A-0").order_by("known_from")
    assert [(v.known_from, v.occurred_on) for v in versions] == [
        (FIRST, date(2014, 9, 18)),
        (SECOND, date(2014, 9, 19)),
    ]


def test_counts_of_people_are_known_again_by_what_they_count(reference: None) -> None:
    def counts(injured: str, killed: str) -> list[dict[str, str]]:
        return [own_row("", persons=injured), own_row("", persons=killed, outcome="fatality")]

    import_own(counts("7", "2"))
    batch = import_own(counts("9", "2"), SECOND)
    assert (batch.same, batch.changed, batch.new, batch.gone) == (2, 9, 0, 0)
    assert batch.changed_fields == {"persons": 9}
    assert sorted(Casualty.objects.values_list("persons", flat=True)) == [2, 9]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([own_row("", persons="7"), own_row("", persons="8")], "lines 2 and 3 count the same people"),
        (
            [own_row("A-1", incident="Gao-2014"), own_row("A-2", incident="Gao-2014", date="2014-09-19")],
            "lines 2 and 3 are of one incident but differ in its mission, date or cause",
        ),
        (
            [own_row("A-1", means="landmine"), own_row("A-2", means=""), own_row("A-3", means="indirect-fire")],
            "lines 2 and 4 are of one incident but differ in its means",
        ),
        (
            [own_row("A-1", gender="m"), own_row("A-1", gender="f")],
            "lines 2 and 3 have one reference, A-1, but differ in more than the nationality",
        ),
    ],
)
def test_rows_that_contradict_each_other(rows: list[dict[str, str]], reason: str, reference: None) -> None:
    batch = import_bytes(csv_bytes(rows), release_date=FIRST)
    assert batch.state == "refused"
    assert reason in batch.message


@pytest.mark.parametrize(
    ("column", "reason"),
    [("sevrity", 'The import format has no column "sevrity"'), ("reference", "")],
)
def test_columns_that_are_misspelt_or_missing(column: str, reason: str, reference: None) -> None:
    row = own_row()
    if reason:
        row[column] = "x"
    else:
        del row[column]
        reason = "but the column is missing: reference"
    batch = import_bytes(csv_bytes([row]), release_date=FIRST)
    assert batch.state == "refused"
    assert reason in batch.message


def test_an_older_file_of_ours_can_be_filled_in(reference: None) -> None:
    import_own([own_row("A-1", gender="f"), own_row("A-2", gender="f")], SECOND)
    batch = import_own([own_row("A-1", gender="m"), own_row("A-2", gender="f")], FIRST, as_of=True)
    assert batch.state == "applied"
    versions = CasualtyVersion.objects.filter(casualty__reference="A-1").order_by("known_from")
    assert [(v.known_from, v.gender) for v in versions] == [(FIRST, "m"), (SECOND, "f")]
    assert Casualty.objects.get(reference="A-1").gender == "f"


def test_a_count_of_people_that_is_unknown_now_cannot_be_filled_in(reference: None) -> None:
    import_own([own_row("A-1") | {"persons": ""}], SECOND)
    rows = [own_row("A-1") | {"persons": ""}, own_row("") | {"persons": "5"}]
    batch = import_own(rows, FIRST, as_of=True)
    assert batch.state == "refused"
    assert "line 3, reference: a count of people that is in no record now" in batch.message


def test_rows_of_years_that_no_release_covers_are_kept_with_a_warning(reference: None) -> None:
    import_rows([hub_row()])
    rows = [own_row("I-1", date="2024-01-02"), own_row("I-2", date="2024-03-02"), own_row("I-3", date="2023-12-02")]
    batch = import_own(rows, date(2024, 6, 1))
    assert (batch.state, Casualty.objects.counted().count()) == ("applied", 4)
    reason = (
        "2 rows are of 2024, which the release of 2023-11-28 does not cover: kept, and in no figure until a release "
        "covers the year"
    )
    assert (None, "date", "2024", reason) in problems_of(batch, "warning")


def test_two_references_never_share_the_incident_of_one_person(reference: None) -> None:
    alone = {"cause": "illness"}
    batch = import_own([own_row("a b", **alone), own_row("a-b", **alone)])
    reason = "gives its incident the address a-b, as {} does: name the incident, or change the reference"
    assert problems_of(batch) == [
        (2, "reference", "a b", reason.format("a-b")),
        (3, "reference", "a-b", reason.format("a b")),
    ]
    assert import_own([own_row("a b", **alone)]).state == "applied"
    assert import_own([own_row("a b", **alone), own_row("c", **alone)], SECOND).state == "applied"
    again = import_own([own_row("a b", **alone), own_row("c", **alone), own_row("a-b", **alone)], SECOND)
    assert [problem[0] for problem in problems_of(again)] == [2, 4]
    named = [own_row("a b", incident="", **alone), own_row("a-b", incident="Other-1", **alone), own_row("c", **alone)]
    assert import_own(named, SECOND).state == "applied"
