"""What leaves the system as a file and comes in again is the same: every record, every text."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualties.exports.columns import PEOPLE, columns_for
from casualties.exports.files import people_file, people_rows
from casualties.filters import EVERYTHING, select
from casualties.intake.sources import OWN_OPTIONAL, OWN_REQUIRED
from casualties.models import Casualty
from peacekeeping.tables.writing import csv_lines, neutral, original, tidy
from tests.casualties.exports.reading import text_of
from tests.casualties.intake.cleaning import clean_file
from tests.casualties.intake.releases import csv_bytes, import_bytes

COLUMNS = [name for name in (*OWN_REQUIRED, *OWN_OPTIONAL) if name in {column.name for column in PEOPLE}]
HARD = [
    "=1+1",
    "'=1+1",
    "@SUM(A1)",
    "＝cmd",
    "-3 degrees",
    'He said "stop", then left',
    "first line\nsecond; line",
    "first\r\nsecond\rthird",
    "\tindented",
    "قُتل في كمين، قرب كيدال",
    "\u202bפטרול\u202c",
    "Côte d'Ivoire 🕊",
    "# not a note",
    "a,b;c\td",
    "",
]
# A file that is mostly control characters is refused as no text at all, before any row of it is read.
TEXTS = st.one_of(
    st.sampled_from(HARD),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\r\n"), max_size=30),
)
BLANK = dict.fromkeys((*OWN_REQUIRED, *OWN_OPTIONAL), "")


def row(reference: str, **cells: str) -> dict[str, str]:
    usual = {
        "reference": reference,
        "mission": "MINUSMA",
        "date": "2014-09-18",
        "cause": "malicious-act",
        "outcome": "fatality",
        "personnel": "military",
        "incident": f"MINUSMA-{reference}",
        "released": "yes",
    }
    return {name: {**BLANK, **usual, **cells}[name] for name in COLUMNS}


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_comes_back(place: str, summary: str) -> None:
    """Read, written and read again: the second reading is the first, whatever the text."""
    first, problems = clean_file(csv_bytes([row("A-1", place=place, summary=summary)]))
    assert first, problems
    cells = [row("A-1", place=first[0].place, summary=first[0].summary)[name] for name in COLUMNS]
    again, problems = clean_file(b"".join(csv_lines(COLUMNS, [cells])))
    assert (again, [problem for problem in problems if problem.column in {"place", "summary"}]) == (first, [])


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_protected_text_is_told_from_one_that_was_not(text: str) -> None:
    kept = original(tidy(text).strip()).strip()
    assert original(neutral(kept)) == kept


def records() -> list[dict[str, Any]]:
    fields = (
        *(
            "reference",
            "mission__acronym",
            "occurred_on",
            "occurred_precision",
            "cause",
            "outcome",
            "severity",
            "persons",
        ),
        *("died_on", "personnel", "nationality_id", "other_nationalities", "gender", "released", "state"),
        *("incident__key", "incident__means", "incident__context", "incident__accident_type", "incident__place"),
        *("incident__latitude", "incident__longitude", "incident__summary", "incident__grouping"),
    )
    return list(Casualty.objects.order_by("reference", "occurred_on", "persons").values(*fields))


@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_the_records_are_the_same_after_a_round_trip(reference: None) -> None:
    """Out as CSV by COPY, in again: nothing changes. test_round_trip_empty.py reads it into an empty system."""
    rows = [
        row(f"T-{n:02}", summary=text, place=text.splitlines()[0] if text.strip() else "")
        for n, text in enumerate(HARD)
    ]
    rows += [
        row("D-1", incident="", nationality="TCD", gender="f", died_on="2014-10-01"),
        row("D-2", incident="", nationality="undetermined", cause="illness", date="2014-09"),
        row("D-3", incident="", date="2015", cause="accident", accident_type=""),
        row(
            "I-1",
            outcome="injury",
            severity="serious",
            means="landmine",
            context="patrol",
            latitude="19.46",
            longitude="-0.86",
        ),
        row("I-2", outcome="injury", released="no"),
        row("", incident="", date="2016", cause="illness", persons="41"),
        row("", incident="MINUSMA-many", outcome="injury", persons="3"),
    ]
    import_bytes(csv_bytes(rows), release_date=date(2023, 11, 28)).refresh_from_db()
    before = records()
    assert len(before) == len(rows)
    text = text_of(people_file(select("outcome=all", EVERYTHING), columns=COLUMNS))
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == len(rows) + 1
    batch = import_bytes(text.encode(), release_date=date(2023, 11, 28))
    batch.refresh_from_db()
    assert (batch.state, batch.new, batch.gone, batch.changed) == ("discarded", 0, 0, 0), batch.message
    assert "changes nothing" in batch.message
    assert records() == before


@pytest.mark.django_db
def test_rows_in_python_are_those_of_copy(reference: None) -> None:
    import_bytes(
        csv_bytes([row(f"T-{n}", summary=text) for n, text in enumerate(HARD)]), release_date=date(2023, 11, 28)
    )
    selection = select("", EVERYTHING)
    found = people_rows(selection, columns_for(PEOPLE, EVERYTHING, ["summary"]))
    kept = Casualty.objects.order_by("-occurred_on", "-id").values_list("incident__summary", flat=True)
    assert [original(cell or "") for (cell,) in found] == list(kept)
