"""A register of attacks, one incident a row, comes in through a mapping: the people, and what stands around them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from casualties.intake.mapping import NamedMapping, keep
from casualties.models import Casualty, Incident
from missions.models import ImportBatch
from tests.casualties.intake.mapping.shapes import REGISTER, register, register_mapping, register_row
from tests.casualties.intake.releases import csv_bytes, import_bytes, own_row, problems_of, stage_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
RELEASED_ON = date(2023, 11, 28)


def read(content: bytes, mapping: NamedMapping | None = None, **options: Any) -> ImportBatch:
    """The file, imported at once through the mapping."""
    mapping = mapping or register_mapping()
    batch = import_bytes(content, release_date=RELEASED_ON, mapping=mapping, **options)
    batch.refresh_from_db()
    return batch


def people() -> set[tuple[str, str, int]]:
    return set(Casualty.objects.counted().values_list("outcome", "personnel", "persons"))


def test_it_works() -> None:
    batch = read(register())
    assert (batch.state, batch.message) == (
        "applied",
        "Applied: 4 people: 4 new, 0 the same, 0 changed, 0 gone, 0 back again.",
    )
    assert people() == {
        ("fatality", "local-civilian", 2),
        ("injury", "local-civilian", 1),
        ("injury", "international-civilian", 1),
    }
    incident = Incident.objects.get()
    assert (incident.key, incident.mission.acronym, incident.cause) == ("REG-9001", "MINUSMA", "malicious-act")
    assert (incident.occurred_on, incident.occurred_precision) == (date(2019, 3, 17), "day")
    assert (incident.means, incident.context) == ("small-arms-fire", "ambush")
    assert (incident.place, incident.summary) == ("Ville-Inventée", "Invented: a convoy was shot at.")
    assert (incident.latitude, incident.longitude) == (Decimal("17.5"), Decimal("-3.25"))
    assert (batch.rows, batch.persons, batch.kind, batch.format) == (1, 4, "own", "own-csv")
    assert batch.mapping == register_mapping().as_json()


def test_the_same_file_again_changes_nothing() -> None:
    read(register())
    assert "changes nothing" in read(register()).message


def test_a_later_file_restates_what_came_in_by_files_of_our_own() -> None:
    read(register(register_row("1"), register_row("2")))
    batch = read(register(register_row("1"), register_row("3", **{"Nationals killed": "5", "Total killed": "5"})))
    assert (batch.same, batch.new, batch.gone) == (4, 7, 4)
    import_bytes(csv_bytes([own_row(f"A-{n}") for n in range(9)]), release_date=RELEASED_ON)
    assert people() == {("injury", "military", 1)}  # a file of our own takes the place of the mapped one


def test_kept_headings_find_the_mapping_again() -> None:
    content = register()
    assert import_bytes(content, release_date=RELEASED_ON).state == "refused"
    mapping = register_mapping()
    keep(mapping.name, mapping.definition, REGISTER, by_user=None)
    shuffled = csv_bytes([register_row()], columns=(*REGISTER[::-1],))
    for file in (content, shuffled):
        batch = import_bytes(file, release_date=RELEASED_ON)
        assert batch.state in ("applied", "discarded"), batch.message
        batch.refresh_from_db()
        assert (batch.mapping or {})["name"] == "Register of attacks"
    keep("Another", mapping.definition, REGISTER, by_user=None)
    batch = import_bytes(content, release_date=RELEASED_ON)
    assert (batch.state, batch.can_be_mapped) == ("refused", True)
    assert "2 kept mappings fit these columns, “Another”, “Register of attacks”: choose one" in batch.message


def test_what_an_import_was_read_with_stays_when_the_mapping_changes() -> None:
    """Between preview and apply somebody else keeps another mapping of the name: the previewed one is applied."""
    from casualties import intake

    mapping = register_mapping()
    keep(mapping.name, mapping.definition, REGISTER, by_user=None)
    batch = intake.preview(stage_bytes(register(), release_date=RELEASED_ON))
    other = register_mapping(cause={"constant": "accident"}, means=None, context=None)
    keep(mapping.name, other.definition, REGISTER, by_user=None)
    assert intake.apply(batch).state == "applied"
    assert Incident.objects.get().cause == "malicious-act"


def test_rows_left_out_are_said_and_counted() -> None:
    batch = read(
        register(
            register_row("1"),
            register_row("2", Country="Ruritania"),
            register_row("3", Country="ruritania "),
            register_row(
                "4",
                **dict.fromkeys(("Nationals killed", "Nationals wounded", "Total killed"), ""),
                **{"Internationals wounded": "0", "Total wounded": "0", "Nationals kidnapped": "3"},
            ),
        )
    )
    assert batch.state == "applied"
    assert (batch.rows, batch.persons) == (4, 4)
    assert problems_of(batch, "warning") == [
        (3, "Country", "Ruritania", "2 rows (this is the first) are left out, as the mapping says"),
        (5, "", "", "the row counts nobody in the columns that count people: nothing is taken from it"),
    ]


def test_words_that_mean_nothing_here_may_be_left_out_too() -> None:
    country = {"column": "Country", "values": {"Mali": "MINUSMA"}, "others_left_out": True}
    batch = read(
        register(
            register_row("1"),
            register_row("2", Country="Elsewhere"),
            register_row("3", Country="UNIFIL"),
            register_row("4", Country="Elsewhere"),
        ),
        register_mapping(mission=country),
    )
    assert set(Incident.objects.values_list("key", flat=True)) == {"REG-1", "REG-3"}
    assert (3, "Country", "Elsewhere", "2 rows (this is the first) are left out, as the mapping says") in problems_of(
        batch, "warning"
    )


def test_a_file_of_which_nothing_is_left_is_refused() -> None:
    batch = read(register(register_row(Country="Ruritania")))
    assert (batch.state, batch.message) == (
        "refused",
        "Refused: no row of the file is left: all were left out, or count nobody",
    )


def test_a_line_of_tags_under_the_headings_is_no_row() -> None:
    tags = {name: f"#tag+{place}" for place, name in enumerate(REGISTER)} | {"City": ""}
    batch = read(register(tags, register_row()))
    assert (batch.state, batch.rows) == ("applied", 1)
    assert problems_of(batch, "warning")[0][0] == 2


def test_latin_1_semicolons_and_parts_of_dates() -> None:
    rows = [
        register_row("1", City="Fort-Lamyé"),
        register_row("2", Day=""),
        register_row("3", Day="", Month=""),
        register_row("4", Month="Sept", Day="07"),
    ]
    content = register(*rows, encoding="latin-1").replace(b",", b";").replace(b"Invented:", b"Invent\xe9:")
    assert read(content).state == "applied"
    found = {
        key: (str(day), precision)
        for key, day, precision in Incident.objects.values_list("key", "occurred_on", "occurred_precision")
    }
    assert found == {
        "REG-1": ("2019-03-17", "day"),
        "REG-2": ("2019-03-01", "month"),
        "REG-3": ("2019-01-01", "year"),
        "REG-4": ("2019-09-07", "day"),
    }
    assert Incident.objects.get(key="REG-1").place == "Fort-Lamyé"
