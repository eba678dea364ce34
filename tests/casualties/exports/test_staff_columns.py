"""Columns for staff never reach a reader, and reach staff only for the missions of their posting."""

from datetime import UTC, datetime

import pytest

from casualties.exports.columns import INCIDENTS, PEOPLE, UnknownColumn, columns_for
from casualties.exports.files import incidents_file, people_file
from casualties.filters import EVERYTHING, PUBLIC, Viewer, select
from tests.casualties.exports.reading import rows_of
from tests.factories import make_casualty, make_incident, make_mission, make_release

STAFF = [column.name for column in (*PEOPLE, *INCIDENTS) if column.audience == "staff"]


def test_there_are_some() -> None:
    assert {"place", "summary", "released", "wounded_at", "accountability"} <= set(STAFF)


@pytest.mark.parametrize("columns", [PEOPLE, INCIDENTS])
def test_readers_get_none(columns: tuple) -> None:
    assert all(column.audience == "public" for column in columns_for(columns, PUBLIC))
    for name in {column.name for column in columns if column.audience == "staff"}:
        with pytest.raises(UnknownColumn) as refused:
            columns_for(columns, PUBLIC, [name])
        assert not set(refused.value.allowed) & set(STAFF)


@pytest.mark.django_db(transaction=True)
def test_staff_get_them_for_their_missions_alone() -> None:
    make_release()
    mine, other = make_mission(), make_mission(acronym="UNIFIL")
    for mission in (mine, other):
        incident = make_incident(mission=mission, place=f"Place of {mission}")
        make_casualty(incident=incident, wounded_at=datetime(2019, 1, 20, 10, 30, tzinfo=UTC))
    make_casualty(mission=mine, released=False)
    viewer = Viewer(missions=frozenset({mine.pk}))
    selection = select("", viewer)
    people = rows_of(people_file(selection, columns=["mission", "released", "place", "wounded_at"]))
    assert sorted(tuple(row.values()) for row in people) == [
        ("MINUSMA", "no", "Place of MINUSMA", ""),
        ("MINUSMA", "yes", "Place of MINUSMA", "2019-01-20T10:30Z"),
        ("UNIFIL", "", "", ""),
    ]
    incidents = rows_of(incidents_file(selection, columns=["mission", "deaths", "place"]))
    assert sorted(tuple(row.values()) for row in incidents) == [
        ("MINUSMA", "2", "Place of MINUSMA"),
        ("UNIFIL", "1", ""),
    ]
    everywhere = rows_of(people_file(select("", EVERYTHING), columns=["place"]))
    assert {row["place"] for row in everywhere} == {"Place of MINUSMA", "Place of UNIFIL"}
