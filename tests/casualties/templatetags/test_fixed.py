"""Parts of pages that are written once for each language, and the same for everybody."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.base import Variable, VariableNode
from django.template.defaulttags import ForNode, IfNode
from django.template.loader import get_template, render_to_string
from django.template.loader_tags import IncludeNode
from django.utils import translation

from casualties.choices import Cause

TEMPLATES = Path(settings.BASE_DIR) / "templates"
NAMES = {
    name
    for path in TEMPLATES.rglob("*.html")
    for name in re.findall(r'{% same_for_all "([^"]+)" %}', path.read_text(encoding="utf-8"))
}


def written(name: str) -> str:
    return Template(f'{{% load fixed %}}{{% same_for_all "{name}" %}}').render(Context())


def test_the_explanations_are_among_them() -> None:
    assert "casualties/_help_texts.html" in NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
@pytest.mark.parametrize("language", ["en-gb", "fr"])
def test_it_is_what_the_template_says_in_that_language(name: str, language: str) -> None:
    with translation.override(language):
        assert written(name) == render_to_string(name)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_it_takes_nothing_of_its_page(name: str) -> None:
    nodes = get_template(name).template.nodelist  # type: ignore[attr-defined]
    assert nodes.get_nodes_by_type((IfNode, ForNode, IncludeNode)) == []
    variables = nodes.get_nodes_by_type(VariableNode)
    assert [node for node in variables if isinstance(node.filter_expression.var, Variable)] == []


@pytest.mark.parametrize("language", ["en-gb", "fr"])
@pytest.mark.parametrize("cause", [*Cause.values, ""])
def test_a_cause_is_drawn_as_its_template_draws_it(cause: str, language: str) -> None:
    with translation.override(language):
        drawn = Template("{% load fixed %}{% signed_cause cause %}|{% swatch cause %}").render(
            Context({"cause": cause})
        )
        parts = [render_to_string(f"casualties/{name}.html", {"cause": cause}) for name in ("_cause", "_swatch")]
    assert drawn == "|".join(parts)
