"""The map: the area of a dot means persons, and who has no place is said."""

import math
from typing import Any

from casualties.charts.map import LARGEST, Place, deaths_by_place
from casualties.charts.theme import figure_json


def place(name: str, persons: int, longitude: float = 0.0, seat: str = "Here") -> Place:
    return Place(missions=(name,), seat=seat, longitude=longitude, latitude=10.0, persons=persons)


def drawn(places: list[Place], elsewhere: list[tuple[str, int]] | None = None) -> Any:
    words: Any = {"scope": "all", "span": "1948 to 2023", "outcome": "fatality", "csv_url": "", "source": ""}
    return deaths_by_place(places, elsewhere=elsewhere or [], **words)


def test_it_works() -> None:
    chart = drawn([place("A", 25), place("B", 100, 30.0, "Bamako"), place("C", 0)], [("D", 7), ("E", 0)])
    assert chart.title == "Most deaths were in missions with headquarters in Bamako (B), with 100"
    sizes = chart.figure.data[0].marker.size
    assert list(sizes) == [LARGEST, LARGEST * math.sqrt(0.25)]
    assert "7 more are of a mission or office without an established place" in chart.caveat
    assert "no boundaries" in chart.caveat
    rows = [[cell.text for cell in row.cells] for row in chart.table.rows]
    assert rows == [["Bamako", "B", "100"], ["Here", "A", "25"], ["Not established", "D", "7"], ["All", "", "132"]]
    assert '"@all"' in figure_json(chart.figure, chart.narrow)


def test_nobody_anywhere_has_no_figure() -> None:
    chart = drawn([place("A", 0)])
    assert chart.figure is None
    assert chart.title == "No place with anybody in this selection"
