"""The shared parts of pages render what they are given, and our HTML has no inline script, style or handler."""

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

from casualties.charts.embed import source_line
from casualties.charts.shares import shares
from casualties.charts.windows import windows_by_cause
from casualties.charts.years import years_by_cause
from casualties.choices import Cause
from tests.casualties.charts.frames_of import A, M, by_cause, windows

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DATA_BLOCK = re.compile(r'<script type="application/json" id="([^"]+)">(.*?)</script>', re.DOTALL)


class Tags(HTMLParser):
    """Every element with its attributes, and the words inside table cells."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def part(name: str, **context: Any) -> str:
    return render_to_string(f"casualties/{name}.html", context)


def chart(**more: Any) -> Any:
    frame = by_cause({2021: {M: 2, A: 1}, 2022: {M: 4}})
    return years_by_cause(frame, id="years", last_year=2022, provisional=True, scope="all", **more)


def test_a_chart_has_its_sentence_its_data_and_its_table() -> None:
    html = part("_chart", chart=chart(csv_url="/x.csv?cause=a&from=1", source=source_line(date(2023, 11, 28))))
    blocks = dict(DATA_BLOCK.findall(html))
    assert json.loads(blocks["years-fig"])["data"][0]["y"] == [2, 4]
    tags = Tags(html).found
    plot = next(attrs for tag, attrs in tags if attrs.get("data-fig"))
    assert plot["data-fig"] == "years-fig"
    assert plot["role"] == "img"
    assert "Stacked bars of deaths per year" in (plot["aria-label"] or "")
    assert '<td class="n">4</td>' in html
    assert html.count('<abbr class="mk"') == 2  # the open year and the sum that holds it
    assert 'href="/x.csv?cause=a&amp;from=1" download' in html
    assert "release of 28 Nov 2023; own calculation." in html
    assert len([1 for tag, attrs in tags if tag == "svg"]) == len(Cause)


def test_small_multiples_have_a_data_block_each() -> None:
    frame = windows({2013: 5}, first=2005, last=2022)
    html = part("_chart", chart=windows_by_cause(frame, id="windows", scope="all"))
    assert [name for name, _ in DATA_BLOCK.findall(html)] == ["windows-malicious-act-fig"]
    assert html.count("<h4>") == 1


def test_a_chart_without_a_figure_shows_its_table() -> None:
    few = by_cause({2021: {M: 2}})
    found = shares(few, few, id="shares", name="UNMOT", others_name="all other missions", span="2021", scope="all")
    html = part("_chart", chart=found)
    assert "<details open>" in html
    assert "data-fig" not in html


def test_a_figure_that_is_not_available_is_a_dash_and_has_no_mark() -> None:
    html = part(
        "_figures",
        figures=[{"label": "Injuries", "value": None, "mark": "p"}, {"label": "Deaths", "value": 0, "mark": "p"}],
    )
    assert '<div class="big none">–</div>' in html
    assert '<div class="big">0<abbr' in html


def test_the_scope_bar_says_which_total_this_is() -> None:
    bar = {
        "scope": "all peace operations, all personnel",
        "counting": "deaths, one per person",
        "period": "2013 to 2017",
    }
    html = part("_scope_bar", scope_bar=bar, release_date=date(2023, 11, 28), release_words="annual counts")
    for words in (*bar.values(), "28 Nov 2023, annual counts"):
        assert f"<dd>{words}</dd>" in html


@pytest.mark.parametrize("cause", Cause.values)
def test_every_cause_has_a_sign_of_its_own(cause: str) -> None:
    signs = {other: part("_swatch", cause=other) for other in [*Cause.values, "all"]}
    assert list(signs.values()).count(signs[cause]) == 1


@pytest.mark.parametrize("cause", Cause.values)
def test_the_dots_of_rates_have_dots_in_their_key(cause: str) -> None:
    dot = part("_swatch", cause=f"dot-{cause}")
    assert "<circle" in dot
    assert "<rect" not in dot
    assert dot not in {part("_swatch", cause=f"dot-{other}") for other in Cause.values if other != cause}


def test_a_refusal_names_the_value_and_what_is_allowed() -> None:
    html = part(
        "_refused",
        problems=[{"words": "cause=<hostile> is not a cause", "allowed": "accident, illness", "field": "cause"}],
    )
    assert 'role="alert"' in html
    assert "cause=&lt;hostile&gt; is not a cause" in html
    assert "Allowed: accident, illness." in html
    assert 'href="#cause"' in html


def test_the_pager_links_only_where_there_is_more() -> None:
    html = part(
        "_pager", pager={"noun": "Incidents", "first": 1, "last": 25, "total": 1095, "next_url": "?after=x", "size": 25}
    )
    assert "Incidents 1 to 25 of 1,095" in html
    assert "Next 25" in html
    assert "Previous" not in html


@pytest.mark.parametrize("page", ["400", "403", "404", "500"])
def test_error_pages_need_no_context(page: str) -> None:
    html = render_to_string(f"{page}.html")
    assert html.startswith("<!doctype html>")
    assert "<h1>" in html


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_inline_script_style_or_handler(template: Path) -> None:
    source = re.sub(r"\{%\s*comment.*?endcomment\s*%\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"<style\b", source)
    assert not re.search(r"\son[a-z]+\s*=", source)
    assert not re.search(r"hx-on|javascript:", source)
    for attributes in re.findall(r"<script\b([^>]*)>", source):
        assert "src=" in attributes or 'type="application/json"' in attributes
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", source), "no third party is asked for anything"
