"""docs/import-format.md names every column and every word that the import format knows; its example can be imported."""

import re
from datetime import date
from pathlib import Path

import pytest

from casualties.choices import AccidentType, Cause, Context, Means, Outcome, Personnel, Severity
from casualties.intake.sources import HUB_REQUIRED, OWN_OPTIONAL, OWN_REQUIRED
from casualties.models import Casualty, Incident
from tests.casualties.intake.releases import import_bytes, problems_of

DOCS = Path(__file__).resolve().parents[3] / "docs" / "import-format.md"


@pytest.fixture(scope="module")
def docs() -> str:
    return DOCS.read_text(encoding="utf-8")


def test_it_works(docs: str) -> None:
    for column in (*OWN_REQUIRED, *OWN_OPTIONAL, *HUB_REQUIRED):
        assert f"`{column}`" in docs, column


def test_the_table_says_which_columns_are_needed(docs: str) -> None:
    needed = re.findall(r"^\| `(\w+)` \| needed \|", docs, flags=re.MULTILINE)
    assert tuple(needed) == OWN_REQUIRED


def test_every_word_is_there(docs: str) -> None:
    for choices in (Cause, Outcome, Personnel, Severity, Means, Context, AccidentType):
        for word in choices.values:
            assert f"`{word}`" in docs, word


@pytest.mark.django_db
def test_the_example_can_be_imported(docs: str, reference: None) -> None:
    [example] = re.findall(r"```csv\n(.*?)```", docs, flags=re.DOTALL)
    batch = import_bytes(example.encode(), release_date=date(2023, 11, 28))
    assert (batch.state, problems_of(batch)) == ("applied", [])
    assert batch.persons == 7
    assert Incident.objects.get().key == "MINUSMA-2021-Bandiagara"
    assert Casualty.objects.count() == 3
