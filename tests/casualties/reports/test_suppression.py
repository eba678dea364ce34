"""Hidden figures: none below the threshold is shown, and none that is hidden follows from what is shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualties.reports.disclosure import Sum, determined
from casualties.reports.suppression import hidden_figures
from tests.casualties.reports.audit import ranges

Key = tuple[int, int]


def table_of(cells: list[list[int]]) -> tuple[dict[Key, int], list[Sum[Key]]]:
    """A table with its totals: cell (row, column), totals in the last row and column."""
    rows, columns = len(cells), len(cells[0])
    full = [[*row, sum(row)] for row in cells]
    full.append([sum(row[column] for row in full) for column in range(columns + 1)])
    values = {(row, column): full[row][column] for row in range(rows + 1) for column in range(columns + 1)}
    sums = [Sum((row, columns), tuple((row, column) for column in range(columns))) for row in range(rows + 1)]
    sums += [Sum((rows, column), tuple((row, column) for row in range(rows))) for column in range(columns + 1)]
    return values, sums


def hidden_of(cells: list[list[int]], below: int = 5) -> set[Key]:
    values, sums = table_of(cells)
    return set(hidden_figures(values, sums, below=below))


def test_a_small_number_takes_a_rectangle_with_it() -> None:
    cells = [[2, 30, 40], [20, 50, 60], [70, 80, 90]]
    assert hidden_of(cells) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert hidden_of([[5, 0], [7, 9]]) == set()


def test_a_nought_is_never_hidden() -> None:
    cells = [[0, 3, 0, 8], [0, 0, 6, 7]]
    hidden = hidden_of(cells)
    assert (0, 1) in hidden
    assert not hidden & {(0, 0), (0, 2), (1, 0), (1, 1)}


def test_ones_alone_are_told_by_their_sum() -> None:
    """Five hidden figures that together are five are each one; a further one goes with them."""
    values = {(0, column): 1 for column in range(5)} | {(0, 5): 9, (0, 6): 14}
    sums = [Sum((0, 6), tuple((0, column) for column in range(6)))]
    assert hidden_figures(values, sums, below=5) == {(0, column) for column in range(6)}


def test_few_people_together_are_hidden_further() -> None:
    values = {(0, 0): 1, (0, 1): 2, (0, 2): 30, (0, 3): 33}
    assert hidden_figures(values, [Sum((0, 3), ((0, 0), (0, 1), (0, 2)))], below=5) == {(0, 0), (0, 1), (0, 2)}


def test_a_hidden_total_is_not_the_sum_of_what_is_shown() -> None:
    """Parts that are large, negative company: a total below the threshold has no visible part beside zeros."""
    values = {(0, 0): 3, (0, 1): 0, (0, 2): 3}
    assert hidden_figures(values, [Sum((0, 2), ((0, 0), (0, 1)))], below=5) == {(0, 0), (0, 2)}


def test_two_squares_joined_by_one_line_do_not_tell_the_joint() -> None:
    """Every sum has two hidden figures, and yet (1, 2) would follow: the two squares are closed on their own."""
    hidden = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)}
    values, sums = table_of([[2, 2, 9, 9], [2, 2, 2, 9], [9, 9, 2, 2], [9, 9, 2, 2]])
    assert determined(values, sums, hidden) == [(1, 2)]
    found = hidden_figures(values, sums, below=3)
    assert found > hidden
    assert determined(values, sums, found) == []


def test_ones_that_leave_nothing_for_each_other_are_told() -> None:
    """Totals 4 and 5 are shown of 12, so two hidden ones are 3 together, of lines with one hidden part and with two."""
    cells = [[1, 0, 0], [1, 1, 0], [0, 0, 4], [0, 5, 0]]
    values, sums = table_of(cells)
    small = {key for key, value in values.items() if 0 < value < 3}
    assert set(determined(values, sums, small)) == small
    hidden = hidden_figures(values, sums, below=3)
    assert hidden > small
    assert determined(values, sums, hidden) == []


def test_what_is_told_is_what_has_one_value_in_all_tables_that_agree() -> None:
    """A larger part beside ones is told as well: 12 - 1 - 1, while the ones cannot grow elsewhere."""
    values, sums = table_of([[1, 1, 10], [6, 8, 9]])
    hidden = {(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)}
    told = determined(values, sums, hidden)
    assert set(told) == {key for key, (low, high) in ranges(values, sums, hidden).items() if high - low < 1}


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 14), min_size=3, max_size=3), min_size=1, max_size=5),
    st.sampled_from([3, 5, 10]),
    st.booleans(),
)
def test_no_hidden_figure_can_be_worked_out(cells: list[list[int]], below: int, ones: bool) -> None:
    values, sums = table_of(
        [[min(cell, 2) for cell in row] if ones and place else row for place, row in enumerate(cells)]
    )
    hidden = hidden_figures(values, sums, below=below)
    assert all(key in hidden for key, value in values.items() if 0 < value < below)
    assert all(values[key] for key in hidden)
    assert all(high - low >= 1 for low, high in ranges(values, sums, hidden).values())
    for one in sums:
        parts = [values[key] for key in one.parts if key in hidden]
        if parts and one.total not in hidden:
            assert sum(parts) >= max(below, len(parts) + 1)


@pytest.mark.parametrize("below", [3, 5, 10])
def test_one_figure_alone_takes_its_totals(below: int) -> None:
    assert hidden_of([[2, 0], [0, 0]], below) == {(0, 0), (0, 2), (2, 0), (2, 2)}
