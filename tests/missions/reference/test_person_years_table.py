"""The table of person-years against the material it was made from."""

from decimal import Decimal

import pytest

from missions.reference.rows import PersonYearsRow
from tests.missions.reference.tables import project_tables, shared_rows


def rows_of(mission: str, year: int) -> list[PersonYearsRow]:
    return [row for row in project_tables().person_years if (row.mission, row.year) == (mission, year)]


def test_each_mission_year_has_the_three_categories_and_one_set_of_months() -> None:
    by_year: dict[tuple[str, int], list[PersonYearsRow]] = {}
    for row in project_tables().person_years:
        by_year.setdefault((row.mission, row.year), []).append(row)
    for rows in by_year.values():
        assert sorted(row.category for row in rows) == ["observers", "police", "troops"]
        assert len({(row.months, row.months_filled) for row in rows}) == 1


def test_a_year_that_is_covered_in_part_says_which_months() -> None:
    assert rows_of("UNAVEM", 1990)[0].months == (11, 12)


def test_the_years_are_those_of_the_source() -> None:
    years = {row.year for row in project_tables().person_years}
    assert (min(years), max(years)) == (1990, 2018)


@pytest.mark.realdata
def test_each_mission_year_adds_up_to_the_source() -> None:
    material = shared_rows("strength-yearly.csv")
    assert len(project_tables().person_years) == 3 * len(material)
    sums: dict[tuple[str, str], Decimal] = {}
    for row in project_tables().person_years:
        key = (row.mission, str(row.year))
        sums[key] = sums.get(key, Decimal(0)) + row.person_years
    for source in material:
        key = (source["mission"], source["year"])
        assert abs(sums[key] - Decimal(source["person_years"])) <= Decimal("0.1"), key
        mission_year = rows_of(source["mission"], int(source["year"]))
        assert len(mission_year[0].months) == int(source["months_reported"]) + int(source["months_filled"]), key
        assert mission_year[0].months_filled == int(source["months_filled"]), key


@pytest.mark.realdata
@pytest.mark.parametrize(("year", "published"), [(1993, 67_964), (2006, 75_264), (2014, 100_111), (2015, 106_139)])
def test_the_world_has_the_published_person_years(year: int, published: int) -> None:
    total = sum((row.person_years for row in project_tables().person_years if row.year == year), Decimal(0))
    assert abs(total - published) <= 10
