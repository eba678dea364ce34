"""docs/import-format.md: its example is a file that is taken, and its tables name what the code reads."""

from pathlib import Path

import pytest

from missions.strength_import.rows import CATEGORY_OF_TYPE
from missions.strength_import.sources import HUB_COLUMNS, PLAIN_COLUMNS
from peacekeeping.tables.cells import folded_word
from tests.missions.strength_import.files import run

PAGE = Path(__file__).resolve().parents[3] / "docs" / "import-format.md"


def section() -> str:
    text = PAGE.read_text(encoding="utf-8")
    return text.split("## Strengths: monthly files", 1)[1].split("\n## ", 1)[0]


@pytest.mark.usefixtures("missions")
def test_the_example_is_taken() -> None:
    example = section().split("```")[1].strip()
    batch = run(example.encode()).batch
    assert (batch.state, batch.rows, batch.warnings) == ("applied", 2, 0)


@pytest.mark.parametrize("column", HUB_COLUMNS + PLAIN_COLUMNS)
def test_every_column_is_named(column: str) -> None:
    assert f"`{column}`" in section()


def test_every_type_stands_beside_its_category() -> None:
    rows = [line.strip("| ").split(" | ") for line in section().splitlines() if line.startswith("| `")]
    named = {
        folded_word(word.strip("` ")): cells[1]
        for cells in rows
        for word in cells[0].split(",")
        if folded_word(word.strip("` ")) in CATEGORY_OF_TYPE and cells[1] in CATEGORY_OF_TYPE.values()
    }
    assert named == {kind: category for kind, category in CATEGORY_OF_TYPE.items() if kind != "staff officers"}
