"""manage.py load_first_data: the file, else what is there, else the hub, else the annual counts."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from casualties.intake import bundle
from casualties.models import Casualty
from missions.models import current_release
from tests.casualties.intake.hub_server import Hub, hub_server
from tests.casualties.intake.releases import csv_bytes, hub_row, import_rows, json_bytes, many_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub(settings: LazySettings) -> Iterator[Hub]:
    with hub_server() as hub:
        settings.OPEN_DATA_URL = hub.address
        yield hub


@pytest.fixture
def few_annual_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first three rows of the annual counts, of four people, stand for all: these take most of a second to load."""
    path = bundle.bundle_path()
    few = tmp_path / path.name
    few.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:5]), encoding="utf-8")
    monkeypatch.setattr(bundle, "bundle_path", lambda: few)


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("load_first_data", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_it_works(hub: Hub, reference: None) -> None:
    hub.body = json_bytes(many_rows(30))
    assert "Applied: 30 people" in run()
    assert Casualty.objects.count() == 30


def test_without_the_hub_the_annual_counts_are_loaded(settings: LazySettings, reference: None) -> None:
    settings.OPEN_DATA_URL = "http://127.0.0.1:9/none"
    said = run()
    assert "Not to be had: http://127.0.0.1:9/none cannot be reached" in said
    assert "annual counts of 4,344 people" in said
    release = current_release()
    assert release is not None
    assert release.annual_counts


@pytest.mark.parametrize("body", [b"<html>Maintenance</html>", b"[]", json_bytes([hub_row(gender="X")])])
def test_an_answer_that_cannot_be_used_gives_the_annual_counts_as_well(
    body: bytes, hub: Hub, reference: None, few_annual_counts: None
) -> None:
    hub.body = body
    said = run()
    assert "Refused" in said
    assert "annual counts of 4 people" in said
    assert sum(Casualty.objects.values_list("persons", flat=True)) == 4


def test_where_data_are_it_says_so_and_asks_nobody(hub: Hub, reference: None) -> None:
    hub.status = 500
    import_rows(many_rows(3))
    assert run() == "Data are there already: the release of 2023-11-28.\n"


def test_it_does_not_ask_again_where_annual_counts_are(
    settings: LazySettings, reference: None, few_annual_counts: None
) -> None:
    settings.OPEN_DATA_URL = ""
    run()
    assert run() == "Data are there already: the annual counts of 2023-11-28.\n"


def test_a_file_is_loaded_whatever_is_there(tmp_path: Path, reference: None) -> None:
    path = tmp_path / "release.csv"
    path.write_bytes(csv_bytes(many_rows(30)))
    assert run("--file", path).startswith("Applied: 30 people")
    assert run("--file", path).startswith("The file changes nothing")
    path.write_bytes(csv_bytes([row | {"last_update": "2023-12-05"} for row in [*many_rows(30), hub_row()]]))
    assert run("--file", path).startswith("Applied: 31 people: 1 new")


def test_a_file_that_is_refused_fails_with_its_reason(tmp_path: Path, reference: None) -> None:
    path = tmp_path / "release.csv"
    path.write_bytes(csv_bytes([hub_row(gender="X")]))
    with pytest.raises(CommandError, match=r"release\.csv: Refused: line 2, gender “X”: is none of m, f"):
        run("--file", path)
    with pytest.raises(CommandError, match="No such file"):
        run("--file", tmp_path / "nothing.csv")
