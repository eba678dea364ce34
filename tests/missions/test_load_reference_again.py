"""Loading the tables of facts into a database that has them."""

from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from missions.models import Country, Mission, Strength
from missions.reference.load import load_reference
from missions.reference.rows import COUNTRIES_FILE, MISSIONS_FILE, PERSON_YEARS_FILE
from tests.missions.reference.tables import change_cell, copy_tables, drop_rows, keep_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_facts")]


def test_umbrellas_stand_for_their_parts_in_lists_of_operations() -> None:
    listed = set(Mission.objects.operations().values_list("acronym", flat=True))
    assert {"UNEF", "UNOSOM", "UNAVEM"} <= listed
    assert {"UNEF I", "UNEF II", "UNOSOM I", "UNOSOM II", "UNAVEM I", "UNAVEM II", "UNAVEM III"}.isdisjoint(listed)
    assert sorted(Mission.objects.get(acronym="UNEF").parts.values_list("acronym", flat=True)) == ["UNEF I", "UNEF II"]


def test_the_order_of_names_is_the_order_of_the_key() -> None:
    names = list(Country.objects.values_list("name", flat=True))
    assert names.index("Åland Islands") < names.index("Albania")
    assert names.index("Turkmenistan") > names.index("Türkiye") > names.index("Tunisia")


def test_a_second_load_writes_nothing() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        counts = load_reference()
    assert all((count.added, count.changed) == (0, 0) for count in counts.values())
    assert counts["person_years"].unchanged == 1644
    statements = [query["sql"].split()[0].upper() for query in queries]
    assert {"INSERT", "UPDATE", "DELETE"}.isdisjoint(statements)
    assert len([word for word in statements if word == "SELECT"]) <= 4


def test_what_differs_is_put_right_and_nothing_else(tmp_path: Path) -> None:
    folder = copy_tables(tmp_path)
    Mission.objects.filter(acronym="UNTSO").update(name="something else", hosts=[])
    change_cell(folder, MISSIONS_FILE, key="MINUSCA", column="seat", value="Bangui (Ledger Plaza)")
    change_cell(folder, PERSON_YEARS_FILE, key="BINUB", column="person_years", value="7.5")
    change_cell(folder, COUNTRIES_FILE, key="TUR", column="aliases", value="Turkey; Turkiye")
    counts = load_reference(folder)
    assert {table: (count.added, count.changed) for table, count in counts.items()} == {
        "countries": (0, 1), "missions": (0, 2), "person_years": (0, 1),
    }  # fmt: skip
    truce = Mission.objects.get(acronym="UNTSO")
    assert truce.name == "United Nations Truce Supervision Organization"
    assert truce.hosts == ["ISR", "EGY", "LBN", "JOR", "SYR"]
    assert Mission.objects.get(acronym="MINUSCA").seat == "Bangui (Ledger Plaza)"
    assert Country.objects.get(pk="TUR").aliases == ["Turkey", "Turkiye"]


def test_a_row_that_left_the_table_is_reported_and_stays(tmp_path: Path) -> None:
    folder = copy_tables(tmp_path)
    drop_rows(folder, MISSIONS_FILE, key="DOMREP")
    drop_rows(folder, COUNTRIES_FILE, key="ATA")
    drop_rows(folder, PERSON_YEARS_FILE, key="BONUCA")
    counts = load_reference(folder)
    assert counts["missions"].not_in_table == ("DOMREP",)
    assert counts["countries"].not_in_table == ("ATA",)
    assert set(counts["person_years"].not_in_table) == {
        f"BONUCA {strength.year} {strength.category}" for strength in Strength.objects.filter(mission__acronym="BONUCA")
    }
    assert Mission.objects.filter(acronym="DOMREP").exists()
    assert Country.objects.filter(pk="ATA").exists()


def test_a_strength_of_another_source_is_left_to_it() -> None:
    police = Strength.objects.get(mission__acronym="MINUSMA", year=2018, category="police")
    police.person_years, police.source = police.person_years + 1, "monthly reports of the mission"
    police.origin = Strength.Origin.IMPORT
    police.save(update_fields=["person_years", "source", "origin"])
    counts = load_reference()
    assert counts["person_years"].other_source == ("MINUSMA 2018 police",)
    assert (counts["person_years"].changed, counts["person_years"].not_in_table) == (0, ())
    kept = Strength.objects.get(pk=police.pk)
    assert (kept.person_years, kept.source) == (police.person_years, "monthly reports of the mission")


def test_person_years_follow_a_table_that_names_its_source_in_other_words(tmp_path: Path) -> None:
    folder = copy_tables(tmp_path)
    keep_rows(folder, PERSON_YEARS_FILE, keys={"BINUB"})
    table = folder / PERSON_YEARS_FILE
    table.write_text(table.read_text(encoding="utf-8").replace("collected by IPI", "edition of 2024"), encoding="utf-8")
    change_cell(folder, PERSON_YEARS_FILE, key="BINUB", column="person_years", value="7.5")
    rows = Strength.objects.filter(mission__acronym="BINUB")
    counts = load_reference(folder)["person_years"]
    assert (counts.changed, counts.other_source) == (rows.count(), ())
    assert rows.order_by("year", "-category").values_list("person_years", "source")[0] == (
        Decimal("7.5"),
        "UN monthly reports, edition of 2024",
    )
    assert load_reference(folder)["person_years"].unchanged == rows.count()


def test_what_files_brought_before_their_origin_was_kept_is_still_theirs() -> None:
    migration = import_module("missions.migrations.0009_origin_of_strengths")
    brought = Strength.objects.filter(mission__acronym="BINUB")
    brought.update(source="monthly reports of the mission")
    migration.mark_imports(apps, None)
    assert set(brought.values_list("origin", flat=True)) == {"import"}
    assert set(Strength.objects.exclude(mission__acronym="BINUB").values_list("origin", flat=True)) == {"table"}
