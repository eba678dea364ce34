"""The open year beside the same days of earlier years, never beside whole ones."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from casualties.charts.embed import Embed
from casualties.charts.same_days import same_days
from tests.casualties.charts.frames_of import drawn

DAY = date(2023, 11, 21)


def chart(persons: list[int], **more: Any) -> Embed:
    years = range(2023 - len(persons) + 1, 2024)
    frame = pd.DataFrame({"year": years, "persons": persons})
    return same_days(frame, id="same", through=DAY, scope="all peace operations", **more)


def test_it_works() -> None:
    found = chart([94, 91, 116, 122, 92, 63])
    assert found.title == (
        "63 people died in 2023 up to 21 November, against 91 to 122 in the same days of the five years before"
    )
    assert list(drawn(found).data[0].y) == [94, 91, 116, 122, 92, 63]
    assert [row.cells[0].mark for row in found.table.rows] == ["", "", "", "", "", "p"]
    assert found.table.headings[0].text == "Year, to 21 November"


def test_zero_and_one() -> None:
    assert chart([3, 0]).title.startswith("No people died in 2023 up to 21 November, against 3 in")
    assert chart([3, 1]).title.startswith("1 person died in 2023")


def test_equal_years_are_no_range() -> None:
    said = chart([4, 4, 2]).title
    assert said == "2 people died in 2023 up to 21 November, against 4 in the same days of each of the two years before"


def test_no_earlier_year() -> None:
    assert chart([4]).title == "4 people died in 2023 up to 21 November"


def test_injuries() -> None:
    assert chart([4, 1], outcome="injury").title.startswith("1 person was injured in 2023")


def test_causes_are_added() -> None:
    frame = pd.DataFrame(
        {"year": [2022, 2022, 2023], "cause": ["illness", "accident", "illness"], "persons": [1, 2, 4]}
    )
    found = same_days(frame, id="same", through=DAY, scope="all")
    assert list(drawn(found).data[0].y) == [3, 4]


def test_a_frame_of_another_year_is_refused() -> None:
    with pytest.raises(ValueError, match="last year is 2023"):
        same_days(pd.DataFrame({"year": [2022], "persons": [1]}), id="same", through=DAY, scope="all")
