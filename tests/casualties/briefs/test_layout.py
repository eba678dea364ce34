"""A brief on paper: two pages whatever is in it, nothing cut in silence, words that programs can read.

What draws and reads PDF takes seconds to import and every process of a run collects every file: it comes in the tests.
"""

import io
from typing import TYPE_CHECKING, Any

import pytest

from casualties.charts.theme import CAUSE_TOKENS
from tests.casualties.briefs.specimen import specimen

if TYPE_CHECKING:
    from pypdf import PdfReader


def brief(**fields: Any) -> "PdfReader":
    from pypdf import PdfReader

    from casualties.briefs.layout import pdf_of

    return PdfReader(io.BytesIO(pdf_of(specimen(**fields))))


def pages(**fields: Any) -> list[str]:
    return [page.extract_text() for page in brief(**fields).pages]


def test_title_language_author_and_embedded_typefaces() -> None:
    reader = brief()
    assert reader.metadata is not None
    assert reader.metadata.title == "Mission d’essai, Côte d’Ivoire"
    assert reader.metadata.author == "Casualty statistics"
    assert str(reader.root_object["/Lang"]) == "fr"
    fonts: Any = reader.pages[0].get("/Resources")
    fonts = fonts["/Font"].values()
    assert all("/FontFile2" in font.get_object()["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts)


def test_each_page_says_scope_selection_release_and_its_number() -> None:
    first, second = pages()
    for number, page in ((1, first), (2, second)):
        assert "Scope: all." in page
        assert "Selection: all peace operations." in page
        assert "Release of 28 November 2023. Data version 7." in page
        assert f"Page {number} of 2" in page


def test_signs_of_numbers_are_readable() -> None:
    first, _second = pages()
    assert "−5 on the year before, 2019–23" in first
    assert "1 234 people" in first.replace("\u00a0", " ")


def test_a_number_that_is_not_available_is_a_gap_and_no_zero() -> None:
    first, _second = pages()
    assert "–" in first.splitlines()  # the sum of 2022, of which a part is missing
    assert "2 p" in first.splitlines()


def test_many_windows_stay_on_two_pages_and_those_left_out_are_counted() -> None:
    _first, second = pages(rows=71)
    shown = [line for line in second.splitlines() if line[:4].isdigit() and "–" in line]
    assert shown[0].startswith("2019–23")
    assert shown[-1].startswith("1949–53")  # the record stands there, however old
    assert f"And {71 - len(shown)} earlier windows." in second


def test_a_selection_of_any_length_leaves_the_release_in_the_foot() -> None:
    first, second = pages(selection=", ".join(["a nationality"] * 200))
    for page in (first, second):
        assert "…" in page
        assert "Release of 28 November 2023. Data version 7." in page


def test_colours_are_those_of_the_design() -> None:
    from casualties.briefs.paper import rgb, tokens

    assert rgb("malicious") == (0x7A, 0x1A, 0x2B)
    assert {*CAUSE_TOKENS.values(), "ink", "ink-2", "ink-3", "rule", "grid", "mark", "un-blue", "paper"} <= set(
        tokens()
    )


@pytest.mark.parametrize(("about", "step"), [(0.3, 1), (1.2, 2), (11, 20), (21, 50), (51, 100)])
def test_steps_of_axes_are_round(about: float, step: int) -> None:
    from casualties.briefs.drawings import round_step

    assert round_step(about) == step
