"""The catalogue of French texts: whole, compiled as it stands, and with the same blanks to fill in."""

import re

import polib
import pytest

from peacekeeping import catalogue
from peacekeeping.catalogue import Message, in_code, in_template

BLANK = re.compile(r"%\(\w[^)]*\)s|%%|</?[a-z]+")


@pytest.fixture(scope="module")
def entries() -> polib.POFile:
    return polib.pofile(str(catalogue.TEXTS))


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_text_of_code_and_templates_is_in_it_and_nothing_else(entries: polib.POFile) -> None:
    said = {(message.context, message.text) for message in catalogue.messages()}
    kept = {(entry.msgctxt or "", entry.msgid) for entry in entries}
    assert said == kept, "run: .venv/bin/python -m peacekeeping.catalogue, and translate what is new"


def test_every_text_is_translated(entries: polib.POFile) -> None:
    assert [entry.msgid for entry in entries if not all(forms(entry)) or entry.fuzzy or entry.obsolete] == []
    assert [entry.msgid for entry in entries if entry.msgid_plural and len(forms(entry)) != 2] == []


def test_a_translation_has_the_blanks_of_its_text(entries: polib.POFile) -> None:
    other = []
    for entry in entries:
        least, most = set(BLANK.findall(entry.msgid)), set(BLANK.findall(entry.msgid + entry.msgid_plural))
        if entry.msgid_plural:  # a singular may say "one" for the number
            least -= {"%(n)s"}
        found = [set(BLANK.findall(form)) for form in forms(entry)]
        if any(not least <= blanks <= most for blanks in found):
            other.append(entry.msgid)
    assert other == []


def test_the_compiled_catalogue_is_of_these_texts(entries: polib.POFile) -> None:
    compiled = {(entry.msgctxt, entry.msgid): forms(entry) for entry in polib.mofile(str(catalogue.COMPILED))}
    assert compiled == {(entry.msgctxt, entry.msgid): forms(entry) for entry in entries}


def test_texts_are_found_in_code_and_in_templates() -> None:
    code = 'a = _("one"); ngettext("%(n)s year", "%(n)s " "years", n); pgettext("short month", "May"); noop("later")'
    assert list(in_code(code)) == [
        Message("", "one"),
        Message("", "%(n)s year", "%(n)s years"),
        Message("short month", "May"),
        Message("", "later"),
    ]
    template = (
        '{% load i18n %}{% translate "It\'s 5%" %}{% blocktranslate count n=n %}{{ n }} year{% plural %}{{ n }} years'
        "{% endblocktranslate %}"
    )
    assert list(in_template(template)) == [Message("", "It's 5%%"), Message("", "%(n)s year", "%(n)s years")]
