"""The table of missions: what it must hold, and what must not have been carried over into it."""

import re

import pytest

from missions.reference.rows import MissionRow
from tests.missions.reference.tables import project_tables, shared_rows

FAMILIES = {
    "MONUC": {"MONUC", "MONUSCO"},
    "MINUSTAH": {"MINUSTAH", "MINUJUSTH", "BINUH"},
    "UNMIH": {"UNMIH", "UNSMIH", "UNTMIH", "MIPONUH", "MICAH"},
    "UNEF I": {"UNEF I", "UNEF II", "UNEF"},
    "UNOSOM I": {"UNOSOM I", "UNOSOM II", "UNOSOM"},
    "UNAVEM I": {"UNAVEM I", "UNAVEM II", "UNAVEM III", "UNAVEM", "MONUA"},
    "UNOMSIL": {"UNOMSIL", "UNAMSIL", "UNIOSIL", "UNIPSIL"},
    "ONUB": {"ONUB", "BINUB", "BNUB"},
    "UNAMET": {"UNAMET", "UNTAET", "UNMISET", "UNMIT"},
}


def missions() -> dict[str, MissionRow]:
    return {row.acronym: row for row in project_tables().missions}


def resolved() -> dict[str, str]:
    return {label: row.acronym for row in project_tables().missions for label in (row.acronym, *row.aliases)}


def test_the_list_of_71_operations_is_complete() -> None:
    listed = [row for row in project_tables().missions if row.in_un_list]
    assert len(listed) == 71
    assert {row.kind for row in listed} == {"pko"}


def test_a_peacekeeping_operation_is_on_the_un_list_or_in_the_hubs_set() -> None:
    for row in project_tables().missions:
        if row.kind == "pko":
            assert row.in_un_list or "DPPADPOSS-PKO" in row.source, row.acronym


def test_a_political_mission_names_the_page_that_calls_it_one() -> None:
    for row in project_tables().missions:
        if row.kind == "spm":
            said = [part for part in row.source.split(" | ") if re.match(r"[^:]*\bkind\b", part)]
            assert said, row.acronym
            assert "(http" in said[0], row.acronym


def test_nothing_rests_on_general_knowledge() -> None:
    tables = project_tables()
    for source in [row.source for row in tables.missions] + [row.source for row in tables.countries]:
        assert "general knowledge" not in source.lower()
        assert "unverified" not in source.lower()


def test_families_are_the_reviewed_ones() -> None:
    families: dict[str, set[str]] = {}
    for row in project_tables().missions:
        if row.family:
            families.setdefault(row.family, set()).add(row.acronym)
    assert families == FAMILIES


def test_umbrellas_are_missions_and_their_parts_stand_under_them() -> None:
    parts: dict[str, list[str]] = {}
    for row in project_tables().missions:
        if row.umbrella:
            parts.setdefault(row.umbrella, []).append(row.acronym)
    assert parts == {
        "UNEF": ["UNEF I", "UNEF II"],
        "UNOSOM": ["UNOSOM I", "UNOSOM II"],
        "UNAVEM": ["UNAVEM I", "UNAVEM II", "UNAVEM III"],
    }
    for umbrella, acronyms in parts.items():
        whole = missions()[umbrella]
        some = [missions()[acronym] for acronym in acronyms]
        assert not whole.in_un_list
        assert all(part.in_un_list and part.kind == whole.kind and part.family == whole.family for part in some)
        assert whole.started
        assert whole.started.day == min(part.started.day for part in some if part.started)
        assert whole.ended
        assert whole.ended.day == max(part.ended.day for part in some if part.ended)


def test_two_names_of_one_mission_are_one_mission() -> None:
    assert resolved()["ONUCI"] == "UNOCI"
    assert resolved()["UNCPSG"] == "UNPSG"
    assert {"ONUCI", "UNCPSG"}.isdisjoint(missions())
    assert missions()["UNPSG"].in_un_list


def test_unprofor_ends_where_the_un_list_ends_it() -> None:
    ended = missions()["UNPROFOR"].ended
    assert ended
    assert (ended.day.isoformat(), ended.precision) == ("1995-03-31", "month")


def test_a_mission_that_nothing_is_known_about_stays_blank() -> None:
    office = missions()["UNMAO"]
    assert (office.kind, office.status, office.hosts, office.started, office.ended) == (
        "other", "not-established", (), None, None,
    )  # fmt: skip


def test_predecessors_are_turned_round_into_successors() -> None:
    assert project_tables().successors_of("MONUC") == ["MONUSCO"]
    assert project_tables().successors_of("UNPROFOR") == ["UNPREDEP", "UNCRO", "UNMIBH"]
    assert project_tables().successors_of("MONUSCO") == []


def test_nobody_succeeds_a_mission_that_came_later() -> None:
    for row in project_tables().missions:
        for acronym in row.predecessors:
            before = missions()[acronym]
            if row.started and before.started:
                assert before.started.day < row.started.day, f"{acronym} before {row.acronym}"


@pytest.mark.realdata
def test_every_acronym_of_the_release_and_of_the_strengths_is_found() -> None:
    known = resolved()
    for file, column in (("fatalities-2023-11-28.csv", "mission_acronym"), ("strength-yearly.csv", "mission")):
        assert {row[column] for row in shared_rows(file)} - known.keys() == set()


@pytest.mark.realdata
def test_facts_that_were_not_general_knowledge_are_carried_over() -> None:
    known = resolved()
    for row in shared_rows("missions.csv"):
        mission = missions()[known[row["acronym"]]]
        if row["in_un_list_of_71"] != "yes" or row["acronym"] in {"UNCPSG", "UNTAG"}:
            continue
        assert mission.name == row["full_name"]
        assert mission.kind == row["kind"].lower()
        assert mission.status == row["status"]
        assert (mission.started.day.isoformat() if mission.started else "") == row["start_date"], row["acronym"]
        assert (mission.ended.day.isoformat() if mission.ended else "") == row["end_date"], row["acronym"]
        assert "; ".join(mission.hosts) == row["host_countries_iso3"]
        assert mission.seat == row["hq_city"]
