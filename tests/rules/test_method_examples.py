"""Every worked example of docs/method.md is computed here by the functions of the project.

An example is a fenced block `example NAME` in TOML: inputs, then a table `result`. A figure is compared to as many
decimals as the page gives it. What each name computes stands in the files *_of_the_method.py beside this one.
"""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.rules.figures_of_the_method import FIGURES
from tests.rules.release_of_the_method import FROM_THE_RELEASE
from tests.rules.trends_of_the_method import ALONG_THE_YEARS

ON_THE_RELEASE = FROM_THE_RELEASE | ALONG_THE_YEARS
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "method.md").read_text(encoding="utf-8")
EXAMPLES = {
    name: tomllib.loads(text, parse_float=Decimal)
    for name, text in re.findall(r"^```example ([\w-]+)\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
}
PARTS = ("Definition", "Formula", "Source", "Assumptions", "Limits", "Example")


def shown(computed: Any, written: Any) -> Any:
    """The computed value as the page would show it: a number with the decimals that are written."""
    if isinstance(written, list):
        assert len(computed) == len(written), f"{computed} for {written}"
        return [shown(one, other) for one, other in zip(computed, written, strict=True)]
    if isinstance(written, Decimal):
        exponent = written.as_tuple().exponent
        assert isinstance(exponent, int)
        return Decimal(repr(round(float(computed), -exponent))).quantize(written)
    if isinstance(written, bool | str):
        return computed
    assert computed == int(computed), f"{computed} is no whole number"
    return int(computed)


def check(name: str, computed: dict[str, Any]) -> None:
    written = EXAMPLES[name]["result"]
    assert set(computed) == set(written)
    assert {key: shown(computed[key], value) for key, value in written.items()} == written


def inputs(name: str) -> dict[str, Any]:
    return {key: value for key, value in EXAMPLES[name].items() if key != "result"}


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_an_example_of_given_figures(name: str) -> None:
    check(name, FIGURES[name](**inputs(name)))


@pytest.mark.realdata
@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ON_THE_RELEASE))
def test_an_example_from_the_release(name: str, real_release: None) -> None:
    check(name, ON_THE_RELEASE[name](**inputs(name)))


def test_every_example_is_computed_and_none_is_missing_on_the_page() -> None:
    assert set(EXAMPLES) == set(FIGURES) | set(ON_THE_RELEASE)
    assert PAGE.count("```example ") == len(EXAMPLES), "an example is written twice or is not closed"


def test_every_statistic_is_explained_in_full() -> None:
    """Definition, formula, source, assumptions, limits and an example, in every section of a statistic."""
    sections = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, flags=re.MULTILINE | re.DOTALL))
    statistics = {title: text for title, text in sections.items() if "**Definition.**" in text}
    assert len(statistics) >= 15
    for title, text in statistics.items():
        assert [part for part in PARTS if f"**{part}.**" not in text] == [], title
        assert "```example " in text, title


def test_only_closing_sections_are_no_statistics() -> None:
    titles = re.findall(r"^## (.+)$", PAGE, flags=re.MULTILINE)
    explained = re.findall(r"^## (.+?)\n\n\*\*Definition\.\*\*", PAGE, flags=re.MULTILINE)
    assert set(titles) - set(explained) == {"How to read this page", "What is not offered, and why"}


def test_a_wrong_figure_would_be_noticed() -> None:
    assert shown(3.3146, Decimal("3.31")) == Decimal("3.31")
    assert shown(3.316, Decimal("3.31")) != Decimal("3.31")
    assert shown([1, 2.04], [1, Decimal("2.0")]) == [1, Decimal("2.0")]
    with pytest.raises(AssertionError):
        shown(2.5, 2)
