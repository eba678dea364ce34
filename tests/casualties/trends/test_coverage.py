"""Which deaths the person-years cover, and what the person-years are."""

from datetime import date

import pandas as pd
import pytest

from casualties.trends.coverage import denominators, mark_covered, mission_strengths, numerators


def strength_rows(*rows: tuple[object, ...]) -> pd.DataFrame:
    columns = ["mission", "year", "category", "person_years", "months", "months_filled"]
    return pd.DataFrame(rows, columns=columns)


def deaths(*rows: tuple[object, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["mission", "year", "month", "persons"])
    return frame.astype({"month": "Int64"})


YEAR = tuple(range(1, 13))


def test_it_works() -> None:
    strengths = mission_strengths(
        strength_rows(
            ("MINUSMA", 2013, "troops", 3000.0, range(7, 13), 1),
            ("MINUSMA", 2013, "police", 80.6, range(7, 13), 1),
            ("UNIFIL", 2013, "troops", 10_000.0, YEAR, 0),
        )
    )
    marked = mark_covered(deaths(("MINUSMA", 2013, 6, 1), ("MINUSMA", 2013, 7, 2), ("UNIFIL", 2013, 6, 4)), strengths)
    assert marked["coverage"].tolist() == ["left_out", "rate_persons", "rate_persons"]
    above = numerators(marked, ["mission", "year"])
    assert above.to_dict("list") == {
        "mission": ["MINUSMA", "UNIFIL"],
        "year": [2013, 2013],
        "rate_persons": [2, 4],
        "left_out": [1, 0],
        "undated": [0, 0],
    }
    below = denominators(strengths, ["mission"])
    assert below.to_dict("list") == {
        "mission": ["MINUSMA", "UNIFIL"],
        "year": [2013, 2013],
        "person_years": [3080.6, 10_000.0],
        "months_covered": [6, 12],
        "mission_months": [6, 12],
        "months_filled": [1, 0],
    }
    assert denominators(strengths).iloc[0].tolist() == [2013, 13_080.6, 12, 18, 1]


def test_filled_months_count_as_covered() -> None:
    strengths = mission_strengths(strength_rows(("UNMIL", 2017, "troops", 900.0, YEAR, 12)))
    assert mark_covered(deaths(("UNMIL", 2017, 3, 1)), strengths)["coverage"].tolist() == ["rate_persons"]
    assert denominators(strengths)["months_filled"].tolist() == [12]


def test_a_mission_year_without_strength_leaves_its_deaths_out() -> None:
    strengths = mission_strengths(strength_rows(("UNIFIL", 2013, "troops", 10_000.0, YEAR, 0)))
    found = mark_covered(deaths(("UNIFIL", 2014, 1, 1), ("UNSMA", 2013, 1, 1), ("UNSMA", 2013, None, 1)), strengths)
    assert found["coverage"].tolist() == ["left_out"] * 3


def test_where_only_the_year_is_known_the_year_decides() -> None:
    strengths = mission_strengths(
        strength_rows(("UNIFIL", 2013, "troops", 10_000.0, YEAR, 0), ("UNDOF", 2013, "troops", 500.0, range(1, 7), 0))
    )
    found = mark_covered(
        deaths(("UNIFIL", 2013, None, 1), ("UNDOF", 2013, None, 1), ("UNDOF", 2012, None, 1)), strengths
    )
    assert found["coverage"].tolist() == ["rate_persons", "undated", "left_out"]


def test_a_category_that_covers_more_months_is_taken_for_the_common_ones() -> None:
    strengths = mission_strengths(
        strength_rows(("UNDOF", 2013, "troops", 600.0, YEAR, 8), ("UNDOF", 2013, "police", 10.0, range(1, 7), 0))
    )
    assert strengths["person_years"].tolist() == [310.0]
    assert strengths["months"].tolist() == [(1, 2, 3, 4, 5, 6)]
    assert strengths["months_filled"].tolist() == [6]


def test_months_that_are_not_over_on_the_day_known_are_cut_off() -> None:
    rows = strength_rows(
        ("UNIFIL", 2014, "troops", 1200.0, YEAR, 0),
        ("UNIFIL", 2015, "troops", 1200.0, YEAR, 0),
        ("UNIFIL", 2016, "troops", 1200.0, YEAR, 0),
    )
    known = mission_strengths(rows, known_until=date(2015, 6, 29))
    assert known["year"].tolist() == [2014, 2015]
    assert known["person_years"].tolist() == [1200.0, 500.0]
    assert known["months"].tolist() == [YEAR, (1, 2, 3, 4, 5)]
    assert mission_strengths(rows, known_until=date(2015, 6, 30))["person_years"].tolist() == [1200.0, 600.0]
    assert mission_strengths(rows, known_until=date(2015, 12, 31))["person_years"].tolist() == [1200.0, 1200.0]


def test_months_of_a_group_are_those_of_any_mission() -> None:
    strengths = mission_strengths(
        strength_rows(("A", 2013, "troops", 1.0, range(1, 5), 0), ("B", 2013, "troops", 1.0, range(3, 9), 2))
    ).assign(region="Africa")
    found = denominators(strengths, ["region"]).iloc[0]
    assert (found["months_covered"], found["mission_months"], found["months_filled"]) == (8, 10, 2)


def test_nothing_recorded() -> None:
    strengths = mission_strengths(strength_rows())
    assert strengths.empty
    assert mark_covered(deaths(("UNIFIL", 2013, 1, 1)), strengths)["coverage"].tolist() == ["left_out"]
    assert denominators(strengths).empty


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("A", 2013, "troops", 1.0, YEAR, 0)] * 2, "A in 2013 .troops. is there twice"),
        ([("A", 2013, "troops", -1.0, YEAR, 0)], "A in 2013 must be a number that is not negative"),
        ([("A", 2013, "troops", float("nan"), YEAR, 0)], "A in 2013 must be a number that is not negative"),
        ([("A", 2013, "troops", 1.0, (0, 1), 0)], "0 is no month"),
        ([("A", 2013, "troops", 1.0, (13,), 0)], "13 is no month"),
        ([("A", 2013, "troops", 1.0, (), 0)], "at least one month"),
    ],
)
def test_wrong_strengths_are_refused(rows: list[tuple[object, ...]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        mission_strengths(strength_rows(*rows))
