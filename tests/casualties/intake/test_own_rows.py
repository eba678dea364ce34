"""Rows of the import format, one at a time."""

import pytest

from casualties.intake.own_rows import COLUMNS
from tests.casualties.intake.cleaning import clean_file, clean_row, errors_of, warnings_of
from tests.casualties.intake.releases import csv_bytes, own_row


def test_it_works() -> None:
    """A row with everything in it."""
    clean = clean_row(
        own_row(
            other_nationalities="Serbia; FRA",
            gender="F",
            severity="VSI",
            incident="MINUSMA-2014-Aguelhok",
            means="IED roadside",
            context="convoy",
            place="Aguelhok, Kidal",
            latitude="19.46",
            longitude="0.861234567",
            summary="A convoy struck a device.",
            released="no",
        )
        | {"means": "ied-roadside"}
    )
    assert (clean.reference, clean.mission_id, clean.occurred_on, clean.occurred_precision) == (
        "A-1",
        1,
        "2014-09-18",
        "day",
    )
    assert (clean.outcome, clean.severity, clean.nationality, clean.gender) == ("injury", "very-serious", "TCD", "f")
    assert clean.other_nationalities == ("FRA", "SRB")
    assert (clean.incident_key, clean.named, clean.means, clean.context) == (
        "MINUSMA-2014-Aguelhok",
        True,
        "ied-roadside",
        "convoy",
    )
    assert (clean.place, clean.latitude, clean.longitude) == ("Aguelhok, Kidal", "19.46000", "0.86123")
    assert clean.released is False


def test_only_six_columns_are_needed() -> None:
    row = own_row()
    del row["nationality"]
    clean = clean_row(row)
    assert (clean.nationality, clean.gender, clean.persons, clean.released) == (None, "", 1, True)
    assert clean.incident_key == "MINUSMA-2014-09-18-malicious-act"


@pytest.mark.parametrize(
    ("written", "day", "precision", "key"),
    [
        ("2014-09-18", "2014-09-18", "day", "MINUSMA-2014-09-18-malicious-act"),
        ("2014-09", "2014-09-01", "month", "A-1"),
        ("2014", "2014-01-01", "year", "A-1"),
    ],
)
def test_days_months_and_years(written: str, day: str, precision: str, key: str) -> None:
    """With a month or year alone nobody is grouped with others."""
    clean = clean_row(own_row(date=written))
    assert (clean.occurred_on, clean.occurred_precision, clean.incident_key) == (day, precision, key)


@pytest.mark.parametrize(
    "words", [("malicious-act", "fatality", "local-civilian"), ("Malicious act", "Death", "Local civilian")]
)
def test_stored_words_and_labels_mean_the_same(words: tuple[str, str, str]) -> None:
    cause, outcome, personnel = words
    clean = clean_row(own_row(cause=cause, outcome=outcome, personnel=personnel))
    assert (clean.cause, clean.outcome, clean.personnel) == ("malicious-act", "fatality", "local-civilian")


@pytest.mark.parametrize(
    ("nationality", "iso3"), [("TCD", "TCD"), ("tcd", "TCD"), ("Chad", "TCD"), ("", None), ("undetermined", "ZZZ")]
)
def test_nationalities_by_code_or_name(nationality: str, iso3: str | None) -> None:
    assert clean_row(own_row(nationality=nationality)).nationality == iso3


def test_a_count_of_people_has_no_reference() -> None:
    clean = clean_row(own_row("", persons="7"))
    assert (clean.reference, clean.persons, clean.incident_key) == (None, 7, "MINUSMA-2014-09-18-malicious-act")
    yearly = clean_row(own_row("", persons="120", date="2014"))
    assert (yearly.incident_key, yearly.named) == ("", False)


def test_somebody_who_died_of_wounds_is_a_fatality_with_both_days() -> None:
    clean = clean_row(own_row(outcome="fatality", died_on="2014-10-02"))
    assert (clean.occurred_on, clean.died_on) == ("2014-09-18", "2014-10-02")


@pytest.mark.parametrize(
    ("fields", "column", "reason"),
    [
        ({"persons": "0"}, "persons", "must be from 1 to 10,000"),
        ({"persons": "-3"}, "persons", "must be from 1 to 10,000"),
        ({"persons": "99999999999999"}, "persons", "must be from 1 to 10,000"),
        ({"persons": "2.5"}, "persons", "is not a whole number"),
        ({"persons": "2"}, "persons", "a row with a reference is one person"),
        ({"date": "2014-9-18"}, "date", "is not a date (YYYY-MM-DD, YYYY-MM or YYYY)"),
        ({"date": "2014-13"}, "date", "is a date that does not exist"),
        ({"cause": ""}, "cause", "is blank; one of malicious-act"),
        ({"outcome": "missing"}, "outcome", "is none of fatality, injury"),
        ({"severity": "bad"}, "severity", "is none of very-serious"),
        ({"outcome": "fatality", "severity": "serious"}, "severity", "only an injury has a severity"),
        ({"died_on": "2014-10-02"}, "died_on", "an injured person who died counts as a fatality"),
        ({"outcome": "fatality", "died_on": "2014-09-17"}, "died_on", "lies before the incident of 2014-09-18"),
        ({"cause": "illness", "means": "landmine"}, "means", "only a malicious act has this"),
        ({"cause": "accident", "context": "convoy"}, "context", "only a malicious act has this"),
        ({"accident_type": "aviation"}, "accident_type", "only an accident has this"),
        ({"latitude": "91", "longitude": "0"}, "latitude", "must be from −90 to 90 degrees"),
        ({"latitude": "12,5", "longitude": "0"}, "latitude", "has a decimal comma"),
        ({"latitude": "12.5"}, "longitude", "is blank while the latitude is given"),
        ({"latitude": f"12.{'1' * 40}", "longitude": "0"}, "latitude", "has 43 signs; a coordinate has at most 30"),
        ({"reference": ".."}, "reference", "cannot be the end of an address"),
        ({"reference": "a/b"}, "reference", "cannot be the end of an address"),
        ({"reference": "\u65e5\u672c", "cause": "illness"}, "reference", "gives its incident no address"),
        ({"reference": "---", "cause": "illness"}, "reference", "gives its incident no address"),
        ({"reference": "_x", "date": "2014"}, "reference", "gives its incident no address"),
        ({"place": "x" * 201}, "place", "has 201 characters; at most 200 are kept"),
        ({"incident": "two words"}, "incident", "must be letters, digits"),
        ({"released": "perhaps"}, "released", "is neither yes nor no"),
        ({"nationality": "Ruritania"}, "nationality", "no country has this name"),
        ({"other_nationalities": "FRA; XYZ"}, "other_nationalities", "no country has this name"),
        ({"reference": "", "cause": "illness"}, "incident", "a count of people (no reference) needs the name"),
        (
            {"reference": "", "date": "2014", "place": "Gao"},
            "incident",
            "means, context, accident type, place and summary belong",
        ),
    ],
)
def test_errors(fields: dict[str, str], column: str, reason: str) -> None:
    found = errors_of(own_row() | fields)
    assert [found_column for found_column, *_ in found] == [column]
    assert found[0][2].startswith(reason)


def test_released_is_no_where_the_column_is_there_and_blank() -> None:
    rows, problems = clean_file(csv_bytes([own_row("A-1", released="yes"), own_row("A-2", released="")]))
    assert problems == []
    assert [row.released for row in rows] == [True, False]


def test_a_month_that_only_touches_the_missions_time_is_no_doubt() -> None:
    assert warnings_of(own_row(date="2013-04")) == []
    assert warnings_of(own_row(date="2013-03")) == [("date", "2013-03-01", "MINUSMA began on 2013-04-25")]
    assert warnings_of(own_row(date="2013")) == []


def test_every_column_has_a_cell() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS) == 22


def test_a_coordinate_may_have_more_places_than_are_kept() -> None:
    assert clean_row(own_row(latitude="12.1234567890123", longitude="0")).latitude == "12.12346"


@pytest.mark.parametrize(
    "fields",
    [{"cause": "malicious-act"}, {"cause": "illness", "incident": "Camp-2014"}],
)
def test_a_reference_in_another_script_is_kept_where_it_is_no_address(fields: dict[str, str]) -> None:
    assert clean_row(own_row("\u65e5\u672c", **fields)).reference == "\u65e5\u672c"
