"""What a mapping may say: its JSON, what is wrong with it, the dates it reads, what is guessed for a file."""

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualties.intake.mapping import (
    Definition,
    DefinitionError,
    NamedMapping,
    guess,
    problems_of,
    profile_file,
)
from casualties.intake.mapping.dates import PartError, joined, ordered
from casualties.intake.mapping.guessing import proposal
from casualties.intake.mapping.translating import MappedCleaner, mapped_reader
from casualties.intake.mapping.vocabulary import meaning
from casualties.intake.own_rows import OwnCleaner
from casualties.intake.sources import OWN_OPTIONAL, OWN_REQUIRED
from peacekeeping.tables.cells import CellError
from peacekeeping.tables.content import Content
from peacekeeping.tables.rows import Row, Table
from tests.casualties.intake.mapping.shapes import (
    REGISTER,
    REGISTER_JSON,
    lookups,
    register,
    register_mapping,
    register_row,
)
from tests.casualties.intake.releases import csv_bytes

KILLED = ("Nationals killed", "Internationals killed")


def wrong(headings: tuple[str, ...] = REGISTER, **parts: Any) -> list[tuple[str, str]]:
    """Field and reason of everything that is wrong with the register's mapping after a change of it."""
    fields = {name: said for name, said in (REGISTER_JSON["fields"] | parts.pop("fields", {})).items() if said}
    definition = Definition.from_json(REGISTER_JSON | {"fields": fields} | parts)
    return [(problem.field, problem.reason) for problem in problems_of(definition, headings, lookups())]


def test_it_works() -> None:
    assert wrong() == []
    mapping = register_mapping()
    assert NamedMapping.from_json(mapping.as_json()) == mapping


@pytest.mark.parametrize(
    ("parts", "field", "reason"),
    [
        ({"fields": {"place": {"column": "Town"}}}, "place", "no column “Town”"),
        ({"fields": {"mission": None}}, "mission", "is needed"),
        ({"fields": {"date": None}}, "date", "is needed"),
        ({"fields": {"cause": {"constant": "misfortune"}}}, "cause", "“misfortune” is none of the words"),
        ({"fields": {"mission": {"constant": "Mali"}}}, "mission", "“Mali” is none of the words"),
        ({"fields": {"mission": {"constant": "MINUSMA", "column": "Country"}}}, "mission", "and not both"),
        ({"fields": {"date": {"column": "Year", "year": "Year"}}}, "date", "and not both"),
        ({"fields": {"date": {"month": "Month"}}}, "date", "needs the column of the year"),
        ({"fields": {"date": {"year": "Year", "day": "Day"}}}, "date", "days and none of months"),
        ({"fields": {"died_on": {"year": "Year"}}}, "died_on", "only the date is"),
        ({"fields": {"date": {"column": "Year", "order": "ydm"}}}, "date", "called “ydm”"),
        ({"fields": {"place": {"column": "City", "order": "dmy"}}}, "place", "called “dmy”"),
        ({"fields": {"place": {"column": "City", "prefix": "x"}}}, "place", "takes no text before it"),
        ({"fields": {"incident": {"column": "Year", "prefix": "x" * 31}}}, "incident", "at most 30 characters"),
        ({"fields": {"latitude": {"constant": "1"}}}, "latitude", "cannot be the same in all rows"),
        ({"fields": {"place": {"column": "City", "values": {"a": "b"}}}}, "place", "has no vocabulary"),
        ({"fields": {"means": {"column": "City", "values": {"a": "b"}}}}, "means", "“a”: “b” is none of the words"),
        ({"fields": {"cause": {"column": "City", "values": {"a": ""}}}}, "cause", "cannot mean “not recorded”"),
        ({"fields": {"reference": {"column": "Year"}}}, "reference", "they name nobody"),
        ({"fields": {"severity": {"constant": "serious"}}}, "severity", "they name nobody"),
        ({"counts": []}, "personnel", "by columns that count people"),
        ({"counts": [], "totals": {"injury": "Total wounded"}}, "Total wounded", "no column counts what it adds up"),
        ({"counts": [{"column": "Gone", "outcome": "injury", "personnel": "police"}]}, "Gone", "no column “Gone”"),
        ({"counts": [{"column": "Region", "personnel": "police"}]}, "Region", "deaths or injuries"),
        ({"counts": [{"column": "Region", "outcome": "injury"}]}, "Region", "which type of personnel"),
        ({"counts": [{"column": "Region", "outcome": "injury", "personnel": "x"}]}, "Region", "“x” is none"),
        (
            {"counts": [{"column": "Region", "outcome": "fatality", "personnel": "police", "severity": "serious"}]},
            "Region",
            "only an injury has a severity",
        ),
        (
            {"counts": [{"column": name, "outcome": "fatality", "personnel": "police"} for name in ("Region", "City")]},
            "City",
            "stands for the same people as another column",
        ),
        (
            {"counts": [{"column": "City", "outcome": name, "personnel": "police"} for name in ("fatality", "injury")]},
            "City",
            "is chosen more than once",
        ),
        ({"totals": {"fatality": "Nationals killed"}}, "Nationals killed", "counts people already"),
        (
            {"counts": [{"column": f"c{n}", "outcome": "injury", "personnel": "police"} for n in range(41)]},
            "persons",
            "at most 40 columns",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(parts: dict[str, Any], field: str, reason: str) -> None:
    found = wrong(**parts)
    assert any(named == field and reason in said for named, said in found), found


def test_a_heading_that_stands_twice_is_not_chosen() -> None:
    assert wrong((*REGISTER, "Region", "means  of ATTACK")) == [
        ("means", "the heading “Means of attack” stands more than once in the file")
    ]


TEXTS = st.text("aé٣7-.,#=\"' \n\x00", max_size=8)
CELLS = st.one_of(st.sampled_from(["", "0", "2019", "-1", "1e9", "Mali", "9" * 40]), TEXTS)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(REGISTER), CELLS))
def test_any_cell_is_read_or_named(cells: dict[str, str]) -> None:
    """Rows of our format, or problems at this line and a column of the file; never a failure, never silence."""
    row = Row(7, tuple((register_row() | cells)[name] for name in REGISTER))
    table = Table(Content.DELIMITED, "utf-8", ",", REGISTER, iter([row]))
    known = lookups()
    reader = mapped_reader(table, register_mapping(), known)
    cleaner = MappedCleaner(OwnCleaner(known, has_released=False), reader)
    made = [cleaner.clean(text_row) for text_row in reader.texts(table)]
    problems = [problem for _, found in made for problem in found] + reader.closing_problems()
    assert problems or all(clean for clean, _ in made)
    counted = sum(clean.persons for clean, _ in made if clean)
    assert counted or problems
    for problem in problems:
        assert problem.line in (7, None)
        assert set(problem.column.split(", ")) <= {*REGISTER, "", "cause (fixed)"}
    killed = sum(clean.persons for clean, _ in made if clean and clean.outcome == "fatality")
    if not problems:
        assert killed == sum(int(float(cells.get(name, register_row()[name]) or 0)) for name in KILLED)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "the mapping is no JSON object"),
        ({"colour": 1}, "the mapping has no part “colour”"),
        ({"fields": {"colour": {}}}, "fields has no part “colour”"),
        ({"fields": {"place": "City"}}, "place is no JSON object"),
        ({"fields": {"place": {"column": 1}}}, "column of place is no text"),
        ({"fields": {"means": {"values": {"a": None}}}}, "a of the values of means is no text"),
        ({"fields": {"means": {"left_out": "a"}}}, "what means leaves out"),
        ({"counts": {}}, "counts is no list"),
        ({"counts": [{"colour": "x"}]}, "a column that counts people has no part “colour”"),
        ({"totals": {"illness": "x"}}, "totals has no part “illness”"),
    ],
)
def test_json_that_is_no_mapping(data: object, reason: str) -> None:
    with pytest.raises(DefinitionError, match=reason):
        Definition.from_json(data)


@pytest.mark.parametrize(
    ("text", "order", "meant"),
    [
        ("2019-03", "iso", "2019-03"),
        ("17/03/2019", "dmy", "2019-03-17"),
        ("7.3.2019 00:00:00", "dmy", "2019-03-07"),
        ("17-Sep-2019", "dmy", "2019-09-17"),
        ("17 September 2019", "dmy", "2019-09-17"),
        ("03/17/2019", "mdy", "2019-03-17"),
        ("March 17, 2019", "mdy", "2019-03-17"),
        ("Mar 2019", "mdy", "2019-03"),
        ("3/2019", "dmy", "2019-03"),
        ("2019", "dmy", "2019"),
        ("31/02/2019", "dmy", "2019-02-31"),  # that there is no such day is said by the reader of our format
        ("", "dmy", ""),
    ],
)
def test_dates_in_one_cell(text: str, order: str, meant: str) -> None:
    assert ordered(text, order) == meant


@pytest.mark.parametrize(
    ("text", "order"), [("17/03/19", "dmy"), ("03/17/2019", "dmy"), ("2019-03-17", "mdy"), ("x", "dmy")]
)
def test_dates_that_are_not_in_the_order(text: str, order: str) -> None:
    with pytest.raises(CellError):
        ordered(text, order)


def test_parts_of_dates() -> None:
    assert joined("2019", "3", "7") == "2019-03-07"
    assert joined("2019.0", "3.0", "") == "2019-03"
    assert joined("2019", "", "") == "2019"
    for parts, named in ((("", "3", "7"), "year"), (("2019", "", "7"), "month"), (("2019", "0", "7"), "month"),
                         (("2019", "3", "32"), "day"), (("2019", "Ma", "1"), "month")):  # fmt: skip
        with pytest.raises(PartError) as error:
            joined(*parts)
        assert error.value.part == named


def test_the_guess_for_a_register() -> None:
    content = register(register_row(), register_row("2", **{"Means of attack": "Magic"}))
    found = guess(profile_file(io.BytesIO(content)), lookups())
    sources = found.sources
    assert (sources["date"].year, sources["date"].month, sources["date"].day) == ("Year", "Month", "Day")
    assert {name: source.column for name, source in sources.items() if name != "date"} == {
        "mission": "Country",
        "incident": "Incident ID",
        "means": "Means of attack",
        "context": "Attack context",
        "place": "City",
        "latitude": "Latitude",
        "longitude": "Longitude",
        "summary": "Details",
    }
    assert sources["means"].values == {"Shooting": "small-arms-fire"}
    assert found.counts == register_mapping().definition.counts
    assert found.totals == register_mapping().definition.totals


def test_the_guess_for_people_one_by_one() -> None:
    rows = [{"Case number": "1", "Event date": "17/03/2019", "Mission": "MINUSMA", "Type of casualty": "Wounded",
             "Sex": "woman", "Personnel type": "Soldier", "Total killed": "x"}]  # fmt: skip
    found = guess(profile_file(io.BytesIO(csv_bytes(rows))), lookups())
    assert found.counts == ()
    assert found.sources["date"].order == "dmy"
    assert found.sources["outcome"].values == {"Wounded": "injury"}
    assert found.sources["gender"].values == {"woman": "f"}
    assert found.sources["personnel"].values == {"Soldier": "military"}
    assert found.sources["reference"].column == "Case number"


def test_only_what_is_near_is_proposed() -> None:
    assert proposal("means", "Small arms-fire", lookups()) == "small-arms-fire"
    assert proposal("means", "Landmines", lookups()) == "landmine"
    assert proposal("means", "Magic", lookups()) == ""
    assert proposal("mission", "MINUSMAA", lookups()) == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [("YES", "yes"), ("true", "yes"), ("1", "yes"), ("No", "no"), ("0", "no"), ("", ""), ("maybe", ""), ("yes_", "")],
)
def test_yes_and_no_are_what_the_reader_of_our_format_takes(text: str, meant: str) -> None:
    assert meaning("released", text, lookups()) == meant


def test_every_field_of_the_format_can_be_mapped() -> None:
    """The page, its words and the checks know each of them."""
    from casualties.views.mapping.names import HOLDS, LABELS

    assert set(LABELS) == set(HOLDS) == {*OWN_REQUIRED, *OWN_OPTIONAL}
