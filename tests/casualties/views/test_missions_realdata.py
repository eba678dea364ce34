"""The list of missions of the real release: parts add up to the whole."""

import pytest
from django.test import Client

from tests.casualties.views.reading import main_of, row, table

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


def number(cell: str) -> int:
    return 0 if cell in {"ended", "–"} else int(cell.replace(",", ""))


def test_all_operations_and_their_sum(client: Client) -> None:
    response = client.get("/missions/")
    rows = table(response, "Missions and offices")
    assert "105 operations and offices are in this list; people died in 81 of them." in main_of(response)
    assert row(rows, "MINUSMA")[4:9] == ["2013–23", "311", "174", "56", "134"]
    assert row(rows, "All")[5:9] == ["4,344", "1,118", "26", "539"]
    for column, total in ((5, 4344), (6, 1118), (8, 539)):
        assert sum(number(cells[column]) for cells in rows[1:-1]) == total


def test_two_thousand_and_thirteen_to_seventeen(client: Client) -> None:
    rows = table(client.get("/missions/?cause=malicious-act&from=2013&to=2017"), "Missions and offices")
    assert row(rows, "All")[5] == "203"
    assert {cells[0] for cells in rows[1:6]} == {"MINUSMA", "MONUSCO", "MINUSCA", "UNAMID", "UNMISS"}
