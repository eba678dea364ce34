"""Who would be changed by a file that waits for a decision: gone, back again, and every field that differs."""

import pytest

from casualties import intake
from missions.models import ImportBatch, ImportChange
from tests.casualties.intake.releases import csv_bytes, hub_row, import_rows, many_rows, stage_bytes

pytestmark = pytest.mark.django_db

SECOND = "2023-12-05"
FIELDS = ("line", "reference", "field", "before", "after")


def previewed(rows: list[dict[str, str]]) -> ImportBatch:
    """A second release that is read and judged, and waits."""
    batch = stage_bytes(csv_bytes([row | {"last_update": SECOND} for row in rows]))
    intake.preview(batch)
    assert batch.state == "previewed"
    return batch


def test_it_works(reference: None) -> None:
    gone, reclassified, moved, same = rows = many_rows(4)
    import_rows(rows)
    batch = previewed([reclassified | {"type_of_incident": "Accident"}, moved | {"incident_date": "1981-02-03"}, same])
    assert list(batch.changes.values_list(*FIELDS)) == [
        (None, gone["casualty_id"], "state", "counted", "withdrawn"),
        (3, moved["casualty_id"], "occurred_on", moved["incident_date"], "1981-02-03"),
        (2, reclassified["casualty_id"], "cause", "illness", "accident"),
    ]
    assert {(change.mission, change.persons) for change in batch.changes.all()} == {("UNIFIL", 1)}


def test_somebody_withdrawn_is_back_again(reference: None) -> None:
    rows = many_rows(3)
    import_rows(rows)
    import_rows(rows[:2], SECOND)
    batch = previewed(rows)
    assert list(batch.changes.values_list(*FIELDS)) == [(4, rows[2]["casualty_id"], "state", "withdrawn", "counted")]


def test_new_people_are_in_the_file_and_not_in_the_list(reference: None) -> None:
    import_rows([hub_row()])
    assert not previewed([hub_row(), hub_row("MINUSMA-2015-01-00001", incident_date="2015-01-01")]).changes.exists()


@pytest.mark.parametrize("decide", [intake.apply, intake.discard])
def test_the_list_goes_with_the_decision(reference: None, decide: object) -> None:
    import_rows(many_rows(2))
    batch = previewed(many_rows(2, gender="F"))
    assert batch.changes.count() == 2
    decide(batch, **({"accept_large_change": True} if decide is intake.apply else {}))  # type: ignore[operator]
    assert not ImportChange.objects.exists()
