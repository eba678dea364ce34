"""The catalogue of translations, kept with Python alone: `python -m peacekeeping.catalogue` after texts have changed.

Texts are found in the code (calls of gettext and its kin with literal texts) and in the templates. The catalogue keeps
what is translated, takes new texts in untranslated, and drops what is said nowhere any more; then it is compiled.
"""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent.parent
FOLDER = HERE / "peacekeeping" / "locale" / "fr" / "LC_MESSAGES"
TEXTS, COMPILED = FOLDER / "django.po", FOLDER / "django.mo"
CODE = ("casualties", "missions", "peacekeeping")
SINGLE = {"_", "gettext", "gettext_lazy", "noop"}
NUMBERED = {"ngettext", "ngettext_lazy", "numbered"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
# What templatize writes of a template: calls with one or two texts, everything else crossed out.
_TEXT = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(gettext|ngettext|pgettext|_)\(\s*{_TEXT}(?:\s*,\s*{_TEXT})?", re.DOTALL)


class Message(NamedTuple):
    """A text to translate; `plural` is blank where a number does not change it."""

    context: str
    text: str
    plural: str = ""


def messages() -> dict[Message, None]:
    """Every text of the code and of the templates, in the order of the files."""
    found: dict[Message, None] = {}
    for folder in CODE:
        for path in sorted((HERE / folder).rglob("*.py")):
            found.update(dict.fromkeys(in_code(path.read_text(encoding="utf-8"))))
    for path in sorted((HERE / "templates").rglob("*.html")):
        found.update(dict.fromkeys(in_template(path.read_text(encoding="utf-8"))))
    return found


def in_code(source: str) -> Iterator[Message]:
    """The texts of a module."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in SINGLE and texts:
            yield Message("", texts[0])
        elif name in NUMBERED and len(texts) > 1:
            yield Message("", texts[0], texts[1])
        elif name in IN_CONTEXT and len(texts) > 1:
            yield Message(texts[0], texts[1])


def in_template(source: str) -> Iterator[Message]:
    """The texts of a template, as Django reads them."""
    from django.utils.translation.template import templatize

    for name, first, second in _CALL.findall(templatize(source)):
        texts = [ast.literal_eval(text) for text in (first, second) if text]
        if name == "ngettext":
            yield Message("", *texts)
        elif name == "pgettext":
            yield Message(*texts)
        else:
            yield Message("", texts[0])


def renew() -> int:
    """Bring the catalogue up to the texts, compile it, and answer how many texts wait for a translation."""
    import polib

    kept = {}
    if TEXTS.exists():
        kept = {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(TEXTS))}
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Language": "fr",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n > 1);",
    }
    told: dict[tuple[str, str], Message] = {}
    for message in messages():  # a text said with and without a number is one entry, as gettext has it
        key = (message.context, message.text)
        if key not in told or not told[key].plural:
            told[key] = message
    for key, message in told.items():
        catalogue.append(_entry(message, kept.get(key)))
    FOLDER.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(TEXTS))
    catalogue.save_as_mofile(str(COMPILED))
    return len(catalogue.untranslated_entries())


def _entry(message: Message, before: "object") -> "object":
    import polib

    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
    said = getattr(before, "msgstr", "")
    plurals = dict(getattr(before, "msgstr_plural", {}))
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = plurals or {0: said, 1: ""}
    else:
        entry.msgstr = said or plurals.get(0, "")
    return entry


if __name__ == "__main__":
    import django
    from django.conf import settings

    os.environ.setdefault("LC_ALL", "C.UTF-8")
    settings.configure()
    django.setup()
    print(f"{renew()} texts wait for a translation")
