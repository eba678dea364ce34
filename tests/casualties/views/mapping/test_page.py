"""The page on which the columns of a file are mapped: what it guesses, shows, keeps, refuses; who may not."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casualties.counts import total
from casualties.filters import PUBLIC, forget_basis, select
from casualties.intake.mapping import keep
from casualties.models import Incident
from casualties.views.mapping.words import word_field
from missions.models import ColumnMapping, ImportBatch
from tests.casualties.intake.mapping.shapes import REGISTER, register, register_mapping, register_row
from tests.casualties.views.mapping.reading import NAME, batch, choices, kept, means, place, problems_on, sent, sent_to
from tests.casualties.views.test_hostile_addresses import HOSTILE
from tests.factories import make_country, reader

pytestmark = pytest.mark.django_db


def test_from_a_file_that_no_reader_knows_to_figures(manager: Client, django_capture_on_commit_callbacks: Any) -> None:
    rows = [register_row("1"), register_row("2", Country="Ruritania", **{"Means of attack": "Magic"})]
    address = sent(manager, register(*rows, encoding="latin-1"))
    assert address in manager.get(f"/imports/{batch().pk}/").content.decode()
    form = choices(manager.get(address).content.decode())
    guessed = {name: value for name, value in form.items() if value}
    assert guessed["from-incident"] == str(place("Incident ID"))
    assert [guessed[part] for part in ("year", "month", "day")] == ["1", "2", "3"]
    assert guessed[f"count-{place('Nationals killed')}"] == "fatality"
    assert guessed[f"count-{place('Internationals wounded')}-personnel"] == "international-civilian"
    assert guessed[f"count-{place('Total killed')}"] == "total-fatality"
    assert guessed[means("means", "Means of attack", "Shooting")] == "small-arms-fire"
    assert form[means("means", "Means of attack", "Magic")] == ""
    form |= {
        "prefix-incident": "REG-",
        "is-cause": "malicious-act",
        means("mission", "Country", "Mali"): "MINUSMA",
        f"out-{word_field('mission', place('Country'), 'Ruritania')}": "1",
        "name": NAME,
        "release_date": "2023-11-28",
        "do": "keep",
    }
    with django_capture_on_commit_callbacks(execute=True):
        response = manager.post(address, form)
    assert response.status_code == 302, response.content.decode()
    assert (batch().state, batch().persons) == ("previewed", 4), batch().message
    page = manager.get(f"/imports/{batch().pk}/").content.decode()
    assert "How its columns are read" in page
    assert "Mali → MINUSMA; rows left out: Ruritania" in page
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(f"/imports/{batch().pk}/apply")
    assert batch().state == "applied"
    forget_basis()  # that there are injuries now is told by the version of the data, which moves when a test commits
    assert total(select("mission=MINUSMA", PUBLIC)) == 2
    assert total(select("mission=MINUSMA&outcome=injury", PUBLIC)) == 2
    assert Incident.objects.get().place == "Ville-Inventée"
    # A file that was applied is not mapped anew.
    assert manager.get(address).status_code == 302


def test_everything_that_is_not_read_is_listed(manager: Client) -> None:
    page = manager.get(sent(manager, register())).content.decode()
    table = page[page.index("All columns of the file") :]
    for heading in ("Country Code", "Region", "Nationals kidnapped"):
        row = table[table.index(f'<th scope="row">{heading}</th>') :]
        assert "not read" in row[: row.index("</tr>")], heading
    row = table[table.index('<th scope="row">Details</th>') :]
    assert "What happened" in row[: row.index("</tr>")]


def test_what_is_wrong_is_named_and_nothing_is_kept(manager: Client) -> None:
    address = sent(manager, register())
    form = choices(manager.get(address).content.decode())
    form |= {
        "is-mission": "MINUSMA",  # beside the column of countries
        "from-place": "99",
        "from-reference": "0",
        "is-cause": "misfortune",
        "month": "",
        means("means", "Means of attack", "Shooting"): "magic",
        f"count-{place('Nationals killed')}-personnel": "",
        f"count-{place('Nationals kidnapped')}": "abducted",
        "name": " ",
        "release_date": "28.11.2023",
        "do": "keep",
    }
    response = manager.post(address, form)
    said = response.content.decode()
    assert response.status_code == 400
    for field, reason in (
        ("Mission", "takes one column or one value for the whole file, and not both"),
        ("Place", "“99” is no column of the file"),
        ("Reference", "cannot be read from rows whose columns count people"),
        ("Cause", "“misfortune” is none of the words that this field has"),
        ("Date of the incident", "has a column of days and none of months"),
        ("Means", "“Shooting”: “magic” is none of the words"),
        ("“Nationals killed”", "must say which type of personnel it counts"),
        ("“Nationals kidnapped”", "counts neither deaths nor injuries"),
        ("Name of the mapping", "is needed"),
        ("Release date", "“28.11.2023” is not a date"),
    ):
        assert (field, reason) in [(named, told[: len(reason)]) for named, told in problems_on(said)], field
    assert not ColumnMapping.objects.exists()
    assert batch().state == "refused"


@pytest.mark.parametrize("day", ["20231128", "2023-W48-2"])
def test_a_release_date_is_written_in_one_way(manager: Client, day: str) -> None:
    address = sent(manager, register())
    form = choices(manager.get(address).content.decode())
    form |= {"is-cause": "malicious-act", "name": NAME, "release_date": day, "do": "keep"}
    response = manager.post(address, form)
    assert response.status_code == 400
    assert ("Release date", f"“{day}” is not a date (YYYY-MM-DD)") in problems_on(response.content.decode())


def test_a_choice_that_is_sent_twice_is_none(manager: Client) -> None:
    keep(NAME, register_mapping().definition, REGISTER, by_user=None)
    address = sent(manager, register(), release_date="2023-11-28")
    said = choices(manager.get(address).content.decode())
    response = manager.post(address, {**said, "is-cause": ["accident", "illness"], "do": "keep"})
    assert response.status_code == 400
    assert "is-cause=accident, illness may be given once only" in response.content.decode()


def test_looking_keeps_nothing_and_shows_the_words_of_another_column(manager: Client) -> None:
    address = sent(manager, register(), release_date="2023-11-28")
    form = choices(manager.get(address).content.decode())
    form |= {"is-cause": "malicious-act", "from-context": str(place("Region")), "do": "look"}
    response = manager.post(address, form)
    assert response.status_code == 200
    assert means("context", "Region", "Nowhere") in response.content.decode()
    assert not ColumnMapping.objects.exists()


def test_a_later_file_finds_the_mapping_and_it_can_be_changed(
    manager: Client, django_capture_on_commit_callbacks: Any
) -> None:
    mapping = register_mapping()
    keep(NAME, mapping.definition, REGISTER, by_user=None)
    address = sent(manager, register(), release_date="2023-11-28")
    assert batch().state == "previewed"
    form = choices(manager.get(address).content.decode())
    assert (form["name"], form["prefix-incident"]) == (NAME, "REG-")
    form |= {"prefix-incident": "R", "do": "keep"}
    with django_capture_on_commit_callbacks(execute=True):
        assert manager.post(address, form).status_code == 302
    assert batch().state == "previewed"
    kept = ColumnMapping.objects.get()
    assert kept.definition["fields"]["incident"]["prefix"] == "R"
    # The words that this file does not have are still in the mapping.
    assert kept.definition["fields"]["mission"]["left_out"] == ["Ruritania"]
    assert kept.definition["fields"]["means"]["values"]["Kidnapping"] == "abduction"
    assert kept.edited_by is not None


def test_a_name_of_a_mapping_for_other_columns_is_not_taken(manager: Client) -> None:
    keep(NAME, register_mapping().definition, (*REGISTER, "One more"), by_user=None)
    address = sent(manager, register(), release_date="2023-11-28")
    form = choices(manager.get(address).content.decode())
    form |= {"is-cause": "malicious-act", "name": NAME.upper(), "do": "keep"}
    response = manager.post(address, form)
    assert response.status_code == 400
    assert "is that of a mapping for files of other columns" in response.content.decode()


def test_a_mapping_is_asked_for_by_name_and_removed(manager: Client) -> None:
    mapping = register_mapping()
    kept = keep(NAME, mapping.definition, REGISTER, by_user=None)
    keep("Other", register_mapping(cause={"constant": "accident"}, means=None, context=None).definition, REGISTER,
         by_user=None)  # fmt: skip
    address = sent(manager, register(), release_date="2023-11-28")
    assert batch().state == "refused"
    for query in ("mapping=Other", "mapping=Other&mapping="):
        assert choices(manager.get(f"{address}?{query}").content.decode())["is-cause"] == "accident"
    for query, named in (("mapping=None", "mapping=None"), ("mapping=a&mapping=b", "mapping=a, b"), ("x=1", "x=1")):
        response = manager.get(f"{address}?{query}")
        assert response.status_code == 400
        assert f"{named} " in response.content.decode()
    assert NAME in manager.get("/imports/").content.decode()
    manager.post(f"/imports/mappings/{kept.pk}/remove")
    assert list(ColumnMapping.objects.values_list("name", flat=True)) == ["Other"]


def test_a_mapping_that_was_opened_by_its_name_keeps_its_words(manager: Client) -> None:
    """The first that fits has no words; the one that is asked for has some that this file does not."""
    plain = register_mapping(mission={"column": "Country"}, means={"column": "Means of attack"}, context=None)
    keep("A", plain.definition, REGISTER, by_user=None)
    keep("B", register_mapping().definition, REGISTER, by_user=None)
    address = sent(manager, register(), release_date="2023-11-28")
    page = manager.get(f"{address}?mapping=B").content.decode()
    form = choices(page)
    assert form["name"] == "B"
    for doing, status in (("look", 200), ("keep", 302)):
        answer = manager.post(sent_to(page, f"{address}?mapping=B"), form | {"do": doing})
        assert answer.status_code == status, answer.content.decode()
    assert kept("B")["mission"]["left_out"] == ["Ruritania"]
    assert kept("B")["means"]["values"]["Kidnapping"] == "abduction"
    assert "left_out" not in kept("A")["mission"]


def test_headings_of_another_case_and_spacing_keep_the_words(manager: Client) -> None:
    keep(NAME, register_mapping().definition, REGISTER, by_user=None)
    shouted = {f" {name.upper().replace(' ', '  ')}": cell for name, cell in register_row().items()}
    address = sent(manager, register(shouted), release_date="2023-11-28")
    assert batch().state == "previewed", batch().message
    form = choices(manager.get(address).content.decode())
    assert manager.post(address, form | {"do": "keep"}).status_code == 302
    assert kept(NAME)["mission"] == {
        "column": "COUNTRY", "values": {"Mali": "MINUSMA"}, "left_out": ["Ruritania"]
    }  # fmt: skip
    assert kept(NAME)["means"]["values"] == {"Shooting": "small-arms-fire", "Kidnapping": "abduction"}


def test_hostile_choices_are_refused_by_name(manager: Client) -> None:
    """Each choice of the form, and the parameter of the address, with values that none allows: 400, never 500."""
    address = sent(manager, register(), release_date="2023-11-28")
    form = choices(manager.get(address).content.decode()) | {"is-cause": "malicious-act", "name": NAME, "do": "keep"}
    form |= {"from-date": "1", "year": "", "month": "", "day": ""}
    names = {
        "from-place": "Place",
        "order-date": "Date of the incident",
        "is-means": "Means",
        "is-mission": "Mission",
        f"count-{place('Region')}": "“Region”",
        f"count-{place('Nationals killed')}-gender": "“Nationals killed”",
    }
    for value in ("99999999999999999999999", "٢٠١٩", "<script>", "é" * 1_500):
        response = manager.post(address, form | dict.fromkeys(names, value))
        assert response.status_code == 400, value
        for field in names.values():
            assert field in dict(problems_on(response.content.decode())), (field, value)
    for value in HOSTILE[::5]:
        response = manager.get(f"{address}?mapping={value}")
        assert response.status_code == 400, value
        assert "mapping=" in response.content.decode()
    assert not ColumnMapping.objects.exists()


def test_words_of_the_file_are_no_markup(manager: Client) -> None:
    hostile = '<script>alert("1")</script>'
    address = sent(manager, register(register_row(Country=hostile)))
    page = manager.get(address).content.decode()
    assert "<script>alert" not in page
    form = choices(page) | {means("mission", "Country", hostile): "MINUSMA", "do": "look", "is-cause": "malicious-act"}
    assert manager.post(address, form).status_code == 200


def test_files_that_cannot_be_mapped_lead_back(manager: Client) -> None:
    make_country(m49="148")
    for content in (b"<html></html>", b'[{"a": 1}]'):
        address = sent(manager, content)
        assert manager.get(address).status_code == 302
        assert "Map its columns" not in manager.get(f"/imports/{batch().pk}/").content.decode()


def test_it_asks_the_database_seldom(manager: Client) -> None:
    rows = [register_row(str(n), Country=f"Land {n}", City=f"Town {n}") for n in range(80)]
    address = sent(manager, register(*rows))
    with CaptureQueriesContext(connection) as asked:
        assert manager.get(address).status_code == 200
    assert len(asked) <= 15, [query["sql"][:90] for query in asked]


def test_only_data_managers(client: Client) -> None:
    found = ImportBatch.objects.create(state="refused", file_name="x", can_be_mapped=True)
    assert client.get(f"/imports/{found.pk}/columns").url.startswith("/accounts/login/")  # type: ignore[attr-defined]
    client.force_login(reader())
    assert client.get(f"/imports/{found.pk}/columns").status_code == 403
    assert client.post("/imports/mappings/1/remove").status_code == 403
