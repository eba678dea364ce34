"""The quirks of the UN's open data, one test (or more) for each, in their order in the description of the field."""

from datetime import date

import pytest

from casualties.choices import Cause
from casualties.intake.names import label_of_the_day, nationality_doubt
from casualties.intake.problems import Level
from casualties.intake.rows import merge_labels
from casualties.models import Casualty, Incident
from tests.casualties.intake.cleaning import clean_file, clean_record, clean_row, errors_of, warnings_of
from tests.casualties.intake.releases import (
    csv_bytes,
    hub_row,
    import_rows,
    json_bytes,
    many_rows,
    problems_of,
    some_lookups,
)

LOCAL = {"mission_acronym": "UNMIK", "casualty_personnel_type": "Local ", "incident_date": "2003-05-05"}
MNE = {"casualty_nationality": "Montenegro", "m49_code": "499.0", "isocode3": "MNE"}
SCG = {"casualty_nationality": "Serbia and Montenegro", "m49_code": "891.0", "isocode3": "SCG"}


# 1. `id` is the row number of the release and shifts between releases: never a key.


@pytest.mark.django_db
def test_quirk_1_row_numbers_shift_between_releases(reference: None) -> None:
    rows = many_rows(20)
    import_rows(rows)
    renumbered = [row | {"id": str(900 - place)} for place, row in enumerate(reversed(rows))]
    again = import_rows(renumbered, "2023-11-29")
    assert (again.state, again.same, again.new, again.changed, again.gone) == ("applied", 20, 0, 0, 0)


# 2. casualty_id repeats: one person, two nationality labels.


def test_quirk_2_one_person_with_two_labels_has_that_of_the_state_of_the_day() -> None:
    for pair in ([MNE, SCG], [SCG, MNE]):
        rows, problems = clean_file(csv_bytes([hub_row("UNMIK-2003-05-03589", **LOCAL, **label) for label in pair]))
        person, found = merge_labels(rows, some_lookups(), {})
        assert (person.nationality, person.other_nationalities) == ("SCG", ("MNE",))
        assert problems == found == []


def test_quirk_2_after_the_end_of_the_state_the_successor_is_the_nationality() -> None:
    lookups = some_lookups()
    assert label_of_the_day(["MNE", "SCG"], date(2006, 6, 5), lookups) == "SCG"
    assert label_of_the_day(["MNE", "SCG"], date(2006, 6, 6), lookups) == "MNE"
    assert label_of_the_day(["MNE", "SRB"], date(2003, 5, 5), lookups) is None


@pytest.mark.parametrize("column", ["incident_date", "mission_acronym", "type_of_incident", "gender"])
def test_quirk_2_two_rows_that_differ_in_anything_else_are_an_error_naming_both_lines(column: str) -> None:
    other = {
        "incident_date": "2003-05-06",
        "mission_acronym": "UNIFIL",
        "type_of_incident": "Illness",
        "gender": "F",
    }[column]
    rows, _ = clean_file(csv_bytes([hub_row("X-1", **LOCAL, **MNE), hub_row("X-1", **LOCAL, **SCG) | {column: other}]))
    _, problems = merge_labels(rows, some_lookups(), {})
    assert [problem.level for problem in problems] == [Level.ERROR]
    assert "lines 2 and 3 have one reference, X-1, but differ" in problems[0].reason


def test_quirk_2_the_same_row_twice_is_one_person_and_a_warning() -> None:
    rows, _ = clean_file(csv_bytes([hub_row("X-1"), hub_row("X-1")]))
    person, problems = merge_labels(rows, some_lookups(), {})
    assert person.nationality == "TCD"
    assert [(problem.level, problem.reason) for problem in problems] == [
        (Level.WARNING, "lines 2 and 3 are one and the same person, who is counted once")
    ]


def test_quirk_2_two_states_that_both_existed_cannot_be_told_apart() -> None:
    french = hub_row("X-1", casualty_nationality="France", m49_code="250.0", isocode3="FRA")
    rows, _ = clean_file(csv_bytes([hub_row("X-1"), french]))
    _, problems = merge_labels(rows, some_lookups(), {})
    assert "has the nationalities FRA, TCD" in problems[0].reason
    assert problems[0].level is Level.ERROR


@pytest.mark.django_db
def test_quirk_2_people_are_counted_and_not_rows(reference: None) -> None:
    pair = [hub_row("UNMIK-2003-05-03589", **LOCAL, **label) for label in (MNE, SCG)]
    batch = import_rows([*pair, hub_row("UNMIK-2003-05-03590", **LOCAL, **SCG)])
    assert (batch.rows, batch.persons, batch.new, Casualty.objects.count()) == (3, 2, 2, 2)
    person = Casualty.objects.get(reference="UNMIK-2003-05-03589")
    assert (person.nationality_id, person.other_nationalities) == ("SCG", ["MNE"])
    assert problems_of(batch, "warning") == []


# 3. Do not deduplicate on content.


@pytest.mark.django_db
def test_quirk_3_people_who_differ_in_nothing_but_the_reference_are_all_counted(reference: None) -> None:
    batch = import_rows([hub_row(f"MINUSMA-2014-09-{number:05}") for number in range(30)])
    assert (batch.persons, Casualty.objects.count(), Incident.objects.count()) == (30, 30, 1)


# 4. Later releases change rows, add back-dated ones, and can lose codes: test_second_release.py; here the codes.


@pytest.mark.django_db
def test_quirk_4_a_country_that_lost_its_codes_and_changed_its_name_is_no_change(reference: None) -> None:
    rows = [row | {"casualty_nationality": "Turkey", "m49_code": "792.0", "isocode3": "TUR"} for row in many_rows(10)]
    import_rows(rows)
    lost = [row | {"casualty_nationality": "Türkiye", "m49_code": "", "isocode3": ""} for row in rows]
    again = import_rows(lost, "2023-12-05")
    assert (again.same, again.changed) == (10, 0)
    assert set(Casualty.objects.values_list("nationality_id", flat=True)) == {"TUR"}


# 5. Blanks at the ends, undetermined and blank nationalities, countries without codes.


def test_quirk_5_local_has_a_trailing_space_in_every_row() -> None:
    assert clean_row(hub_row(casualty_personnel_type="Local ")).personnel == "local-civilian"


@pytest.mark.parametrize(
    ("name", "iso3"),
    [("Côte dIvoire", "CIV"), ("Mauritius", "MUS"), ("Viet Nam", "VNM"), ("ZZ [Undetermined]", "ZZZ"), ("", None)],
)
def test_quirk_5_nationalities_without_codes(name: str, iso3: str | None) -> None:
    row = hub_row(casualty_nationality=name, m49_code="", isocode3="")
    assert clean_row(row).nationality == clean_record(row).nationality == iso3
    assert warnings_of(row) == []


def test_quirk_5_undetermined_is_not_the_same_as_not_recorded() -> None:
    undetermined = clean_row(hub_row(casualty_nationality="ZZ [Undetermined]", m49_code="", isocode3=""))
    not_recorded = clean_row(hub_row(casualty_nationality="", m49_code="", isocode3=""))
    assert (undetermined.nationality, not_recorded.nationality) == ("ZZZ", None)


# 6. Dissolved states; a nationality may be older than its state. Warn, never reject.


def test_quirk_6_dissolved_states_are_nationalities() -> None:
    row = hub_row(
        casualty_nationality="Yugoslavia",
        m49_code="890.0",
        isocode3="YUG",
        mission_acronym="UNPROFOR",
        incident_date="1993-01-15",
    )
    assert clean_row(row).nationality == "YUG"


def test_quirk_6_a_nationality_older_than_its_state_is_doubted() -> None:
    lookups = some_lookups()
    assert "may be older than its state" in nationality_doubt("MNE", date(2003, 5, 5), lookups)
    assert nationality_doubt("MNE", date(2010, 1, 1), lookups) == ""
    assert nationality_doubt("FRA", date(1950, 1, 1), lookups) == ""


def test_quirk_6_a_nationality_after_the_end_of_its_state_is_doubted() -> None:
    assert nationality_doubt("SCG", date(2006, 6, 6), some_lookups()) == "Serbia and Montenegro had ended on 2006-06-05"
    assert nationality_doubt("SCG", date(2006, 6, 5), some_lookups()) == ""


@pytest.mark.django_db
def test_quirk_6_doubts_are_warnings_and_do_not_block(reference: None) -> None:
    batch = import_rows([hub_row("UNMIK-2003-05-00001", **LOCAL, **MNE)])
    assert batch.state == "applied"
    [(line, column, value, reason)] = problems_of(batch, "warning")
    assert (line, column, value) == (2, "casualty_nationality", "MNE")
    assert "Montenegro succeeds Serbia and Montenegro" in reason


# 7. The prefix and the month of casualty_id say when it was registered, not what happened where.


def test_quirk_7_prefix_and_month_of_the_reference_mean_nothing() -> None:
    clean = clean_row(hub_row("UNIFIL-2022-01-00006"))
    assert (clean.mission_id, clean.occurred_on, clean.reference) == (1, "2014-09-18", "UNIFIL-2022-01-00006")


# 8. Deaths outside the mission's dates: warn, never reject. Umbrellas.


@pytest.mark.parametrize(
    ("day", "reason"),
    [("1995-04-14", "UNPROFOR ended on 1995-03-31"), ("1991-12-31", "UNPROFOR began on 1992-02-01")],
)
def test_quirk_8_deaths_outside_the_missions_dates_are_warned_of(day: str, reason: str) -> None:
    row = hub_row(mission_acronym="UNPROFOR", incident_date=day)
    assert warnings_of(row) == [("incident_date", day, reason)]


@pytest.mark.parametrize("day", ["1992-02-01", "1995-03-31"])
def test_quirk_8_the_first_and_the_last_day_are_inside(day: str) -> None:
    assert warnings_of(hub_row(mission_acronym="UNPROFOR", incident_date=day)) == []


def test_quirk_8_a_part_of_an_umbrella_is_counted_under_it_with_a_warning() -> None:
    row = hub_row(mission_acronym="UNOSOM II", incident_date="1993-06-05")
    assert clean_row(row).mission_id == clean_row(row | {"mission_acronym": "UNOSOM"}).mission_id
    assert warnings_of(row) == [("mission_acronym", "UNOSOM II", "is counted under UNOSOM, as the open data do")]


def test_quirk_8_another_acronym_of_the_same_mission_is_the_mission() -> None:
    row = hub_row(mission_acronym="ONUCI", incident_date="2010-01-01")
    assert clean_row(row).mission_id == clean_row(row | {"mission_acronym": "UNOCI"}).mission_id
    assert warnings_of(row) == []


# 9. "To be determined" is an open state, "unknown" a verdict; neither is folded into another.


@pytest.mark.parametrize(
    ("published", "cause"),
    [
        ("Malicious Act", Cause.MALICIOUS_ACT),
        ("Accident", Cause.ACCIDENT),
        ("Illness", Cause.ILLNESS),
        ("Self-Inflicted", Cause.SELF_INFLICTED),
        ("To Be Determined", Cause.TO_BE_DETERMINED),
        ("Unknown", Cause.UNKNOWN),
    ],
)
def test_quirk_9_every_cause_is_one_of_its_own(published: str, cause: Cause) -> None:
    assert clean_row(hub_row(type_of_incident=published)).cause == cause


def test_quirk_9_a_blank_cause_is_an_error_and_not_unknown() -> None:
    [(column, value, reason)] = errors_of(hub_row(type_of_incident=""))
    assert (column, value) == ("type_of_incident", "")
    assert reason.startswith("is blank; one of malicious-act")


# 10. A blank gender is "not recorded".


def test_quirk_10_a_blank_gender_is_not_recorded() -> None:
    assert [clean_row(hub_row(gender=gender)).gender for gender in ("M", "F", "")] == ["m", "f", ""]
    assert clean_record(hub_row(gender="")).gender == ""


# 11. Civilians and local staff were hardly recorded before 1990: every personnel type stays what it is.


@pytest.mark.parametrize(
    ("published", "personnel"),
    [
        ("Military", "military"),
        ("Military Observer", "military-observer"),
        ("Police", "police"),
        ("International Civilian", "international-civilian"),
        ("Local ", "local-civilian"),
        ("Other", "other"),
    ],
)
def test_quirk_11_personnel_types_are_kept_apart(published: str, personnel: str) -> None:
    assert clean_row(hub_row(casualty_personnel_type=published)).personnel == personnel


# 12. incident_date is the day of the incident, not of the death.


@pytest.mark.django_db
def test_quirk_12_the_day_is_that_of_the_incident(reference: None) -> None:
    import_rows([hub_row()])
    person = Casualty.objects.get()
    assert (person.occurred_on, person.died_on) == (date(2014, 9, 18), None)


# The hub's JSON: milliseconds at midnight UTC, negative before 1970; null codes, "" for gender and nationality.


def test_json_and_csv_of_the_hub_say_the_same() -> None:
    row = hub_row(incident_date="1948-07-06", mission_acronym="UNSecretariat", gender="")
    assert clean_record(row)._replace(line=0) == clean_row(row)._replace(line=0)
    assert clean_record(row).occurred_on == "1948-07-06"


def test_milliseconds_that_are_not_midnight_are_an_error() -> None:
    content = json_bytes([hub_row()]).replace(b"1410998400000", b"1410998400001")
    _, [problem] = clean_file(content)
    assert (problem.line, problem.column, problem.value) == (1, "incident_date", "1410998400001")
    assert "not midnight UTC" in problem.reason
