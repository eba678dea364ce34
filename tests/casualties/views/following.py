"""Following a number: the links of a page that carry one, and the number that the page behind a link says it shows."""

import re
from html import unescape
from typing import Any

from tests.casualties.views.reading import main_of, page, words

NUMBER = re.compile(r"[+−]?\d{1,3}(,\d{3})*")
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"[^>]*>(.*?)</a>', re.S)
# In the counts beside a list the number stands after its link; a value that is chosen leads to its being taken out.
FACET = re.compile(
    r'<li\b[^>]*><a\b[^>]*?href="([^"]+)"(?![^>]*aria-current)[^>]*>(?:(?!</a>).)*</a><span class="n">([\d,]+)</span>',
    re.S,
)
CHANGED = re.compile(r": ([\d,]+) (?:person|people) ")
LISTED = re.compile(r" of ([\d,]+)")
RESULT = re.compile(r'<p class="count"[^>]*>(.*?)</p>', re.S)


def number(text: str) -> int:
    """The size of a number as pages write it."""
    return abs(int(text.replace(",", "").replace("−", "-")))


def numbers_of(response: Any) -> list[tuple[str, int]]:
    """Address and number of every link of the page's own part that carries one, in the order of the addresses."""
    main = re.search(r"<main.*?</main>", page(response), re.S)
    assert main, "the page has no main part"
    shown = re.sub(r"<(script|style)\b.*?</\1>", " ", main.group(), flags=re.S)
    found = [(unescape(url), words(text)) for url, text in [*LINK.findall(shown), *FACET.findall(shown)]]
    return sorted({(url, number(text)) for url, text in found if NUMBER.fullmatch(text) and not url.startswith("#")})


def stated(response: Any, address: str) -> int:
    """How many people (of the register: statements) the page says it shows."""
    assert response.status_code == 200, address
    if address.startswith("/incidents/"):
        said = RESULT.search(page(response))
        assert said, address
        first = words(said.group(1)).split()[0]
        return 0 if first == "No" else number(first)
    if address.startswith("/statements/"):
        register = page(response).partition('id="register"')[2].partition("<section")[0]
        return len(re.findall(r'<th scope="row"><a href="/statements/', register))
    pattern = CHANGED if address.startswith("/revisions/") else LISTED
    said = pattern.search(main_of(response))
    assert said, address
    return number(said.group(1))
