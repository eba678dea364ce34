"""Following a number: the links of a page that carry one, and the number that the page behind a link says it shows."""

import re
from html import unescape
from typing import Any

from django.test import Client

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
WITH_DEATHS = re.compile(r"; people died in ([\d,]+) of them")
RESULT = re.compile(r'<p class="count"[^>]*>(.*?)</p>', re.S)


# What is said beside tables: sentences over a page, notes of headline figures, titles and notes of charts.
TOLD = re.compile(
    r'<div class="lede">.*?</div>|<dl class="figures">.*?</dl>|<h3>.*?</h3>|<h4>.*?</h4>\s*<p>.*?</p>'
    r'|<p class="(?:sub|caveat|small)[^"]*">.*?</p>',
    re.S,
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# Figures that count no people or incidents: days, years, windows and how many there are, ranks, shares, rates; and the
# difference of two numbers that are links beside it.
NO_PEOPLE = re.compile(
    rf"\b\d{{1,2}} (?:(?:{MONTHS}|[A-Z][a-z][a-z])\b)(?: \d{{4}})?|\b\d{{4}}–\d{{2,4}}\b|\b(?:1[89]|20)\d\d\b"
    r"|rank \d+ of \d+|of \d+ windows|\d+ others|\d+ of those \d+ years|\d+ years|\d+ (?:of \d+ )?missions|[<>]?\d+%"
    r"|\d+\.\d+|1,000|\d+ fewer than|\b\d+ tests"
)


def told_numbers(response: Any) -> list[tuple[str, int]]:
    """numbers_of() in sentences, notes, titles and captions alone."""
    told = " ".join(TOLD.findall(_shown(response)))
    found = [(unescape(url), words(text)) for url, text in LINK.findall(told)]
    return sorted({(url, number(text)) for url, text in found if NUMBER.fullmatch(text) and not url.startswith("#")})


def told_without_a_link(response: Any) -> list[str]:
    """The sentences over the page, titles of charts and notes of headline figures that say a number of people or
    incidents which is no link."""
    shown = _shown(response)
    parts = re.findall(r'<div class="lede">.*?<p>(.*?)</p>', shown, re.S)
    parts += re.findall(r'<div class="note">(.*?)</div>', shown, re.S)
    parts += re.findall(r"<figcaption><h3>(.*?)</h3>", shown, re.S)
    left = [NO_PEOPLE.sub(" ", words(LINK.sub(" ", part))) for part in parts]
    return [words(part) for part, rest in zip(parts, left, strict=True) if re.search(r"\d", rest)]


def number(text: str) -> int:
    """The size of a number as pages write it."""
    return abs(int(text.replace(",", "").replace("−", "-")))


def numbers_of(response: Any) -> list[tuple[str, int]]:
    """Address and number of every link of the page's own part that carries one, in the order of the addresses."""
    shown = _shown(response)
    found = [(unescape(url), words(text)) for url, text in [*LINK.findall(shown), *FACET.findall(shown)]]
    return sorted({(url, number(text)) for url, text in found if NUMBER.fullmatch(text) and not url.startswith("#")})


def _shown(response: Any) -> str:
    main = re.search(r"<main.*?</main>", page(response), re.S)
    assert main, "the page has no main part"
    return re.sub(r"<(script|style)\b.*?</\1>", " ", main.group(), flags=re.S)


def behind(client: Client, address: str) -> int:
    """How many the page behind a link says it shows. Of the explorer the part that htmx exchanges is enough."""
    part = {"HX-Request": "true"} if address.startswith("/incidents/?") else {}
    return stated(client.get(address, headers=part), address)


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
    stating = {"/revisions/": CHANGED, "/missions/": WITH_DEATHS}
    pattern = stating.get(address.partition("?")[0], LISTED)
    said = pattern.search(main_of(response))
    assert said, address
    return number(said.group(1))
