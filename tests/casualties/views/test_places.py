"""The map of the overview and the list beside it: parts that add up and lead to their people."""

from typing import Any

import pytest
from django.test import Client

from tests.casualties.views.reading import page, row, table
from tests.factories import make_casualty, make_mission, make_release

pytestmark = pytest.mark.django_db


def test_it_works(client: Client) -> None:
    make_release()
    port: dict[str, Any] = {"seat": "Port-au-Prince", "latitude": "18.5333", "longitude": "-72.3333"}
    for acronym, fields in (("MINUSTAH", port), ("BINUH", port), ("UNX", {})):
        make_casualty(mission=make_mission(acronym=acronym, **fields))
    make_casualty(mission=make_mission(), cause="illness")
    response = client.get("/")
    places = table(response, "Headquarters with the most deaths")
    assert row(places, "Port-au-Prince BINUH and MINUSTAH")[1] == "2"
    assert row(places, "Place not known 2 missions and offices")[1] == "2"
    assert row(places, "All")[1] == "4"
    assert 'href="/incidents/?mission=BINUH&amp;mission=MINUSTAH"' in page(response)
    assert 'data-coastlines="/static/vendor/coastlines.json"' in page(response)


def test_the_map_has_the_file_of_its_table(client: Client) -> None:
    make_release()
    port: dict[str, Any] = {"seat": "Port-au-Prince", "latitude": "18.5333", "longitude": "-72.3333"}
    for acronym, fields in (("MINUSTAH", port), ("UNX", {})):
        make_casualty(mission=make_mission(acronym=acronym, **fields), cause="illness")
    make_casualty()
    assert 'href="/places.csv"' in page(client.get("/"))
    assert client.get("/places.csv?cause=illness&to=2022").getvalue().decode().splitlines() == [
        "mission,seat,longitude,latitude,persons,release,mark",
        "MINUSTAH,Port-au-Prince,-72.3333,18.5333,1,2023-11-28,",
        "UNX,,,,1,2023-11-28,",
    ]
    assert client.get("/places.csv?outcome=all").status_code == 400
    assert client.get("/places.csv?by=mission").status_code == 400
