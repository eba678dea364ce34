"""The map: the area of a dot means persons, and who has no place is said."""

import math
from typing import Any

from casualties.charts.label_boxes import Box
from casualties.charts.map import FRAMES, LARGEST, Place, _dots, _pixel, _sizes, deaths_by_place
from casualties.charts.theme import figure_json


def place(name: str, persons: int, longitude: float = 0.0, seat: str = "Here") -> Place:
    return Place(missions=(name,), seat=seat, longitude=longitude, latitude=10.0, persons=persons)


def drawn(places: list[Place], elsewhere: list[tuple[str, int]] | None = None) -> Any:
    words: Any = {"scope": "all", "span": "1948 to 2023", "outcome": "fatality", "csv_url": "", "source": ""}
    return deaths_by_place(places, elsewhere=elsewhere or [], **words)


def test_it_works() -> None:
    chart = drawn([place("A", 25), place("B", 100, 30.0, "Bamako"), place("C", 0)], [("D", 7), ("E", 0)])
    headquarters = "missions with headquarters in Bamako (B), more than at any other headquarters on the map"
    assert chart.title == f"100 of 132 deaths were in {headquarters}"
    sizes = chart.figure.data[0].marker.size
    assert list(sizes) == [LARGEST, LARGEST * math.sqrt(0.25)]
    assert "7 more are of a mission or office whose place is not known" in chart.caveat
    assert "no boundaries" in chart.caveat
    rows = [[cell.text for cell in row.cells] for row in chart.table.rows]
    assert rows == [["Bamako", "B", "100"], ["Here", "A", "25"], ["Not known", "D", "7"], ["All", "", "132"]]
    assert '"@all"' in figure_json(chart.figure, chart.narrow)


def test_nobody_anywhere_has_no_figure() -> None:
    chart = drawn([place("A", 0)])
    assert chart.figure is None
    assert chart.title == "No place with anybody in this selection"


def test_the_most_are_said_without_untruth() -> None:
    both = drawn([place("A", 25), place("B", 25, 30.0, "Bamako")], [("D", 7)])
    assert both.title.startswith(
        "25 of 57 deaths each were in missions with headquarters in Here (A) and Bamako (B), more"
    )
    many = drawn([place(name, 4, longitude) for name, longitude in (("A", 0.0), ("B", 30.0), ("C", 60.0))])
    assert many.title.startswith("4 of 12 deaths were in missions at each of three headquarters, more")
    assert drawn([place("A", 3)]).title == "All deaths were in missions with headquarters in Here (A): 3"


def test_names_of_places_lie_on_no_dot_and_on_no_other_name() -> None:
    """To the right of the largest stands another one, above it a third; far east there is no room to the right."""
    places = [place("A", 100), place("B", 90, 14.0, "There"), place("C", 80, 159.0, "East")]
    names = drawn(places).figure.layout.annotations
    assert {name.text for name in names} == {"Here 100", "There 90", "East 80"}
    for frame in FRAMES:
        boxes = _dots(places, _sizes(places), frame)
        for name in names:
            at = next(one for one in places if one.longitude == name.x)
            wide, (x, y) = 7.0 * len(name.text), _pixel(at, frame)
            left = x + name.xshift - {"left": 0, "center": wide / 2, "right": wide}[name.xanchor]
            top = y - name.yshift - {"top": 0, "middle": 8, "bottom": 16}[name.yanchor]
            box = Box(left, top, left + wide, top + 16)
            assert not any(box.meets(other) for other in boxes), name.text
            boxes.append(box)


def test_a_name_without_room_is_left_out() -> None:
    crowd = [place("A", 100)]
    for x in range(-60, 61, 12):
        crowd += [Place(missions=("B",), seat="Near", longitude=x, latitude=y, persons=60) for y in range(-30, 55, 8)]
    assert "Here 100" not in [name.text for name in drawn(crowd).figure.layout.annotations]
