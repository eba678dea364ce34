"""Notes beside lines of windows: none on another one, none on a line, weaker ones left out."""

from typing import Any

import pandas as pd

from casualties.charts.label_boxes import Box, Spot, free
from casualties.charts.theme import CLEAR
from casualties.charts.window_axis import Axis
from casualties.charts.window_notes import NARROW, WIDE, Sheet, _Frame, placed_notes
from casualties.charts.window_titles import Line, line_of
from tests.casualties.charts.frames_of import M, windows

INSIDE = Box(0, 0, 400, 300)
# As UNIFIL: the record at the very beginning, a peak shortly after it, another cause's line close above it all.
FALLING = {1978: 20, 1979: 8, 1981: 6, 1987: 20, 1988: 4, 1992: 2, 2010: 6, 2022: 1}
ALL_CAUSES = {year: n + 6 for year, n in FALLING.items()} | {2000: 20, 2021: 12, 2023: 8}


def lines() -> list[Line]:
    frame = pd.concat(
        [
            windows(FALLING, first=1978, last=2023, provisional=True),
            windows(ALL_CAUSES, first=1978, last=2023, provisional=True, cause=""),
        ]
    )
    return [line_of(frame, M), line_of(frame, "")]


def sheet_of(drawn: list[Line]) -> Sheet:
    return Sheet(lines=drawn, axis=Axis.over(drawn), height=300, right=44)


def box_of(note: dict[str, Any], frame: _Frame) -> Box:
    at = frame.at(frame.axis.names.index(note["x"]), note["y"])
    return Spot(note["ax"], note["ay"], note["xanchor"], note["yanchor"]).box(note["text"], at, bold="font" in note)


def test_no_note_lies_on_a_line_or_on_another_note_at_any_width() -> None:
    sheet = sheet_of(lines())
    for narrow, widths in ((False, WIDE), (True, NARROW)):
        notes = placed_notes(sheet, narrow=narrow)
        assert notes[0]["text"].startswith("Record: ")
        for width in widths:
            frame = _Frame(sheet, width)
            boxes = [box_of(note, frame) for note in notes]
            for i, box in enumerate(boxes):
                assert free(box, inside=frame.inside, taken=boxes[:i], lines=frame.lines), (width, notes[i]["text"])


def test_every_open_window_has_its_number_and_no_note_hides_what_is_under_it() -> None:
    notes = placed_notes(sheet_of(lines()))
    assert {"1 (p)", "27 (p)"} <= {note["text"] for note in notes}
    assert {note["bgcolor"] for note in notes} == {CLEAR}


def test_a_weaker_note_without_room_is_left_out() -> None:
    """Where lines run everywhere, only what must be said is said."""
    line = line_of(windows({1965: 40, 1990: 50, 2023: 1}, first=1948, last=2023, provisional=True), M)
    said = [note["text"] for note in placed_notes(sheet_of([line]))]
    assert said == ["Record: 50<br>in five windows", "1 (p)", "40<br>1961–65"]
    crowded = Sheet(lines=[line], axis=Axis.over([line]), height=300, right=44, levels=range(0, 60, 2))
    assert [note["text"] for note in placed_notes(crowded)] == ["Record: 50<br>in five windows", "1 (p)"]


def test_a_line_through_a_box_is_found() -> None:
    box = Box(10, 10, 20, 20)
    assert box.crossed_by((0, 0), (30, 30))
    assert box.crossed_by((15, 0), (15, 30))
    assert not box.crossed_by((0, 0), (30, 5))
    assert not box.crossed_by((0, 15), (9, 15))  # ends before it
    assert not free(Box(-1, 0, 5, 5), inside=INSIDE, taken=())
    assert not free(Box(1, 1, 5, 5), inside=INSIDE, taken=[Box(4, 4, 9, 9)])
