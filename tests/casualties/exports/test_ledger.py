"""The ledger of a small world: each kind of change once, and the sums that it must give."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from casualties.choices import CasualtyState, Cause, Gender, Outcome
from casualties.counts import total
from casualties.exports.ledger import Ledger, ledger, ledger_frame
from casualties.filters import EVERYTHING, PUBLIC, Viewer, forget_basis, select
from casualties.models import Casualty, Incident
from casualties.trends.revised import as_known, revised
from tests.factories import make_casualty, make_incident, make_mission, make_release
from tests.kept import kept

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2023, 11, 28), date(2024, 6, 30), date(2025, 2, 1)


def change(reference: str, day: date, **fields: object) -> None:
    """A release of that day says something else of a person; what makes the incident moves them to another."""
    person = Casualty.objects.get(reference=reference)
    moved = {name: fields.get(name, getattr(person, name)) for name in ("mission", "occurred_on", "cause")}
    if {"mission", "occurred_on", "cause"} & set(fields):
        fields["incident"] = Incident.objects.filter(**moved).first() or make_incident(**moved)  # type: ignore[arg-type]
    Casualty.objects.filter(pk=person.pk).update(**fields, known_at=day)


def withdraw(reference: str, day: date) -> None:
    change(reference, day, state=CasualtyState.WITHDRAWN, withdrawn_on=day)


@pytest.fixture(scope="module", autouse=True)
def releases(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Three releases; the second changes much, the third gives one person back."""
    with kept(django_db_blocker):
        make_release(released_on=FIRST)
        for reference, cause, day in (
            ("same", Cause.MALICIOUS_ACT, date(2021, 5, 5)),
            ("open", Cause.TO_BE_DETERMINED, date(2023, 3, 1)),
            ("gone", Cause.ILLNESS, date(2022, 5, 5)),
            ("moved", Cause.ACCIDENT, date(2020, 7, 7)),
            ("gender", Cause.ILLNESS, date(2019, 1, 1)),
            ("there-and-back", Cause.ILLNESS, date(2018, 1, 1)),
        ):
            make_casualty(reference=reference, cause=cause, occurred_on=day)
        make_casualty(reference="hidden", occurred_on=date(2016, 6, 6), released=False)
        make_release(released_on=SECOND)
        change("open", SECOND, cause=Cause.ILLNESS)
        withdraw("gone", SECOND)
        change("moved", SECOND, occurred_on=date(2019, 7, 7), mission=make_mission(acronym="UNIFIL"))
        change("gender", SECOND, gender=Gender.FEMALE)
        change("there-and-back", SECOND, gender=Gender.FEMALE)
        change("hidden", SECOND, released=True)
        make_casualty(reference="new", occurred_on=date(2024, 2, 2), known_at=SECOND)
        make_casualty(reference="back-dated", occurred_on=date(2015, 2, 2), known_at=SECOND)
        make_release(released_on=THIRD)
        change("gone", THIRD, state=CasualtyState.COUNTED, withdrawn_on=None)
        change("there-and-back", THIRD, gender="")
        forget_basis()
        yield


def changes(query: str = "", since: date = FIRST, until: date = SECOND, viewer: Viewer = PUBLIC) -> Ledger:
    return ledger(select(query, viewer), since=since, until=until)


def references(found: Ledger, kind: str = "", **cell: str) -> set[str]:
    rows = found.of(kind, **cell)
    return {now or then for now, then in zip(rows["reference_now"], rows["reference_then"], strict=True)}


def test_each_kind_of_change() -> None:
    found = changes()
    assert references(found, "added") == {"new", "back-dated", "hidden"}
    assert references(found, "back-dated") == {"back-dated", "hidden"}
    assert references(found, "withdrawn") == {"gone"}
    assert references(found, "reclassified") == {"open"}
    assert references(found, "changed") == {"moved", "gender", "there-and-back"}
    assert references(found, "gender") == {"gender", "there-and-back"}
    assert references(found, "reinstated") == set()
    assert found.fields() == {"date": 1, "mission": 1, "gender": 2}


def test_somebody_withdrawn_comes_back() -> None:
    found = changes(since=SECOND, until=THIRD)
    assert references(found, "reinstated") == {"gone"}
    assert references(found, "added") == set()
    assert found.balance() == {
        "since": 8,
        "added": 0,
        "back-dated": 0,
        "reinstated": 1,
        "withdrawn": 0,
        "came": 0,
        "went": 0,
        "recounted": 0,
        "until": 9,
    }


def test_what_came_and_went_again_is_no_change() -> None:
    assert references(changes(until=THIRD)) == {"open", "moved", "gender", "new", "back-dated", "hidden"}


def test_a_release_to_the_public_is_an_addition_for_them_and_a_change_for_staff() -> None:
    assert "hidden" in references(changes(), "added")
    staff = changes(viewer=EVERYTHING)
    assert "hidden" not in references(staff, "added")
    assert references(staff, "released") == {"hidden"}


def test_under_a_filter_people_come_and_go_by_their_changes() -> None:
    illness = changes("cause=illness")
    assert references(illness, "came") == {"open"}
    assert references(illness, "reclassified", old="to-be-determined", new="illness") == {"open"}
    assert illness.balance()["came"] == 1
    undetermined = changes("cause=to-be-determined")
    assert references(undetermined, "went") == {"open"}
    assert undetermined.balance() | {"since": 1, "went": 1, "until": 0} == undetermined.balance()
    assert references(changes("mission=UNIFIL"), "came") == {"moved"}
    assert references(changes("date_from=2020-01-01&date_to=2020-12-31"), "went") == {"moved"}


QUERIES = (
    *("", "cause=illness", "cause=to-be-determined", "mission=UNIFIL", "mission=MINUSMA", "gender=f"),
    *("from=2019&to=2020", "to=2024&from=2024", "scope=uniformed", "date_from=2020-01-01", "outcome=fatality"),
)
OF_EVERYTHING = QUERIES[:6]  # the two viewers differ in one person of 2016
SPLIT = ("", "cause=illness")  # whose groups are asked for one by one, too


@pytest.mark.parametrize(
    ("since", "until"), [(FIRST, SECOND), (FIRST, THIRD), (SECOND, THIRD), (FIRST, date(2024, 1, 1))]
)
def test_the_balance_leads_from_one_count_to_the_other(since: date, until: date) -> None:
    for query, viewer in [*product(QUERIES, (PUBLIC,)), *product(OF_EVERYTHING, (EVERYTHING,))]:
        found = changes(query, since, until, viewer)
        selection = select(query, viewer)
        balance = found.balance()
        assert balanced(balance), query
        assert balance["since"] == total(as_known(selection, since)), query
        known = selection.change(known_at=until.isoformat())
        if not known.problems:  # a year that the release of that day did not cover
            assert balance["until"] == total(known), query
        for by in ("year", "mission", "cause"):
            if by == "year" and selection.by_day:
                continue
            for row in found.balances(by).to_dict("records"):
                group = row.pop(by)
                assert balanced(row), (query, by, group)
                if query in SPLIT and viewer == PUBLIC:
                    assert ledger(selection.change(**{by: group}), since=since, until=until).balance() == row


def balanced(row: Mapping[Any, int]) -> bool:
    steps = row["added"] + row["reinstated"] - row["withdrawn"] + row["came"] - row["went"] + row["recounted"]
    return row["until"] == row["since"] + steps


def test_two_people_changed_in_a_died_of_wounds_case() -> None:
    """Somebody injured dies: under deaths they come in by a change of the outcome, and are no addition."""
    make_casualty(reference="wounded", outcome=Outcome.INJURY, occurred_on=date(2023, 1, 1))
    change("wounded", SECOND, outcome=Outcome.FATALITY, died_on=date(2023, 2, 1))
    forget_basis()
    found = changes()
    assert references(found, "came") == {"wounded"}
    assert references(found, "outcome") == references(found, "died_on") == {"wounded"}
    assert balanced(found.balance())


def test_a_recount_is_a_step_of_its_own() -> None:
    mission = make_mission(acronym="UNMEE")
    crowd = make_casualty(mission=mission, occurred_on=date(2003, 3, 3), persons=4)
    Casualty.objects.filter(pk=crowd.pk).update(persons=6, known_at=SECOND)
    found = changes("mission=UNMEE")
    assert found.balance()["recounted"] == 2
    assert found.fields() == {"persons": 6}
    assert balanced(found.balance())


def test_the_matrix_of_causes() -> None:
    matrix = changes().reclassified()
    assert matrix.to_dict("records") == [{"from": "to-be-determined", "to": "illness", "persons": 1}]


def test_the_file_has_one_line_per_person_and_field() -> None:
    frame = ledger_frame(changes().of())
    moved = frame[frame["reference"] == "moved"]
    assert list(moved["field"]) == ["date", "mission"]
    assert list(zip(moved["old"], moved["new"], strict=True)) == [("2020-07-07", "2019-07-07"), ("MINUSMA", "UNIFIL")]
    assert set(moved["known_from"]) == {"2024-06-30"}
    gone = frame[frame["reference"] == "gone"].iloc[0]
    assert (gone["what"], gone["field"], gone["selected"], gone["known_from"]) == (
        "withdrawn",
        "",
        "since only",
        "2024-06-30",
    )


def test_years_revised_since_they_were_first_published_as_closed() -> None:
    def years(query: str) -> list[int]:
        known = revised(select(query, PUBLIC))
        return [year for year in range(2010, 2026) if known.differs(year, year)]

    assert years("") == [2015, 2016, 2019, 2020]
    # 2022 lost somebody and has them back; 2023 closed with the second release, as 2024 with the third.
    assert years("known_at=2024-12-31") == [2015, 2016, 2019, 2020, 2022]
    known = revised(select("", PUBLIC))
    assert known.since(2019) == FIRST
    published = known.published[FIRST]
    assert [sum(n for (year, _), n in published.items() if year == one) for one in (2015, 2019, 2020)] == [0, 1, 1]
    assert [sum(n for (year, _), n in known.now.items() if year == one) for one in (2015, 2019, 2020)] == [1, 2, 0]


def test_dates_the_wrong_way_round() -> None:
    with pytest.raises(ValueError, match="is not before"):
        changes(since=SECOND, until=FIRST)
    with pytest.raises(ValueError, match="never added"):
        changes("outcome=all")
