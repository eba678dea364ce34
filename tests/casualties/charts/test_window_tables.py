"""Tables of windows: marks, ranks in parentheses for the open one, the highest that share no year."""

from casualties.charts.window_tables import highest_windows, window_by_window
from tests.casualties.charts.frames_of import M, windows

FRAME = windows({1993: 10, 2013: 6, 2014: 1, 2023: 2}, first=1990, last=2023, provisional=True)


def test_the_latest_window_stands_first() -> None:
    rows = window_by_window(FRAME, M, outcome="fatality").rows
    assert [rows[0].cells[0].text, rows[-1].cells[0].text] == ["2019–23", "1990–94"]


def test_the_open_window_has_a_rank_in_parentheses_and_marks() -> None:
    row = window_by_window(FRAME, M, outcome="fatality").rows[0]
    assert [cell.text for cell in row.cells] == ["2019–23", "2", "+2", "+1", "(10)", "provisional"]
    assert [cell.mark for cell in row.cells] == ["", "p", "p", "p", "p", ""]


def test_missing_changes_are_dashes() -> None:
    row = window_by_window(FRAME, M, outcome="fatality").rows[-1]
    assert [(cell.text, cell.missing) for cell in row.cells[2:4]] == [("–", True), ("–", True)]


def test_windows_that_are_not_complete_have_no_rank() -> None:
    frame = windows({2013: 4}, first=2013, last=2022, first_open=2013)
    row = window_by_window(frame, M, outcome="fatality").rows[-1]
    assert [cell.text for cell in row.cells] == ["2009–13", "4", "–", "–", "–", "not complete"]


def test_the_highest_share_no_year_and_end_with_the_open_one() -> None:
    rows = highest_windows(FRAME, M, outcome="fatality").rows
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["1990–94", "10", "1"],
        ["2010–14", "7", "5"],
        ["Now: 2019–23", "2", "(10)"],
    ]
    assert [row.record for row in rows] == [True, False, False]
    assert rows[-1].cells[1].mark == "p"


def test_a_closed_series_ends_with_its_last_window() -> None:
    rows = highest_windows(windows({1993: 10}, first=1990, last=2000), M, outcome="fatality").rows
    assert [cell.text for cell in rows[-1].cells] == ["Last: 1996–2000", "0", "5"]
