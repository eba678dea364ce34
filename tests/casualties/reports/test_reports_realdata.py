"""Reports of the real release: they add up, and say what the release says."""

import pytest

from casualties.choices import Cause
from casualties.counts import total
from casualties.filters import PUBLIC, load_basis, select
from casualties.reports.asked import ask
from casualties.reports.asked import table_of as table_of_asked
from casualties.reports.disclosure import determined
from casualties.reports.files import report_frame
from casualties.reports.statutory import REPORTS
from casualties.reports.suppression import sums_of, suppressed
from casualties.reports.tables import ReportTable, report_table, selection_for
from tests.casualties.reports.audit import ranges

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]
OF_DEATHS = [name for name, report in REPORTS.items() if report.outcome == "fatality"]


def table_of(name: str, query: str = "") -> ReportTable:
    selection, problems = selection_for(REPORTS[name], select(query, PUBLIC))
    assert not problems
    return report_table(REPORTS[name], selection)


@pytest.mark.parametrize("name", OF_DEATHS)
def test_it_adds_up(name: str) -> None:
    table = table_of(name)
    assert table.adds_up
    if not REPORTS[name].one_year:
        assert table.total == 4344


def test_malicious_acts_of_2013_to_2017() -> None:
    table = table_of("by-mission-and-cause", "from=2013&to=2017")
    totals = dict(zip(table.columns, (cell.figure for cell in table.lines[-1].cells), strict=True))
    assert totals[Cause.MALICIOUS_ACT.value] == 203


def hidden_in(table: ReportTable) -> tuple[dict[tuple[int, int], int], list[tuple[int, int]]]:
    """Every figure of a table by line and column, and which of them are hidden."""
    cells = {
        (row, column): cell
        for row, line in enumerate(table.lines)
        for column, cell in enumerate((*line.cells, line.total))
    }
    return {key: cell.figure or 0 for key, cell in cells.items()}, [key for key, cell in cells.items() if cell.hidden]


@pytest.mark.parametrize("name", ["by-mission-and-cause", "by-nationality-and-mission"])
def test_no_hidden_figure_follows_from_the_others(name: str) -> None:
    table = suppressed(table_of(name), 5)
    values, hidden = hidden_in(table)
    assert len(hidden) > 50
    assert determined(values, sums_of(table), hidden) == []


@pytest.mark.parametrize(
    ("name", "query", "below"),
    [
        ("by-mission-and-cause", "from=2012&to=2012", 3),
        ("by-mission-and-personnel", "from=2016&to=2016", 3),
        ("by-month-and-cause", "", 3),
        ("by-year-and-cause", "from=1948&to=1960", 3),
    ],
)
def test_every_hidden_figure_could_be_another(name: str, query: str, below: int) -> None:
    """Seven totals of lines were once hidden that are 11 together, with 11 hidden parts: each was known."""
    table = suppressed(table_of(name, query), below)
    values, hidden = hidden_in(table)
    assert hidden
    assert all(high - low >= 1 for low, high in ranges(values, sums_of(table), hidden).values())


@pytest.mark.parametrize(
    "query",
    [
        "rows=family&rows=mission",
        "rows=region&columns=kind",
        "rows=year&columns=cause&measure=incidents",
        "rows=month&columns=year&from=2013&to=2017",
        "rows=gender",
    ],
)
def test_what_is_built_adds_up_and_is_the_count_of_the_selection(query: str) -> None:
    asked = ask("build", query, PUBLIC, load_basis())
    table = table_of_asked(asked)
    assert table.adds_up
    assert table.total == total(asked.counted, measure=asked.report.measure)


def test_a_built_table_is_the_classic_one() -> None:
    classic = table_of("by-mission-and-cause", "from=2013&to=2017")
    built = table_of_asked(ask("build", "rows=mission&columns=cause&from=2013&to=2017", PUBLIC, load_basis()))
    assert report_frame(built).equals(report_frame(classic))


def test_after_the_release_nothing_is_known_of_a_month() -> None:
    """It is of 28 November 2023."""
    totals = {line.keys: line.total.figure for line in table_of("by-month-and-cause", "from=2023&to=2023").lines}
    assert totals[(12,)] is None
    assert totals[(11,)] == total(select("date_from=2023-11-01&date_to=2023-11-30", PUBLIC)) > 0
    assert None not in {line.total.figure for line in table_of("by-month-and-cause", "from=2022&to=2022").lines}
