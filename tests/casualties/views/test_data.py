"""/data/ and /api/: examples that run as they stand on the page, the dictionary, the data package, the reference."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from casualties.exports.columns import INCIDENTS, PEOPLE
from casualties.exports.data_package import data_package, dictionary_rows
from casualties.filters import load_basis
from casualties.views.data.examples import VARIABLE, examples
from casualties.views.data.reference import operations
from tests.casualties.api.asking import token_of
from tests.factories import make_casualty, make_release

SITE = "https://statistics.example.org"
ADDRESS = re.compile(r'https?://[^"\s]+')


def code(key: str, site: str, *, token: bool) -> str:
    return next(example.code for example in examples(site, token=token) if example.key == key)


@pytest.mark.django_db
@pytest.mark.parametrize("public", [True, False])
def test_the_page_shows_the_examples_for_its_own_address(client: Client, settings: Any, public: bool) -> None:
    settings.PUBLIC_READING = public
    page = unescape(client.get("/data/").content.decode())
    for example in examples("http://testserver", token=not public):
        assert example.code in page
    assert (VARIABLE in page) is not public


@pytest.fixture
def people(settings: Any) -> None:
    make_release()
    make_casualty()
    make_casualty()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("public", [True, False])
def test_curl_and_python_run_as_they_stand(
    live_server: LiveServer, settings: Any, tmp_path: Path, public: bool
) -> None:
    settings.PUBLIC_READING = public
    environment = {"PATH": "/usr/bin:/bin", VARIABLE: "" if public else token_of()}

    def run(*command: str) -> str:
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    if shutil.which("curl"):
        run("sh", "-c", code("curl", live_server.url, token=not public))
        assert (tmp_path / "figures.csv").read_text().splitlines()[1].startswith("2019,2,")
    printed = run(sys.executable, "-c", code("python", live_server.url, token=not public))
    assert re.search(r"2019\s+2\s+2023-11-28", printed)
    printed = run(sys.executable, "-c", code("pages", live_server.url, token=not public))
    assert printed == "2 rows as known at 2023-11-28\n"


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("token", [True, False])
def test_r_and_power_query_ask_what_is_answered(client: Client, settings: Any, token: bool) -> None:
    """Neither runs here: their address and header are taken from the code and asked."""
    settings.PUBLIC_READING = not token
    in_r, in_m = code("r", SITE, token=token), code("power-query", SITE, token=token)
    query = dict(re.findall(r'(\w+) = "([^"]*)"', re.search(r"Query = \[(.*?)\]", in_m).group(1)))  # type: ignore[union-attr]
    path = re.search(r'RelativePath = "([^"]*)"', in_m).group(1)  # type: ignore[union-attr]
    headers = {"Authorization": f"Bearer {token_of()}"} if token else {}
    assert ("Bearer" in in_r) is ("Bearer" in in_m) is token
    asked = urlsplit(ADDRESS.search(in_r).group())  # type: ignore[union-attr]
    for address in (f"{asked.path}?{asked.query}", f"/{path}?{urlencode(query)}"):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.content.startswith(b"year,persons,release,mark\r\n2019,2,")
    assert parse_qs(asked.query) == {name: [value] for name, value in query.items()}
    for open_, close in ("()", "[]", "{}"):
        assert in_m.count(open_) == in_m.count(close)
        assert in_r.count(open_) == in_r.count(close)


@pytest.mark.django_db
def test_the_dictionary_has_every_column_with_a_type(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/data/dictionary.csv").content.decode())))
    assert [(row["file"], row["column"]) for row in rows] == [
        *(("casualties", column.name) for column in PEOPLE),
        *(("incidents", column.name) for column in INCIDENTS),
    ]
    page = client.get("/data/dictionary/").content.decode()
    for row in dictionary_rows():
        assert row["type"] in {"string", "integer", "number", "date"}
        assert f"<code>{row['column']}</code>" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_the_data_package_names_public_columns_alone(client: Client, settings: Any) -> None:
    settings.PUBLIC_READING = True
    package = client.get("/datapackage.json").json()
    assert package == json.loads(json.dumps(data_package(load_basis(), site="http://testserver")))
    staff = {column.name for column in (*PEOPLE, *INCIDENTS) if column.audience == "staff"}
    for resource in package["resources"]:
        assert not staff & {field["name"] for field in resource["schema"]["fields"]}
    figures = package["resources"][2]
    answer = client.get(urlsplit(figures["path"])._replace(scheme="", netloc="").geturl()).getvalue()
    assert answer.decode().splitlines()[0].split(",") == [field["name"] for field in figures["schema"]["fields"]]


@pytest.mark.django_db
def test_the_reference_shows_every_operation(client: Client) -> None:
    page = client.get("/api/").content.decode()
    described = client.get("/api/openapi.yaml")
    assert described["Content-Type"] == "application/yaml"
    for operation in operations("en-gb"):
        assert f"GET {operation.path}</code>" in page
        assert f"  {operation.path}:\n" in described.content.decode()
    for kind in ("parameter", "sign-in", "not-allowed", "not-found", "method", "format", "not-available", "rate"):
        assert f'id="problem-{kind}"' in page
    assert "<script>" not in page
    assert " style=" not in page
