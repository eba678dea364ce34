"""The room left of a plot: enough for the longest label of its axis, reckoned and never measured in the browser."""

import pytest
from django.utils.translation import override

from casualties.charts import theme
from casualties.charts.margins import left_margin, width
from casualties.charts.side_by_side.series import names_axis, narrow_names


@pytest.mark.parametrize(
    ("text", "measured"),
    [("10 years or more", 94.4), ("To be determined", 96.5), ("MINUSMA", 59.0), ("100,000", 45.2), ("2013–17", 48.7)],
)
def test_a_text_is_reckoned_a_little_wider_than_it_is(text: str, measured: float) -> None:
    """`measured`: by a browser, in Liberation Sans (which has the widths of Arial) of 12.5 pixels."""
    assert measured <= width(text) <= 1.3 * measured


@pytest.mark.parametrize(
    ("axis", "margin"),
    [
        ({}, 38),
        ({"range": [0, 40]}, 38),
        ({"range": [0, 1_200_000.4]}, 65),
        ({"range": [0, 40], "showticklabels": False}, 38),
        ({"visible": False, "range": [0, 1_200_000]}, 38),
        ({"categoryarray": ["a", "MINUSMA"], "ticksuffix": "  "}, 78),
    ],
)
def test_it_works(axis: dict[str, object], margin: int) -> None:
    assert left_margin(axis, 38) == margin


def test_the_margin_of_a_figure_is_that_of_its_axis_unless_more_is_asked() -> None:
    def of(layout: dict[str, object]) -> int:
        return int(theme.figure([], layout).layout.margin.l)

    wide = {"range": [0, 1_200_000]}
    assert of({}) == theme.TEMPLATE["layout"]["margin"]["l"] == 38
    assert of({"margin": {"l": 30}}) == 30
    assert of({"margin": {"l": 30, "t": 4}, "yaxis": wide}) == of({"yaxis": wide}) == 65
    assert of({"margin": {"l": 90}, "yaxis": wide}) == 90
    with override("fr"):
        assert of({"yaxis": wide}) == 65


def test_no_axis_is_measured_by_the_browser() -> None:
    for name in ("xaxis", "yaxis"):
        axis = theme.TEMPLATE["layout"][name]
        assert "automargin" not in axis
        assert (axis["tickangle"], axis["ticklabeloverflow"]) == (0, "allow")


def test_long_names_take_several_lines_on_small_screens_and_leave_room_for_the_rows() -> None:
    names = ["United Kingdom of Great Britain and Northern Ireland", "Democratic Republic of the Congo", "India"]
    narrow = narrow_names(names)
    assert left_margin(names_axis(names), 0) > 300  # of the 358 pixels of a figure on a phone
    assert narrow["margin"]["l"] < 358 * 0.45
    assert narrow["yaxis"]["tickvals"] == names
    assert [text.count("<br>") for text in narrow["yaxis"]["ticktext"]] == [2, 1, 0]
    assert [" ".join(text.replace("<br>", " ").split()) for text in narrow["yaxis"]["ticktext"]] == names
