"""Whatever is selected, everything that shows the selection shows the same people.

200 random selections of the real release: the page's sentence, its counts per year, the lengths of its lists, `figure`,
the figures behind charts, and both files agree with each other, and with the same filters applied by pandas to the file
of everybody. A selection that is refused is refused everywhere.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casualties.choices import UNIFORMED, Cause, Gender, Personnel, Scope

pytestmark = [pytest.mark.realdata, pytest.mark.django_db, pytest.mark.usefixtures("real_release")]

NO_GENDER_YET = "in this period nobody is recorded with this gender"
PARTS = 4  # of the 200 selections, so that test processes can share them
COLUMNS = "reference,incident,mission,mission_kind,family,region,date,year,cause,persons,personnel,nationality,gender"
MISSIONS = ("MINUSMA", "UNIFIL", "MONUC", "MONUSCO", "UNMISS", "ONUC", "UNPROFOR", "UNAMA", "UNMIK", "MINUGUA", "UNTSO")
NATIONALITIES = ("TCD", "IND", "NGA", "SCG", "MNE", "FRA", "TZA", "CIV", "not-recorded", "undetermined")
YEARS = st.integers(1948, 2023)
DAYS = st.dates(date(1985, 1, 1), date(2023, 12, 31))


def some(values: Any) -> st.SearchStrategy[list[str]]:
    """Mostly one value, now and then several, most often none at all."""
    return st.one_of(st.just([]), st.just([]), st.lists(st.sampled_from(list(values)), min_size=1, max_size=3))


@st.composite
def periods(draw: st.DrawFn) -> dict[str, list[str]]:
    kind = draw(st.sampled_from(["any", "years", "from", "to", "days"]))
    if kind == "days":
        day = draw(DAYS)
        until = min(day + timedelta(draw(st.integers(0, 3000))), date(2023, 12, 31))
        return {"date_from": [day.isoformat()], "date_to": [until.isoformat()]}
    first, last = sorted([draw(YEARS), draw(YEARS)])
    wanted = {"years": {"from": first, "to": last}, "from": {"from": first}, "to": {"to": last}}.get(kind, {})
    return {name: [str(value)] for name, value in wanted.items()}


SELECTIONS = st.builds(
    lambda period, **filters: {**{name: values for name, values in filters.items() if values}, **period},
    periods(),
    mission=some(MISSIONS),
    family=some(["MONUC", "MINUSTAH", "UNAVEM"]),
    kind=some(["pko", "spm", "other"]),
    region=some(["Africa", "Asia", "Europe"]),
    cause=some(Cause.values),
    personnel=some(Personnel.values),
    nationality=some(NATIONALITIES),
    gender=some([*Gender.values, "not-recorded"]),
    scope=st.one_of(st.just([]), st.sampled_from(Scope.values).map(lambda scope: [scope])),
)


def text_of(client: Client, address: str, *, in_place: bool = False) -> tuple[int, str]:
    response = client.get(address, headers={"HX-Request": "true"} if in_place else {})
    return response.status_code, response.getvalue().decode()


def table_of(client: Client, address: str) -> list[dict[str, str]]:
    status, text = text_of(client, address)
    assert status == 200, text
    return list(csv.DictReader(io.StringIO(text)))


@cache
def everybody() -> pd.DataFrame:
    frame = pd.DataFrame(table_of(Client(), f"/casualties.csv?columns={COLUMNS}")).astype({"persons": int, "year": int})
    assert len(frame) == frame["reference"].nunique() == frame["persons"].sum() == 4344
    return frame


def expected(filters: dict[str, list[str]]) -> pd.DataFrame:
    """The filters in pandas, over the file of everybody."""
    frame = everybody()
    columns = {"kind": "mission_kind"}
    for name in ("mission", "family", "kind", "region", "cause", "personnel", "nationality", "gender"):
        if name in filters:
            frame = frame[frame[columns.get(name, name)].isin(filters[name])]
    within: dict[str, Callable[[str], Any]] = {
        "from": lambda value: frame["year"] >= int(value),
        "to": lambda value: frame["year"] <= int(value),
        "date_from": lambda value: frame["date"] >= value,
        "date_to": lambda value: frame["date"] <= value,
    }
    for name, mask in within.items():
        if name in filters:
            frame = frame[mask(filters[name][0])]
    scope = filters.get("scope", ["all"])[0]
    if scope.endswith("pko"):
        frame = frame[frame["mission_kind"] == "pko"]
    if scope.startswith("uniformed"):
        frame = frame[frame["personnel"].isin(UNIFORMED)]
    return frame


def number_at(pattern: str, page: str) -> int:
    found = re.search(pattern, page)
    return int(found[1].replace(",", "")) if found else 0


@pytest.mark.parametrize("part", range(PARTS))
@settings(
    max_examples=200 // PARTS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # Without shrinking: a failing selection is short as it is, and shrinking asks every page hundreds of times.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    database=None,
)
@given(filters=SELECTIONS)
def test_page_figure_chart_and_files_agree(part: int, filters: dict[str, list[str]]) -> None:
    client, query = Client(), urlencode(filters, doseq=True)
    # The whole page; in the other parts what a reader who changes the filters gets in place, in two thirds the time.
    status, page = text_of(client, f"/incidents/?{query}", in_place=part > 0)
    if status == 400:
        assert_refused_everywhere(client, query)
        return
    people = expected(filters)
    persons, incidents = int(people["persons"].sum()), people["incident"].nunique()

    if NO_GENDER_YET in page:
        assert (set(filters["gender"]), persons) == ({"f"}, 0)
        assert_not_available_everywhere(client, query)
        return
    found = re.search(r'class="count"[^>]*>([^<]*)', page)
    sentence = found[1] if found else ""
    assert sentence.startswith(("No one ", "No death ") if persons == 0 else f"{persons:,} "), sentence
    assert number_at(r", in ([\d,]+) incidents?", sentence) == incidents
    assert number_at(r"Incidents 1 to \d+ of ([\d,]+)", page) == incidents

    file = table_of(client, f"/casualties.csv?{query}")
    assert Counter(row["reference"] for row in file) == Counter(people["reference"])

    incident_file = table_of(client, f"/incidents.csv?{query}")
    assert {row["incident"]: int(row["deaths"]) for row in incident_file} == dict(
        people.groupby("incident")["persons"].sum()
    )

    chart = {
        (int(row["year"]), row["cause"]): int(row["persons"])
        for row in table_of(client, f"/figures.csv?by=year,cause&{query}")
    }
    counted = {key: int(n) for key, n in people.groupby(["year", "cause"])["persons"].sum().items()}
    assert {key: n for key, n in chart.items() if n} == counted

    assert figure_of(query) == [{"persons": persons}]
    assert figure_of(query, measure="incidents") == [{"incidents": incidents}]


def figure_of(query: str, **options: Any) -> Any:
    out = io.StringIO()
    call_command("figure", query, json=True, stdout=out, **options)
    return json.loads(out.getvalue())["figures"]


def assert_refused_everywhere(client: Client, query: str) -> None:
    for path in ("/casualties.csv?", "/incidents.csv?", "/figures.csv?by=year&"):
        assert text_of(client, f"{path}{query}")[0] == 400
    with pytest.raises(CommandError):
        figure_of(query)


def assert_not_available_everywhere(client: Client, query: str) -> None:
    """Nobody of such years is recorded as a woman, which is no zero; the lists of people hold nobody."""
    assert text_of(client, f"/figures.csv?by=year&{query}")[0] == 409
    for path in ("/casualties.csv?", "/incidents.csv?"):
        status, text = text_of(client, f"{path}{query}")
        assert status == 409 or text.count("\n") == 1
    with pytest.raises(CommandError):
        figure_of(query)


def test_what_the_test_rests_on() -> None:
    """The figures of the release that are known from elsewhere, by the way of the test itself."""
    assert expected({"cause": ["malicious-act"]})["persons"].sum() == 1118
    assert expected({"mission": ["MINUSMA"]})["persons"].sum() == 311
    assert expected({"cause": ["malicious-act"], "from": ["1992"], "to": ["1996"]})["persons"].sum() == 259
    assert (
        expected({"cause": ["malicious-act"], "scope": ["uniformed-pko"], "from": ["2013"], "to": ["2017"]})[
            "persons"
        ].sum()
        == 190
    )
