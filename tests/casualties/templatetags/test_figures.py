"""The filters and tags of templates."""

import json
from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from casualties.charts.embed import Panel
from casualties.charts.theme import figure as make_figure
from casualties.templatetags import figures


def render(source: str, **context: object) -> str:
    return Template("{% load figures %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ n|count }}", "4,344"),
        ("{{ none|count }}", "–"),
        ("{{ zero|count }}", "0"),
        ("{{ words|count }}", "1.77"),
        ("{{ down|signed }}", "−20"),
        ("{{ n|signed }}", "+4,344"),
        ("{{ first|window:last }}", "1999–2003"),
        ("{{ part|share:n }}", "26%"),
        ("{{ part|share:few }}", "–"),
        ("{{ none|rate }}", "–"),
        ("{{ n|size }}", "4.2\u00a0KB"),
        ("{{ day|shortdate }}", "21 Nov 2023"),
        ('{{ day|shortdate:"month" }}', "Nov 2023"),
        ('{{ day|shortdate:"year" }}', "2023"),
        ("{{ day|longdate }}", "21 November 2023"),
        ('{{ day|longdate:"month" }}', "November 2023"),
        ("{{ none|shortdate }}", "–"),
        ('{{ ""|mark }}', ""),
        ('{{ "malicious-act"|cause_label }}', "Malicious act"),
        ('{{ ""|cause_label }}', "All causes"),
    ],
)
def test_filters(source: str, said: str) -> None:
    context = {
        "n": 4344, "zero": 0, "words": "1.77", "down": -20, "first": 1999, "last": 2003,
        "part": 1118, "few": 19, "day": date(2023, 11, 21), "none": None,
    }  # fmt: skip
    assert render(source, **context) == said


def test_a_precision_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="week"):
        figures.shortdate(date(2023, 11, 21), "week")


def test_marks_say_what_they_mean() -> None:
    assert render('{{ "p"|mark }}') == '<abbr class="mk" title="provisional: may still change">p</abbr>'
    assert "revised" in render('{{ "r"|mark }}')
    with pytest.raises(ValueError, match="p or r"):
        figures.mark("x")


def test_year_ranges_are_not_split_and_everything_else_is_escaped() -> None:
    said = render("{{ title|unbroken }}", title="highest in 1992–96 <script>")
    assert said == 'highest in <span class="nw">1992–96</span> &lt;script&gt;'


def test_figure_data_is_json_that_cannot_end_its_block() -> None:
    panel = Panel(
        id="p",
        sign="",
        heading="",
        note="",
        description="",
        figure=make_figure([{"type": "bar", "x": ["</script>"], "y": [1]}], {}),
    )
    written = render("{{ panel|figure_data }}", panel=panel)
    assert "</script>" not in written
    assert json.loads(written)["data"][0]["x"] == ["</script>"]


def test_the_template_of_charts_is_json() -> None:
    assert json.loads(render("{% chart_template %}"))["layout"]["showlegend"] is False


def test_messages_have_kinds() -> None:
    assert [figures.message_kind(tags) for tags in ("success", "extra error", "info", "")] == ["good", "bad", "", ""]


def test_bars_are_drawn_on_the_longest_of_their_list() -> None:
    rows = [{"persons": 95}, {"persons": 19}]
    assert 'width="20.0"' in render("{% facet_bar 19 rows %}", rows=rows)
    assert 'width="60.0"' in render("{% bar 5 10 %}")


@pytest.mark.parametrize(
    ("path", "here", "said"),
    [
        ("/missions/", "/missions/", 'href="/missions/" aria-current="page"'),
        ("/missions/MINUSMA/", "/missions/", 'href="/missions/" aria-current="true"'),
        ("/incidents/", "/missions/", 'href="/missions/">'),
        ("/incidents/", "/", 'href="/">'),
        ("/", "/", 'href="/" aria-current="page"'),
    ],
)
def test_the_navigation_says_where_the_reader_is(path: str, here: str, said: str) -> None:
    context = Context({"request": RequestFactory().get(path)})
    link = Template('{% load figures %}{% nav_link here "Somewhere" %}').render(
        Context({**context.flatten(), "here": here})
    )
    assert said in link


def test_the_navigation_says_what_waits() -> None:
    request = SimpleNamespace(path="/")
    link = render('{% nav_link "/imports/" "Imports" todo=2 %}', request=request)
    assert '<span class="visually-hidden">waiting for you: </span>2' in link
    assert "todo" not in render('{% nav_link "/imports/" "Imports" todo=0 %}', request=request)


@pytest.mark.parametrize(
    ("bytes_", "english", "french"),
    [
        (0, "0\u00a0bytes", "0\u00a0octet"),
        (30 * 1024, "30\u00a0KB", "30\u00a0Kio"),
        (30 * 1024 + 512, "30.5\u00a0KB", "30,5\u00a0Kio"),
        (1000 * 1024**2, "1,000\u00a0MB", "1\u202f000\u00a0Mio"),
        (1010 * 1024**2 + 1024**2 // 2, "1,010.5\u00a0MB", "1\u202f010,5\u00a0Mio"),
    ],
)
def test_a_size_has_a_decimal_where_there_is_one(bytes_: int, english: str, french: str) -> None:
    assert figures.size(bytes_) == english
    with translation.override("fr"):
        assert figures.size(bytes_) == french
