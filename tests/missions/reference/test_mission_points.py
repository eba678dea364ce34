"""Each seat lies in a host country: the hub's list has latitude and longitude swapped for some missions."""

from decimal import Decimal

import pytest

from missions.reference.rows import MissionRow
from tests.missions.reference.tables import project_tables

# Rough frames of the host countries: south, north, west, east in degrees.
FRAMES = {
    "AFG": (29, 39, 60, 75), "AGO": (-18, -4, 11, 24), "BDI": (-5, -2, 28, 31), "BIH": (42, 46, 15, 20),
    "CAF": (2, 11, 14, 28), "CIV": (4, 11, -9, -2), "COD": (-14, 6, 12, 32), "CYP": (34, 36, 32, 35),
    "ERI": (12, 18, 36, 44), "ESH": (20, 28, -18, -8), "GEO": (41, 44, 40, 47), "GRC": (34, 42, 19, 30),
    "GTM": (13, 18, -93, -88), "HND": (12, 17, -90, -83), "HRV": (42, 47, 13, 20), "HTI": (18, 21, -75, -71),
    "IRQ": (29, 38, 38, 49), "ISR": (29, 34, 34, 36), "ITA": (35, 48, 6, 19), "KHM": (9, 15, 102, 108),
    "LBN": (33, 35, 35, 37), "LBR": (4, 9, -12, -7), "MKD": (40, 43, 20, 24), "MLI": (10, 25, -13, 5),
    "MOZ": (-27, -10, 30, 41), "NPL": (26, 31, 80, 89), "PAK": (23, 38, 60, 78), "RWA": (-3, -1, 28, 31),
    "SDN": (8, 23, 21, 39), "SLE": (6, 10, -14, -10), "SLV": (13, 15, -91, -87), "SOM": (-2, 12, 40, 52),
    "SRB": (41, 47, 18, 24), "SSD": (3, 13, 23, 36), "SYR": (32, 38, 35, 43), "TCD": (7, 24, 13, 25),
    "TJK": (36, 42, 67, 76), "TLS": (-10, -8, 124, 128), "UGA": (-2, 5, 29, 36),
}  # fmt: skip

PLACED = [row for row in project_tables().missions if row.latitude is not None]


def lies_in(host: str, latitude: Decimal, longitude: Decimal) -> bool:
    south, north, west, east = FRAMES[host]
    return south <= latitude <= north and west <= longitude <= east


@pytest.mark.parametrize("row", PLACED, ids=lambda row: row.acronym)
def test_the_seat_lies_in_a_host_country(row: MissionRow) -> None:
    assert row.latitude is not None
    assert row.longitude is not None
    assert any(lies_in(host, row.latitude, row.longitude) for host in row.hosts if host in FRAMES), row.hosts
    assert row.seat


def test_a_swapped_point_would_be_noticed() -> None:
    for row in PLACED:
        assert row.latitude is not None
        assert row.longitude is not None
        if row.acronym == "UNOMIG":  # Sukhumi, 43 N 41 E: turned round it would still lie in Georgia's frame
            assert row.latitude > row.longitude
            continue
        assert not any(lies_in(host, row.longitude, row.latitude) for host in row.hosts if host in FRAMES), row.acronym


def test_no_point_got_lost() -> None:
    assert len(PLACED) == 91
