"""Small drawings: every bar stands where its year is, zero and missing have none."""

import re
from xml.etree import ElementTree

import pytest

from casualties.charts.spark import bar, spark


def bars(svg: str) -> list[tuple[str, float, float]]:
    root = ElementTree.fromstring(svg)
    return [
        (rect.get("class", ""), float(rect.get("x", 0)), float(rect.get("height", 0))) for rect in root.iter("rect")
    ]


def test_it_works() -> None:
    found = spark({2013: 4}, {2013: 4, 2014: 2}, first_year=2004, last_year=2023, width=200, height=21)
    assert bars(found.svg) == [("c-rest", 90.0, 10.0), ("c-malicious", 90.0, 10.0), ("c-rest", 100.0, 5.0)]
    assert found.peak == "2013: 8"


def test_equal_peaks_are_named() -> None:
    assert spark({1990: 3}, {1986: 3}, first_year=1980, last_year=2000).peak == "1986, 1990: 3"
    many = dict.fromkeys(range(1980, 1990), 3)
    assert spark(many, {}, first_year=1980, last_year=2000).peak == "1980, 1981 …: 3"


def test_zero_and_missing_have_no_bar() -> None:
    zero = spark({2013: 0}, {}, first_year=2010, last_year=2023)
    assert bars(zero.svg) == []
    assert zero.peak == "0"
    missing = spark({2013: None}, {2013: 5}, first_year=2010, last_year=2023)
    assert bars(missing.svg) == []
    assert missing.peak == "–"


def test_a_year_outside_the_axis_is_refused() -> None:
    with pytest.raises(ValueError, match="2024 lies outside"):
        spark({2024: 1}, {}, first_year=2010, last_year=2023)


def test_a_drawing_has_classes_and_no_inline_style() -> None:
    svg = spark({2013: 4}, {2014: 2}, first_year=2004, last_year=2023).svg + bar(3, 4)
    assert not re.search(r"style|fill=|#[0-9a-f]{3}", svg)
    assert 'aria-hidden="true"' in svg


def test_a_bar_has_the_length_of_its_number() -> None:
    root = ElementTree.fromstring(bar(30, 120, width=120))
    assert [rect.get("width") for rect in root.iter("rect")] == ["30.0"]
    assert bars(bar(0, 120)) == []
    assert bars(bar(0, 0)) == []
    assert bar(None, 120) == ""
    with pytest.raises(ValueError, match="does not fit"):
        bar(5, 4)
