"""Hostile query strings on every page and file: refused by name with status 400, never a 500, never a figure.

Every address takes every parameter that any page knows, each with values that no parameter allows; which value meets
which parameter moves on from address to address, so that all meet in some pages. An address's own parameters meet all.
Two of three are said with a blank beside them: what is refused so is what is read.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from casualties.filters import PARAMETERS
from casualties.models import Statement
from missions.models import ImportBatch
from tests.factories import (
    data_manager,
    make_casualty,
    make_country,
    make_mission,
    make_release,
    make_statement,
)

pytestmark = [pytest.mark.django_db, pytest.mark.long]

# Encoded as they stand in an address. None is a value that any parameter of any page allows.
HOSTILE = (
    *map(
        quote,
        (
            "\x00", "MINUSMA\x00", "2019\x00", "-1", "-2019", "99999999999999999999999", "1e309", "NaN", "2013.5",
            "２０１９", "٢٠١٩", "2019-02-30", "0000-00-00", "9999-12-31", "2019-1-1", "true", "null", "[]", "{}", "~",
            "~~~", "'; DROP TABLE casualties_casualty; --", "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd",
            "a\r\nSet-Cookie: a=b", "\u202eASMUNIM", "🦄", "x" * 10_000, "é" * 1_500, "MINUSMA,UNIFIL",
        ),
    ),
    "%FF", "%ED%A0%80", "%", "%25%30%30",
)  # fmt: skip
# Address -> the parameters that are its own, beside the filters.
PAGES: dict[str, tuple[str, ...]] = {
    "/": (),
    "/missions/": ("sort",),
    "/missions/MINUSMA/": ("part", "with"),
    "/contributors/": ("sort",),
    "/contributors/TCD/": ("with",),
    "/causes/malicious-act/": (),
    "/compare/": ("by", "item"),
    "/trends/": ("changes",),
    "/revisions/": ("since", "until", "show", "old", "new", "page"),
    "/open-cases/": ("after", "also_at"),
    "/incidents/": ("view", "sort", "after"),
    "/incidents/MINUSMA-2019-01-20-malicious-act/": (),
    "/reports/by-mission-and-cause/": ("suppress",),
    "/reports/build/": ("rows", "columns", "measure", "suppress"),
    "/reports/signed/": (),
    "/statements/": ("verdict",),
    "/columns/": ("file",),
    "/method/": (),
    "/data/": (),
    "/data/dictionary/": (),
    "/api/": (),
}
FILES: dict[str, tuple[str, ...]] = {
    "/missions/MINUSMA/shares.csv": ("part", "with", "header"),
    "/compare.csv": ("by", "item", "view", "header"),
    "/casualties.csv": ("header", "columns"),
    "/incidents.csv": ("header", "columns"),
    "/figures.csv": ("by", "measure", "header"),
    "/trends.csv": ("by", "header"),
    "/rates.csv": ("by", "header"),
    "/shares.csv": ("header",),
    "/trend-tests.csv": ("header",),
    "/statements.csv": ("verdict", "header"),
    "/same-days.csv": ("by", "header"),
    "/revisions.csv": ("since", "until", "show", "old", "new", "page", "header"),
    "/open-cases.csv": ("also_at", "header"),
    "/late-registrations.csv": ("header",),
    "/open-case-ages.csv": ("header",),
    "/places.csv": ("header",),
    "/reports/by-mission-and-cause.csv": ("suppress", "header"),
    "/reports/build.csv": ("rows", "columns", "measure", "suppress", "header"),
    "/datapackage.json": (),
}
FILES |= {
    address.replace(".csv", ".xlsx"): tuple(name for name in own if name != "header")
    for address, own in FILES.items()
    if address.endswith(".csv")
}
FILES |= {"/data/dictionary.csv": (), "/api/openapi.yaml": ()}
# Pages of those who work with the data; their other parameters are tried beside what they do.
OF_STAFF: dict[str, tuple[str, ...]] = {
    "/saved/": (),
    "/imports/": ("page",),
    "/statements/add": (),
    "/exports/add": ("file", "form", "columns", "header"),
    "/exports/log/": ("who", "since", "until", "page"),
    "/reports/build/sign": ("over", "rows", "columns", "measure", "suppress"),
    "/reports/by-mission-and-cause/sign": ("over", "suppress"),
}
ADDRESSES = PAGES | FILES
BESIDE = ("{0}", "{0}&{name}=", "{name}=+&{0}")  # a parameter with its value, alone and with a blank
NAMES = tuple(dict.fromkeys([*PARAMETERS, *(name for own in ADDRESSES.values() for name in own), "misspelt"]))
# Of own parameters that take one value: two that each would be allowed.
TWICE = {
    "view": ("incidents", "people"),
    "sort": ("-date", "date"),
    "after": ("2019-01-01~x", "2018-01-01~x"),
    "header": ("0", "1"),
    "page": ("1", "2"),
    "show": ("added", "withdrawn"),
    "also_at": ("2023-06-30", "2023-11-28"),
    "since": ("2023-06-30", "2023-11-28"),
    "until": ("2023-06-30", "2023-11-28"),
    "old": ("illness", "accident"),
    "new": ("illness", "accident"),
    "suppress": ("5", "10"),
    "verdict": ("holds", "differs"),
    "measure": ("persons", "incidents"),
    "with": ("family", "predecessors"),
    "file": ("casualties", "incidents"),
    "form": ("csv", "xlsx"),
    "over": ("released", "confirmed"),
    "who": ("anonymous", "data.manager@example.org"),
}
PATHS = (
    "/missions/*/", "/contributors/*/", "/causes/*/", "/incidents/*/", "/reports/*/", "/reports/*.csv",
    "/statements/*/", "/imports/*/", "/imports/*/columns", "/*", "/*/",
)  # fmt: skip


@pytest.fixture
def some_data() -> None:
    """One person of a mission whose name and number no hostile value names."""
    make_release(released_on=date(2023, 6, 30))
    make_release()
    make_mission(acronym="UNIFIL")
    make_casualty(nationality=make_country())
    make_statement()


def body_of(response: Any) -> str:
    """What came, whatever its form; of a workbook that was not refused it is no text."""
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode(errors="replace")


def refused(client: Client, address: str, query: str, *names: str) -> None:
    """Status 400, and each of these parameters is named as what is wrong; no list of what is allowed can name it."""
    response: Any = client.get(f"{address}?{query}")
    body = body_of(response)
    assert response.status_code == 400, (address, query[:80])
    for name in names:
        assert re.search(rf"\b{name}(=| is not a )", body), (address, query[:80], name)
    assert "data-figure" not in body
    assert "<table" not in body


def values_from(first: int) -> Iterator[str]:
    """The hostile values, from one on, for ever."""
    return islice(cycle(HOSTILE), first, None, 7)


def test_what_no_parameter_allows_is_refused_by_name(client: Client, some_data: None) -> None:
    for shift, (address, own) in enumerate(ADDRESSES.items()):
        others = [name for name in NAMES if name not in own]
        beside = islice(cycle(BESIDE), shift % 3, None)
        query = "&".join(
            with_blank.format(f"{name}={value}", name=name)
            for name, value, with_blank in zip(others, values_from(shift), beside, strict=False)
        )
        refused(client, address, query, *others)  # all at once: none may hide behind another
        for place, name in enumerate(own):
            for value, with_blank in zip(values_from(shift + place), BESIDE, strict=False):
                refused(client, address, with_blank.format(f"{name}={value}", name=name), name)


def test_pages_of_staff_refuse_by_name_as_well(client: Client, some_data: None) -> None:
    client.force_login(data_manager())
    batch, statement = ImportBatch.objects.latest("id"), Statement.objects.get()
    of_rows: dict[str, tuple[str, ...]] = {
        f"/imports/{batch.pk}/": (),
        f"/imports/{batch.pk}/problems.csv": (),
        f"/statements/{statement.key}/edit": (),
    }
    for shift, (address, own) in enumerate((OF_STAFF | of_rows).items()):
        for place, name in enumerate(own):
            value, with_blank = next(values_from(shift + place)), BESIDE[1 + (shift + place) % 2]
            refused(client, address, with_blank.format(f"{name}={value}", name=name), name)
            if name in TWICE:
                refused(client, address, "&".join(f"{name}={value}" for value in TWICE[name]), name)
        refused(client, address, "cause=illness&cause=~&misspelt=", "cause", "misspelt")


def test_said_twice_is_not_said(client: Client, some_data: None) -> None:
    """Two values of what takes one: to follow the last would be to ignore the first."""
    for address, own in ADDRESSES.items():
        query = "from=2013&from=2014&outcome=fatality&outcome=injury&scope=pko&scope=uniformed"
        refused(client, address, query, "from", "outcome", "scope")
        for name in own:
            if name in TWICE:
                refused(client, address, "&".join(f"{name}={value}" for value in TWICE[name]), name)


def test_fields_left_empty_ask_nothing(client: Client, some_data: None) -> None:
    """A form sends all its fields; with none filled in the page is the one without a query."""
    for address, own in PAGES.items():
        empty = "&".join(f"{name}=%20" for name in [*PARAMETERS, *own])
        bare, sent = client.get(address), client.get(f"{address}?{empty}")
        assert (bare.status_code, sent.status_code) == (200, 200), address
        assert scope_of(sent) == scope_of(bare)
        refused(client, address, f"{empty}&misspelt=", "misspelt")


def scope_of(response: Any) -> str:
    """What the page says it counts."""
    found = re.search(r'<div class="scope".*?</dl>', body_of(response), re.DOTALL)
    return found.group() if found else ""


def test_names_in_paths_that_nothing_has(client: Client, some_data: None) -> None:
    client.force_login(data_manager())
    for place, path in enumerate(PATHS):
        for value in (value for value in HOSTILE[place % 3 :: 3] if "/" not in value):
            assert client.get(path.replace("*", value)).status_code == 404, (path, value[:80])


def test_places_in_a_list_that_no_row_has(client: Client, some_data: None) -> None:
    """They are well-formed, so the list may end before them; what stands around it is the whole selection."""
    for query in (
        "after=0001-01-01~x", "after=9999-12-31~%F0%9F%A6%84", "after=2019-01-20~" + "x" * 10_000,
        "sort=-people&after=99999999999999999999999~2019-01-01~x", "sort=-people&after=-1~2019-01-01~x",
        "view=people&after=2019-01-01~99999999999999999999999", "view=people&sort=date&after=2019-01-01~-5",
    ):  # fmt: skip
        response = client.get(f"/incidents/?{query}")
        assert response.status_code == 200, query
        assert "1 person who died, in 1 incident" in body_of(response), query
