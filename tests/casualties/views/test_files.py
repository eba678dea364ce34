"""/casualties.csv, /incidents.csv, /figures.csv: who may, what is refused and how, what is kept."""

from typing import Any

import pandas as pd
import pytest
from django.test import Client
from django.utils import timezone

from casualties.exports import files
from casualties.filters import Selection, vocabulary
from casualties.models import ExportEntry
from missions.models import DataVersion
from peacekeeping.software import Software
from tests.factories import data_manager, make_annual_count, make_casualty, make_release, reader

FILES = ["/casualties.csv", "/incidents.csv", "/figures.csv"]


def text_of(client: Client, address: str, **options: Any) -> str:
    return client.get(address, **options).getvalue().decode()


@pytest.mark.django_db(transaction=True)
def test_it_works(client: Client) -> None:
    make_release()
    make_casualty(reference="a")
    make_casualty(reference="b", cause="illness")
    make_casualty(released=False)
    response = client.get("/casualties.csv?cause=illness&columns=reference,cause&header=0")
    assert response.getvalue() == b"reference,cause\r\nb,illness\r\n"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="casualties_2023-11-28_cause-illness.csv"'
    assert text_of(client, "/incidents.csv?columns=mission,deaths") == "mission,deaths\r\nMINUSMA,1\r\nMINUSMA,1\r\n"
    assert text_of(client, "/casualties.csv?header=1").count("\r\n# ") == 9

    client.force_login(data_manager())
    assert text_of(client, "/casualties.csv?columns=released").split() == ["released", "no", "yes", "yes"]


@pytest.mark.django_db
def test_figures(client: Client) -> None:
    make_release()
    make_casualty()
    make_casualty()
    years = text_of(client, "/figures.csv?by=year&mission=MINUSMA").split("\r\n")
    assert years[0] == "year,persons,release,mark"
    assert years[1:-1] == [
        f"{year},{2 if year == 2019 else 0},2023-11-28,{'p' if year == 2023 else ''}" for year in range(2013, 2024)
    ]
    assert text_of(client, "/figures.csv") == "persons,release,mark\r\n2,2023-11-28,p\r\n"
    assert text_of(client, "/figures.csv?measure=incidents&by=cause&to=2020") == (
        "cause,incidents,release,mark\r\nmalicious-act,1,2023-11-28,\r\n"
    )
    head = text_of(client, "/figures.csv?measure=incidents&header=1")
    assert "# counting: incidents with at least one person (deaths)\r\n" in head
    assert "# counting: deaths, one per person\r\n" in text_of(client, "/figures.csv?header=1")
    assert text_of(client, "/figures.csv?by=year&mission=MINUSMA&date_from=2018-06-01&date_to=2019-12-31") == (
        "year,persons,release,mark\r\n2018,0,2023-11-28,\r\n2019,2,2023-11-28,\r\n"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("cuase=illness", ["cuase is not a filter", "allowed:", "cause"]),
        ("cause=hostile", ["cause=hostile is not one of the allowed values", "malicious-act"]),
        ("from=2018&to=2013", ["from=2018 lies after to=2013"]),
        ("from=2030", ["lies after 2023"]),
        ("header=yes", ["header=yes is not one of the allowed values", "allowed: 1, 0"]),
        ("header=1&header=0", ["may be given once only"]),
        ("view=people", ["view is not a filter"]),
        ("cause=%00", ["cause"]),
    ],
)
def test_refused_with_the_name_of_the_parameter(client: Client, path: str, query: str, said: list[str]) -> None:
    make_release()
    make_casualty()
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "ETag" not in response
    for words in said:
        assert words in response.getvalue().decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/figures.csv?by=year,shoe-size", "by=shoe-size is not a dimension"),
        ("/figures.csv?measure=tears", "measure=tears is not one of the allowed values"),
        ("/figures.csv?columns=year", "columns is not a filter"),
        ("/casualties.csv?by=year", "by is not a filter"),
        ("/casualties.csv?columns=reference,name", "columns=name is not a column of this file"),
        ("/casualties.csv?columns=place", "columns=place is not a column of this file"),
        ("/incidents.csv?columns=place", "columns=place is not a column of this file"),
    ],
)
def test_own_parameters_are_refused_by_name(client: Client, address: str, said: str) -> None:
    make_release()
    response = client.get(address)
    assert response.status_code == 400
    text = response.getvalue().decode()
    assert said in text
    assert "place" not in text.replace("columns=place", "")


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES)
def test_nothing_loaded_is_not_zero(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 409
    assert response.getvalue() == b"not available: no data are loaded\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/incidents.csv", "/figures.csv?measure=incidents", "/figures.csv?by=day", "/figures.csv?by=gender"],
)
def test_annual_counts_cannot_tell(client: Client, address: str) -> None:
    make_release(kind="bundle")
    make_annual_count(persons=3)
    response = client.get(address)
    assert (response.status_code, response.getvalue()) == (409, b"not available: annual counts only\n")


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES)
def test_injuries_that_nobody_recorded(client: Client, path: str) -> None:
    make_release()
    make_casualty()
    response = client.get(f"{path}?outcome=injury")
    assert (response.status_code, response.getvalue()) == (409, b"not available: the release holds no injuries\n")


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES)
def test_who_may(client: Client, path: str, settings: Any) -> None:
    settings.PUBLIC_READING = False
    make_release()
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={path}")
    assert client.post(path).status_code in {302, 405}
    client.force_login(reader())
    assert client.get("/figures.csv").status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_what_is_kept(client: Client) -> None:
    make_release()
    make_casualty()
    public = client.get("/figures.csv")
    assert public["Cache-Control"] == "no-cache, public"
    assert "Cookie" in public["Vary"]
    again = client.get("/figures.csv", headers={"If-None-Match": public["ETag"]})
    assert (again.status_code, again.getvalue()) == (304, b"")
    assert client.get("/figures.csv?by=cause")["ETag"] != public["ETag"]

    client.force_login(data_manager())
    private = client.get("/figures.csv", headers={"If-None-Match": public["ETag"]})
    assert (private.status_code, private["Cache-Control"]) == (200, "no-cache, private")


@pytest.mark.django_db(transaction=True)
def test_a_new_version_of_the_data_is_another_file(client: Client) -> None:
    make_release()
    before = client.get("/figures.csv")
    make_casualty()
    after = client.get("/figures.csv", headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, after.getvalue()) == (200, b"persons,release,mark\r\n1,2023-11-28,p\r\n")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", FILES)
def test_after_a_restore_the_number_comes_back_and_the_tag_does_not(client: Client, path: str) -> None:
    make_release()
    make_casualty()
    DataVersion.objects.update_or_create(id=1, defaults={"version": 3, "changed_at": timezone.now()})
    before = client.get(path)
    DataVersion.objects.update(changed_at=timezone.now())
    assert client.get(path, headers={"If-None-Match": before["ETag"]}).status_code == 200


@pytest.mark.django_db
def test_another_software_is_another_tag(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_release()
    before = client.get("/figures.csv")
    monkeypatch.setattr(vocabulary, "software", lambda: Software("the next", 0.0))
    assert client.get("/figures.csv", headers={"If-None-Match": before["ETag"]}).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", FILES)
def test_a_refusal_is_never_unchanged(client: Client, path: str) -> None:
    make_release()
    make_casualty()
    whatever = {"If-None-Match": "*"}
    assert client.get(f"{path}?misson=X", headers=whatever).status_code == 400
    assert client.get(f"{path}?outcome=injury", headers=whatever).status_code == 409
    unchanged = client.get(path, headers=whatever)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["ETag"]
    assert not ExportEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/figures.csv?by=year", "/figures.xlsx?by=year", "/trends.csv", "/rates.csv"])
def test_figures_never_mix_two_versions(client: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """The data change after the file was counted, and before its rows are marked as revised."""
    make_release()
    make_casualty()
    DataVersion.objects.update_or_create(id=1, defaults={"version": 3, "changed_at": timezone.now()})

    def marked(frame: pd.DataFrame, _selection: Selection) -> list[bool]:
        DataVersion.objects.update(version=4)
        return [False] * len(frame)

    monkeypatch.setattr(files, "revised_rows", marked)
    moved = client.get(path)
    assert (moved.status_code, moved["Retry-After"]) == (503, "1")
    assert b"the data changed" in moved.content
    assert "ETag" not in moved
    assert not ExportEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", FILES)
def test_head_reads_nothing(client: Client, path: str) -> None:
    make_release()
    make_casualty()
    response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert client.head(f"{path}?cause=hostile").status_code == 400
