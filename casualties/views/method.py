"""How every figure is defined and computed: docs/method.md as a page, so that there is one text and not two."""

import re
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markdown import Markdown

from casualties.views import states
from casualties.views.access import everybody

EXAMPLE = re.compile(r"^```example [a-z0-9-]+$", re.MULTILINE)
OTHER_PAGE = re.compile(r"\[([^\]]+)\]\((?!https?:|#)[^)]+\)")


@everybody
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """The page. It holds no figure of the data but the worked examples, which the tests compute."""
    if problems := states.asked_of_no_figures(request.GET):
        return states.refused(request, problems, heading=_("Definitions and methods"), back=reverse("method"))
    text, contents = method_page()
    return render(request, "casualties/method.html", {"text": text, "contents": contents})


@lru_cache(maxsize=1)
def method_page() -> tuple[SafeString, list[tuple[str, str]]]:
    """The text as HTML without its title, and its headings as (anchor, words). Read once per process."""
    source = (settings.BASE_DIR / "docs" / "method.md").read_text(encoding="utf-8")
    source = EXAMPLE.sub("```", source)
    source = OTHER_PAGE.sub(r"\1", source)  # other files of docs/ are no pages of the product
    reader = Markdown(extensions=["fenced_code", "tables", "toc"], output_format="html")
    html = reader.convert(source.split("\n", 1)[1])
    # Wide code and tables scroll by keyboard, as all tables of the product do.
    html = html.replace("<pre>", '<pre tabindex="0" role="region" aria-label="Example">')
    html = html.replace("<table>", '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>')
    html = html.replace("</table>", "</table></div>")
    headings = [(token["id"], token["name"]) for token in reader.toc_tokens]  # type: ignore[attr-defined]
    return mark_safe(html), headings  # noqa: S308 - our own file
