"""What the page knows of a file: every word and column of it, found by the task that read it, until it is applied."""

import re
from io import BytesIO

import pytest
from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.test import Client

from casualties import intake
from casualties.intake.mapping import FileProfile, keep, profile_file
from casualties.intake.mapping.definition import SAID_OF_COUNTED
from casualties.intake.mapping.profile import MOST_WORDS
from casualties.intake.mapping.vocabulary import VOCABULARIES
from casualties.views.mapping.words import word_field
from missions.models import ImportBatch
from peacekeeping.tables.delimited import MAX_COLUMNS
from tests.casualties.intake.mapping.shapes import REGISTER, register, register_mapping, register_row
from tests.casualties.views.mapping.reading import NAME, batch, choices, kept, means, place, sent

pytestmark = pytest.mark.django_db


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
