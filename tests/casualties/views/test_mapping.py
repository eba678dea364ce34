"""The page on which the columns of a file are mapped: what it guesses, shows, keeps, refuses; who may not."""

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.fields.files import FieldFile
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casualties import intake, tasks
from casualties.counts import total
from casualties.filters import PUBLIC, forget_basis, select
from casualties.intake.mapping import FileProfile, keep, profile_file
from casualties.intake.mapping.definition import SAID_OF_COUNTED
from casualties.intake.mapping.profile import MOST_WORDS
from casualties.intake.mapping.vocabulary import VOCABULARIES
from casualties.models import Incident
from casualties.views.mapping.words import word_field
from missions.models import ColumnMapping, ImportBatch
from peacekeeping.tables.delimited import MAX_COLUMNS
from tests.casualties.intake.mapping.shapes import REGISTER, register, register_mapping, register_row
from tests.casualties.views.test_hostile_addresses import HOSTILE
from tests.factories import data_manager, make_country, make_mission, reader

pytestmark = pytest.mark.django_db
NAME = "Register of attacks"


@pytest.fixture
def manager(client: Client) -> Client:
    make_mission()
    make_country(iso3="MLI", name="Mali")
    client.force_login(data_manager())
    return client


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tasks run where they are sent, but for the windows, which nothing here asks about."""
    for task in (tasks.run_import, tasks.resume_import):
        monkeypatch.setattr(task, "delay", task)
    monkeypatch.setattr(tasks.rebuild_trends, "delay", lambda **asked: None)


def batch() -> ImportBatch:
    return ImportBatch.objects.latest("id")


def sent(manager: Client, content: bytes, **fields: str) -> str:
    """The address of the page on the columns of a file that was sent."""
    file = SimpleUploadedFile("register.csv", content, content_type="text/csv")
    manager.post("/imports/", {"file": file, **fields})
    intake.preview(batch())
    return f"/imports/{batch().pk}/columns"


def place(heading: str) -> int:
    return REGISTER.index(heading)


def means(field: str, heading: str, word: str) -> str:
    return f"means-{word_field(field, place(heading), word)}"


def choices(page: str) -> dict[str, str]:
    """What a form would send as it stands on the page."""
    form = page[page.index('class="mapping"') :]
    found = {}
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, flags=re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[0] if chosen else ""
    for tag in re.findall(r"<input [^>]+>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") != "checkbox" or " checked" in tag:
            found[attributes["name"]] = attributes.get("value", "")
    return found


def sent_to(page: str, address: str) -> str:
    """Where a browser sends the form of the page at that address."""
    form = re.search(r'<form[^>]* class="mapping"[^>]*>', page)
    assert form is not None
    assert "hx-" not in form.group()
    action = re.search(r'action="([^"]+)"', form.group())
    return unescape(action.group(1)) if action else address


def kept(name: str) -> dict[str, Any]:
    """What a kept mapping says of our fields."""
    found: dict[str, Any] = ColumnMapping.objects.get(name=name).definition["fields"]
    return found


def problems_on(page: str) -> list[tuple[str, str]]:
    """What the page says is wrong: of which field, and why."""
    found = re.findall(r"<p><strong>(?:<a [^>]+>)?([^<]+)(?:</a>)?</strong>: ([^<]*)</p>", page)
    return [(unescape(field), unescape(reason)) for field, reason in found]


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
    assert "is-cause=accident, illness: may be given once only" in response.content.decode()


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
        assert f"{named}: " in response.content.decode()
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


def test_every_word_and_every_column_of_numbers_can_be_reached(manager: Client) -> None:
    """What is too long to be seen at once stands in a part that opens, and is sent with the rest."""
    more = {f"Aid workers {n}": "0" for n in range(70)}
    rows = [register_row(str(n), Country=f"Land {n}") | more for n in range(400)]
    address = sent(manager, register(*rows))
    form = choices(manager.get(address).content.decode())
    assert len([name for name in form if name.startswith("means-mission-")]) == 400
    assert len([name for name in form if re.fullmatch(r"count-[0-9]+", name)]) > 70
    form |= {means("mission", "Country", f"Land {n}"): "MINUSMA" for n in range(400)}
    form |= {f"out-{word_field('means', place('Means of attack'), 'Shooting')}": "1"}
    form |= {"is-cause": "malicious-act", "name": NAME, "release_date": "2023-11-28", "do": "keep"}
    assert len(form) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    answer = manager.post(address, form)
    assert answer.status_code == 302, answer.content.decode()
    assert len(kept(NAME)["mission"]["values"]) == 400


def test_as_many_fields_as_the_page_can_have_are_read(manager: Client) -> None:
    widest = 2 * MOST_WORDS * len(VOCABULARIES) + len(SAID_OF_COUNTED) * MAX_COLUMNS + 100
    assert widest <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    address = sent(manager, register())
    answer = manager.post(address, {f"means-{n}": "x" for n in range(widest)} | {"do": "look"})
    assert b"things are wrong with the mapping" in answer.content


def test_a_word_with_a_nul_byte_is_no_word(manager: Client) -> None:
    """No database could keep it, and the rows that hold one are refused whatever a mapping says."""
    hostile = "Ma\x00li"
    address = sent(manager, register(register_row(), register_row("2", Country=hostile, City="\x00")))
    form = choices(manager.get(address).content.decode())
    form |= {"is-cause": "malicious-act", means("mission", "Country", "Mali"): "MINUSMA", "name": NAME}
    form |= {
        "release_date": "2023-11-28",
        "do": "keep",
        f"means-{word_field('mission', place('Country'), hostile)}": "",
    }
    form |= {f"out-{word_field('mission', place('Country'), hostile)}": "1"}
    assert manager.post(address, form).status_code == 302
    assert "left_out" not in kept(NAME)["mission"]
    intake.preview(batch())
    assert list(batch().problems.filter(level="error").values_list("line", "column", "reason")) == [
        (3, "Country", "holds a NUL byte"),
        (3, "City", "holds a NUL byte"),
    ]


def test_the_page_does_not_read_the_file(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have hundreds of megabytes; what stands in it was found by the task that read it."""
    address = sent(manager, register())
    monkeypatch.setattr(FieldFile, "open", None)
    form = choices(manager.get(address).content.decode())
    assert form["from-incident"] == str(place("Incident ID"))
    assert manager.post(address, form | {"do": "look", "is-cause": "accident"}).status_code == 200
    monkeypatch.undo()
    # A file that came in before that was kept has to be sent again.
    ImportBatch.objects.update(profile=None)
    answer = manager.get(address, follow=True)
    assert answer.redirect_chain == [(f"/imports/{batch().pk}/", 302)]
    assert "Upload the file again." in answer.content.decode()


def test_what_stands_in_a_file_is_kept_until_it_is_applied(manager: Client) -> None:
    keep(NAME, register_mapping().definition, REGISTER, by_user=None)
    sent(manager, register(), release_date="2023-11-28")
    kept_of_file = batch().profile
    assert kept_of_file is not None
    assert FileProfile.from_json(kept_of_file) == profile_file(BytesIO(register()))
    intake.apply(batch())
    assert (batch().state, batch().profile) == ("applied", None)
    at_once = intake.stage_upload(BytesIO(b"a,b\n1,2\n"), name="x.csv", by_user=None)
    assert intake.import_at_once(at_once).profile is not None
    intake.discard(at_once)
    assert batch().profile is None


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
