"""The trends of the real release: the window that the press quoted, its rank, and the record."""

import pytest
from django.test import Client

from casualties.filters import PUBLIC, select
from casualties.trends.live import windows_for
from tests.casualties.views.reading import main_of, row, table

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]


def test_malicious_acts(client: Client) -> None:
    response = client.get("/trends/?cause=malicious-act")
    assert (
        "In 2018–22, the last closed window, 127 people were killed by malicious acts: rank 18 of 71, and 132 fewer "
        "than in the record window, 1992–96. 2019–23, still open, has 107 so far."
    ) in main_of(response)
    rows = table(response, "All windows")
    assert len(rows) == 1 + 72
    assert rows[1] == ["2019–23", "107p", "−20p", "−87p", "(21)p", "provisional"]
    assert row(rows, "2013–17") == ["2013–17", "203", "+37", "+122", "5", ""]
    assert row(rows, "2014–18")[1] == "194"
    assert row(rows, "1992–96") == ["1992–96", "259", "+8", "+239", "1", "record"]
    assert [row(rows, name)[1] for name in ("1990–94", "1991–95", "1993–97")] == ["221", "251", "248"]
    assert rows[-1][0] == "1948–52"


def test_every_named_scope_has_its_own_figure(client: Client) -> None:
    for scope, persons in (("all", 203), ("pko", 201), ("uniformed", 190), ("uniformed-pko", 190)):
        windows = windows_for(select(f"cause=malicious-act&scope={scope}", PUBLIC))
        assert list(windows.loc[windows["first_year"] == 2013, "persons"]) == [persons], scope
        assert list(windows.loc[windows["record"].astype(bool), "first_year"]) == [1992], scope
    rows = table(client.get("/trends/?cause=malicious-act&scope=uniformed-pko"), "All windows")
    assert row(rows, "2013–17")[1] == "190"
    assert [cells[0] for cells in rows if cells[-1] == "record"] == ["1992–96"]


def test_six_causes_on_one_scale(client: Client) -> None:
    response = client.get("/trends/")
    shown = main_of(response)
    for panel in (
        "Malicious act Highest 1992–96: 259.",
        "Accident Highest 1993–97: 264.",
        "Illness Highest 2004–08: 315.",
    ):
        assert panel in shown
    label = next(
        part.removesuffix(", table")
        for part in (shown.split("Five-year windows by cause ")[1].split(" Deaths in each")[0],)
    )
    rows = table(response, f"{label}, table")
    assert row(rows, "2013–17")[1] == "203"
    assert row(rows, "2019–23")[1:4] == ["107p", "65p", "305p"]
