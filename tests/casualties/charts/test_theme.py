"""Figures hold names of colours, no template, no packed arrays, and cannot break out of their data block."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from plotly import graph_objects as go

from casualties.charts import theme
from casualties.choices import Cause

APP_CSS = (Path(__file__).resolve().parents[3] / "static" / "app.css").read_text(encoding="utf-8")


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


def test_a_figure_is_plain_json_with_names_of_colours() -> None:
    figure = theme.figure(
        [go.Bar(x=[2022, 2023], y=[1, None], marker=theme.bar_marker("unknown"))], {"barmode": "stack"}
    )
    written = theme.figure_json(figure, {"xaxis": {"tickvals": [2022]}})
    found = json.loads(written)
    assert found["data"][0]["y"] == [1, None]
    assert found["data"][0]["marker"]["pattern"]["fgcolor"] == "@unknown"
    assert found["narrow"] == {"xaxis": {"tickvals": [2022]}}
    assert "template" not in found["layout"]
    assert "bdata" not in written
    assert "var(--" not in written


def test_what_could_end_a_script_element_is_escaped() -> None:
    figure = theme.figure([go.Bar(x=["</script><!--&"], y=[1])], {})
    written = theme.figure_json(figure, {})
    assert "<" not in written
    assert ">" not in written
    assert "&" not in written
    assert json.loads(written)["data"][0]["x"] == ["</script><!--&"]


def test_a_misspelt_property_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        theme.figure([{"type": "bar", "marker": {"colour": "red"}}], {})


@pytest.mark.parametrize("cause", ["", *Cause.values])
def test_every_cause_has_a_colour_in_both_themes(cause: str) -> None:
    name = theme.CAUSE_TOKENS[cause]
    # Once for light, once for the chosen dark theme, once for the system's.
    assert len(re.findall(rf"--{name}: #[0-9a-f]{{6}};", APP_CSS)) == 3


def test_every_colour_of_the_template_is_a_token_of_the_style_sheet() -> None:
    named = {text[1:] for text in strings(theme.TEMPLATE) if text.startswith("@")} - {"font"}
    assert named
    assert all(f"--{name}: " in APP_CSS for name in named)
    assert not [text for text in strings(theme.TEMPLATE) if re.match(r"#|rgb\(", text)]


def test_the_two_dark_lists_are_the_same() -> None:
    blocks = re.findall(r"color-scheme: dark;\n(.*?)\}", APP_CSS, re.DOTALL)
    assert len(blocks) == 2
    assert [line.strip() for line in blocks[0].strip().splitlines()] == [
        line.strip() for line in blocks[1].strip().splitlines()
    ]


def test_open_causes_differ_by_pattern_not_colour_alone() -> None:
    shapes = {cause: theme.bar_marker(cause).get("pattern", {}).get("shape") for cause in Cause.values}
    assert shapes[Cause.TO_BE_DETERMINED] != shapes[Cause.UNKNOWN]
    assert [cause for cause, shape in shapes.items() if shape] == [Cause.TO_BE_DETERMINED, Cause.UNKNOWN]


def test_an_axis_of_few_has_whole_numbers_only() -> None:
    assert theme.count_axis(3)["dtick"] == 1
    assert "dtick" not in theme.count_axis(100)
    assert theme.count_axis(0)["range"][0] == 0
