"""What left one system is, read into an empty one, the same: people, counts, incidents, injuries, texts, tallies."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casualties.choices import AccidentType, Cause, Context, Gender, Means, Outcome, Personnel, Severity
from casualties.exports.columns import PEOPLE, columns_for
from casualties.exports.files import people_file, people_rows
from casualties.filters import EVERYTHING, forget_basis, select
from casualties.models import AnnualTally, Casualty, Incident
from missions.models import ImportBatch
from peacekeeping.tables.writing import csv_lines
from tests.casualties.exports.reading import text_of
from tests.casualties.intake.releases import csv_bytes, import_bytes
from tests.casualties.intake.test_round_trip import BLANK, COLUMNS, HARD, TEXTS, records, row

RELEASED_ON = date(2023, 11, 28)
MISSIONS = ("MINUSMA", "UNIFIL", "UNOCI")
NATIONALITIES = ("", "TCD", "FRA", "SCG", "undetermined")
TALLIED = ("year", "mission_id", "cause", "personnel", "nationality_id", "outcome", "released", "persons")


def drawn_person(draw: Any) -> dict[str, str]:
    outcome = draw(st.sampled_from(Outcome.values))
    return {
        "outcome": outcome,
        "severity": draw(st.sampled_from(("", *Severity.values))) if outcome == Outcome.INJURY else "",
        "personnel": draw(st.sampled_from(Personnel.values)),
        "nationality": draw(st.sampled_from(NATIONALITIES)),
        "gender": draw(st.sampled_from(("", *Gender.values))),
        "released": draw(st.sampled_from(("yes", "no"))),
    }


def drawn_incident(draw: Any, number: int) -> dict[str, str]:
    """Another day each, so that two incidents that nobody names are not one."""
    cause = draw(st.sampled_from(Cause.values))
    text = draw(st.sampled_from((f"2014-09-{number + 1:02}", f"2014-{number + 1:02}", str(2014 + number))))
    found = {
        "mission": draw(st.sampled_from(MISSIONS)),
        "date": text,
        "cause": cause,
        "incident": draw(st.sampled_from(("", f"Event_{number}.x"))),
        "place": draw(TEXTS)[:30],
        "summary": draw(TEXTS),
    }
    if draw(st.booleans()):
        found |= {"latitude": "19.46001", "longitude": draw(st.sampled_from(("-0.86", "0", "179.99999")))}
    if cause == Cause.MALICIOUS_ACT:
        found["means"] = draw(st.sampled_from(("", *Means.values)))
        found["context"] = draw(st.sampled_from(("", *Context.values)))
    elif cause == Cause.ACCIDENT:
        found["accident_type"] = draw(st.sampled_from(("", *AccidentType.values)))
    return found


@st.composite
def files(draw: Any) -> list[dict[str, str]]:
    """Rows of our own format: persons and counts of people, in incidents named and derived, on days, months, years."""
    rows: list[dict[str, str]] = []
    for number in range(draw(st.integers(1, 4))):
        incident = drawn_incident(draw, number)
        for place in range(draw(st.integers(1, 2))):
            person = drawn_person(draw)
            if person["outcome"] == Outcome.FATALITY and len(incident["date"]) == 10:
                person["died_on"] = draw(st.sampled_from(("", "2015-01-31")))
            if person["nationality"] == "SCG":
                person["other_nationalities"] = draw(st.sampled_from(("", "SRB", "MNE;SRB")))
            rows.append(row(f"P-{number}-{place}", **incident, **person))
        if incident["incident"]:  # a count of people is known again by its incident and by what it counts
            counted = {tuple(drawn_person(draw).items())[:5] for _ in range(draw(st.integers(0, 2)))}
            rows += [row("", **incident, **dict(said), persons=str(draw(st.integers(1, 60)))) for said in counted]
    return rows


def everything() -> tuple[list[Any], list[Any], int]:
    """All that an import is to bring back: people with their incidents, tallies, and no incident besides."""
    return (
        sorted(records(), key=repr),
        sorted(AnnualTally.objects.values_list(*TALLIED), key=repr),
        Incident.objects.count(),
    )


class _UndoneError(Exception):
    """Ends a transaction that leaves nothing."""


def brought_in(content: bytes) -> tuple[list[Any], list[Any], int, bytes]:
    """What stands in a system that was empty after this file, and the file that leaves it; then it is empty again."""
    try:
        with transaction.atomic():
            assert not Casualty.objects.exists()
            batch = import_bytes(content, release_date=RELEASED_ON)
            batch.refresh_from_db()
            assert batch.state == "applied", batch.message
            forget_basis()
            found = people_rows(select("outcome=all", EVERYTHING), columns_for(PEOPLE, EVERYTHING, COLUMNS))
            kept = (*everything(), b"".join(csv_lines(COLUMNS, found)))
            raise _UndoneError
    except _UndoneError:
        forget_basis()
        return kept


@pytest.mark.django_db
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=files())
def test_an_empty_system_gets_the_same_records(reference: None, rows: list[dict[str, str]]) -> None:
    people, tallies, incidents, file = brought_in(csv_bytes(rows))
    assert len(people) == len(rows)
    assert sum(record["persons"] for record in people) == sum(int(said["persons"] or 1) for said in rows)
    again, tallied, kept, second = brought_in(file)
    assert again == people
    assert (tallied, kept) == (tallies, incidents)
    assert sorted(second.split(b"\r\n")) == sorted(file.split(b"\r\n"))


@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_the_file_of_the_page_fills_an_empty_system(reference: None) -> None:
    """The same by the way that files really go, by COPY out of committed tables."""
    details = {"means": "landmine", "context": "patrol", "latitude": "19.46", "longitude": "-0.86"}
    rows = [row(f"T-{n:02}", summary=text, place=text[:20]) for n, text in enumerate(HARD)]
    rows += [
        row("I-1", outcome="injury", severity="serious", nationality="SCG", other_nationalities="SRB", **details),
        row("I-2", outcome="injury", released="no", incident=""),
        row("D-1", incident="", cause="illness", date="2014-09", gender="f"),
        row("", incident="", date="2016", cause="illness", persons="41"),
        row("", incident="Many", outcome="injury", severity="not-serious", persons="3", place="Kidal"),
        row("", incident="Many", persons="2", died_on="2014-10-01", place="Kidal"),
    ]
    assert set(BLANK) >= set(COLUMNS)
    import_bytes(csv_bytes(rows), release_date=RELEASED_ON)
    before = everything()
    assert len(before[0]) == len(rows)
    text = text_of(people_file(select("outcome=all", EVERYTHING), columns=COLUMNS))
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE casualties_casualty, casualties_incident, casualties_annualtally, missions_importbatch CASCADE"
        )
    forget_basis()
    assert everything() == ([], [], 0)
    batch = import_bytes(text.encode(), release_date=RELEASED_ON)
    assert (batch.state, ImportBatch.objects.count()) == ("applied", 1), batch.message
    assert everything() == before
