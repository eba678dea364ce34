"""docs/data-dictionary.md is what the columns say."""

from pathlib import Path

from casualties.exports.dictionary import data_dictionary

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_page_is_up_to_date() -> None:
    page = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")
    assert page == data_dictionary(), "print it again: manage.py print_data_dictionary > docs/data-dictionary.md"
