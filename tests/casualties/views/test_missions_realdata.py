"""The list of missions of the real release: parts add up to the whole."""

import pytest
from django.test import Client

from casualties.filters import load_basis
from casualties.views.operations import has_begun
from tests.casualties.views.reading import main_of, row, table

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


def number(cell: str) -> int:
    return 0 if cell in {"ended", "–"} else int(cell.replace(",", ""))


def test_all_operations_and_their_sum(client: Client) -> None:
    response = client.get("/missions/")
    rows = table(response, "Missions and offices")
    basis = load_basis()
    listed = sum(has_begun(entry, basis) for entry in basis.missions.values())
    assert 105 <= listed < len(basis.missions)
    assert "UNTMIS" not in [cells[0] for cells in rows]
    assert f"{listed} operations and offices are in this list; people died in 81 of them." in main_of(response)
    assert len(rows) == 1 + listed + 1
    assert row(rows, "MINUSMA")[1:6] == ["2013–23", "311", "174", "56", "134"]
    assert row(rows, "All")[2:6] == ["4,344", "1,118", "26", "539"]
    for column, total in ((2, 4344), (3, 1118), (5, 539)):
        assert sum(number(cells[column]) for cells in rows[1:-1]) == total


def test_two_thousand_and_thirteen_to_seventeen(client: Client) -> None:
    rows = table(client.get("/missions/?cause=malicious-act&from=2013&to=2017"), "Missions and offices")
    assert row(rows, "All")[2] == "203"
    assert {cells[0] for cells in rows[1:6]} == {"MINUSMA", "MONUSCO", "MINUSCA", "UNAMID", "UNMISS"}
