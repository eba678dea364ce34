"""Reports that somebody puts together: every choice adds up, every figure leads to its people, the rest is refused."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker

from casualties.choices import DatePrecision
from casualties.counts import DIMENSIONS, total
from casualties.filters import PUBLIC, load_basis
from casualties.reports.asked import Asked, ask, table_of
from casualties.reports.building import OF_PEOPLE, OFFERED
from casualties.reports.files import cells_by_place, report_frame
from casualties.reports.tables import narrowed
from tests.factories import make_casualty, make_country, make_incident, make_mission, make_release
from tests.kept import kept

pytestmark = pytest.mark.django_db
BY_CAUSE = {"means": "cause=malicious-act", "context": "cause=malicious-act", "accident_type": "cause=accident"}


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A family of two missions and a mission of none, without a region; an incident of three people of two nations."""
    with kept(django_db_blocker):
        make_release()
        chad, niger = make_country(), make_country(iso3="NER")
        monuc = make_mission(acronym="MONUC", family="MONUC-MONUSCO", region="Africa", started_on=date(1999, 11, 30))
        monusco = make_mission(acronym="MONUSCO", family="MONUC-MONUSCO", region="Africa", started_on=date(2010, 7, 1))
        make_mission(acronym="UNMOGIP", started_on=date(1949, 1, 24))
        attack = make_incident(mission=monusco, occurred_on=date(2021, 3, 5), means="small-arms-fire")
        for nationality, personnel in ((chad, "military"), (chad, "police"), (niger, "military")):
            make_casualty(incident=attack, nationality=nationality, personnel=personnel)
        make_casualty(mission=monuc, occurred_on=date(2005, 2, 1), nationality=chad, gender="f")
        make_casualty(mission=make_mission(acronym="UNMOGIP"), occurred_on=date(2021, 12, 31), cause="accident")
        make_casualty(
            incident=make_incident(occurred_on=date(2021, 1, 1), occurred_precision=DatePrecision.YEAR, key="x")
        )
        make_casualty(outcome="injury", severity="serious", occurred_on=date(2021, 3, 5), mission=monusco)
        yield


def asked(query: str) -> Asked:
    return ask("build", query, PUBLIC, load_basis())


def refused(query: str) -> list[tuple[str, str]]:
    return [(problem.parameter, problem.value) for problem in asked(query).problems]


QUERIES = [
    *(f"rows={name}&{BY_CAUSE.get(name, '')}" for name in OFFERED if name not in {"severity", "month"}),
    *(
        f"rows={name}&measure=incidents&{BY_CAUSE.get(name, '')}"
        for name in OFFERED
        if name not in {*OF_PEOPLE, "month"}
    ),
    "rows=severity&columns=mission&outcome=injury",
    "rows=mission&measure=incidents&outcome=injury",
    "rows=month&from=2021&to=2021",
    "rows=month&columns=year",
    "rows=year&rows=month&columns=nationality",
    "rows=mission&columns=month&date_from=2021-01-01&date_to=2021-06-30",
    "rows=family&rows=mission&columns=region",
    "rows=region&rows=cause&columns=year&from=2005",
    "rows=nationality&columns=mission&scope=uniformed",
    "rows=region&columns=family&measure=incidents&mission=UNMOGIP&mission=MONUC",
]


@pytest.mark.parametrize("query", QUERIES)
def test_it_adds_up_and_every_figure_is_that_of_its_people(query: str) -> None:
    report = asked(query)
    assert not report.problems
    table = table_of(report)
    assert table.adds_up
    assert table.total == total(report.counted, measure=report.report.measure) > 0
    for line in table.lines:
        for cell in (*line.cells, line.total):
            own = narrowed(table.selection, cell.where)
            if own is None:  # no address says a month that is not recorded, or one of several years
                assert "month" in cell.where
                assert cell.where["month"] == 0 or "year" not in cell.where
            elif cell.figure:
                assert not own.problems, cell.where
                assert total(own, measure=report.report.measure) == cell.figure, cell.where


def test_people_and_incidents_of_one_attack() -> None:
    people, incidents = table_of(asked("rows=mission")), table_of(asked("rows=mission&measure=incidents"))
    assert (people.total, incidents.total) == (6, 4)
    assert list(report_frame(incidents).columns) == ["mission", "level", "incidents"]
    assert cells_by_place(people)[("MONUSCO",), "persons"].figure == 3
    assert cells_by_place(incidents)[("MONUSCO",), "incidents"].figure == 1


def test_what_nobody_wrote_down_is_no_zero() -> None:
    """A line for men of whom there is none would be a 0 that nobody counted."""
    genders = [line.keys for line in table_of(asked("rows=gender")).lines]
    assert genders == [("f",), ("not-recorded",), ()]
    means = table_of(asked("rows=means&cause=malicious-act"))
    assert [(line.keys, line.total.figure) for line in means.lines] == [
        (("small-arms-fire",), 3),
        (("not-recorded",), 2),
        ((), 5),
    ]


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("", [("rows", "")]),
        ("columns=year", [("rows", "")]),
        ("rows=shoe-size", [("rows", "shoe-size")]),
        ("rows=outcome", [("rows", "outcome")]),
        ("rows=day", [("rows", "day")]),
        ("rows=mission&rows=mission", [("rows", "mission")]),
        ("rows=mission&columns=mission", [("columns", "mission")]),
        ("rows=mission&rows=year&rows=cause", [("rows", "mission, year, cause")]),
        ("rows=mission&columns=year&columns=cause", [("columns", "year, cause")]),
        ("rows=mission&measure=deaths", [("measure", "deaths")]),
        ("rows=nationality&measure=incidents", [("rows", "nationality")]),
        ("rows=mission&columns=personnel&measure=incidents", [("columns", "personnel")]),
        ("rows=severity", [("rows", "severity")]),
        ("rows=means", [("rows", "means")]),
        ("rows=accident_type&cause=malicious-act", [("rows", "accident_type")]),
        ("rows=mission&outcome=all", [("outcome", "all")]),
        ("rows=month", []),
        ("rows=month&from=2020&to=2021", [("from", "2020")]),
        ("rows=mission&cuase=illness", [("cuase", "")]),
        ("rows=mission&suppress=4", [("suppress", "4")]),
    ],
)
def test_what_does_not_go_together_is_named(query: str, wrong: list[tuple[str, str]]) -> None:
    assert refused(query) == wrong


def test_every_dimension_is_offered_but_two() -> None:
    """The outcome is a filter, and a line per day would give days to records that have none."""
    assert set(DIMENSIONS) - set(OFFERED) == {"outcome", "day"}


def test_the_query_is_canonical_and_keeps_the_order_of_the_rows() -> None:
    report = asked("suppress=5&to=2021&columns=year&rows=region&mission=MONUSCO&rows=cause&from=2005&measure=persons")
    assert report.query_string == "rows=region&rows=cause&columns=year&mission=MONUSCO&from=2005&to=2021&suppress=5"
    assert asked(report.query_string).query_string == report.query_string
    assert str(report.report.title) == "Deaths by region, cause and year"
