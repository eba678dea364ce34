"""The page on which columns are mapped, and what it keeps: sent to, read and looked up as its tests need it."""

import re
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casualties import intake
from casualties.views.mapping.words import word_field
from missions.models import ColumnMapping, ImportBatch
from tests.casualties.intake.mapping.shapes import REGISTER

NAME = "Register of attacks"


def batch() -> ImportBatch:
    return ImportBatch.objects.latest("id")


def sent(manager: Client, content: bytes, **fields: str) -> str:
    """The address of the page on the columns of a file that was sent."""
    file = SimpleUploadedFile("register.csv", content, content_type="text/csv")
    manager.post("/imports/", {"file": file, **fields})
    intake.preview(batch())
    return f"/imports/{batch().pk}/columns"


def place(heading: str) -> int:
    return REGISTER.index(heading)


def means(field: str, heading: str, word: str) -> str:
    return f"means-{word_field(field, place(heading), word)}"


def choices(page: str) -> dict[str, str]:
    """What a form would send as it stands on the page."""
    form = page[page.index('class="mapping"') :]
    found = {}
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, flags=re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[0] if chosen else ""
    for tag in re.findall(r"<input [^>]+>", form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") != "checkbox" or " checked" in tag:
            found[attributes["name"]] = attributes.get("value", "")
    return found


def sent_to(page: str, address: str) -> str:
    """Where a browser sends the form of the page at that address."""
    form = re.search(r'<form[^>]* class="mapping"[^>]*>', page)
    assert form is not None
    assert "hx-" not in form.group()
    action = re.search(r'action="([^"]+)"', form.group())
    return unescape(action.group(1)) if action else address


def kept(name: str) -> dict[str, Any]:
    """What a kept mapping says of our fields."""
    found: dict[str, Any] = ColumnMapping.objects.get(name=name).definition["fields"]
    return found


def problems_on(page: str) -> list[tuple[str, str]]:
    """What the page says is wrong: of which field, and why."""
    found = re.findall(r"<p><strong>(?:<a [^>]+>)?([^<]+)(?:</a>)?</strong>: ([^<]*)</p>", page)
    return [(unescape(field), unescape(reason)) for field, reason in found]
