"""Help: every question mark opens an explanation that the page holds once, by the browser alone."""

import re

import pytest
from django.test import Client

from tests.casualties.views.reading import page
from tests.factories import make_casualty, make_release

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "about"),
    [
        ("/", {"scope", "marks"}),
        ("/missions/MINUSMA/", {"scope", "marks", "window", "rate", "interval"}),
        ("/trends/", {"scope", "marks"}),
        ("/incidents/", {"scope"}),
    ],
)
def test_what_stands_there_is_explained_there(client: Client, address: str, about: set[str]) -> None:
    make_release()
    make_casualty()
    text = page(client.get(address))
    buttons = re.findall(r'<button class="help[^>]*popovertarget="help-([a-z]+)" aria-label="([^"]+)"', text)
    assert about <= {name for name, _asks in buttons}
    for name, asks in buttons:
        assert text.count(f'id="help-{name}"') == 1
        assert f'id="help-{name}-title">{asks}</p>' in text, "the button asks what the explanation answers"


def test_each_explanation_can_be_closed_and_leads_to_the_method(client: Client) -> None:
    text = page(client.get("/method/"))
    found = re.findall(r'<div class="help-text.*?</div>', text, flags=re.DOTALL)
    assert len(found) == 5
    for explanation in found:
        assert 'popovertargetaction="hide"' in explanation
        assert 'href="/method/"' in explanation


def test_no_two_question_marks_look_alike_in_one_place(client: Client) -> None:
    make_release()
    make_casualty()
    text = page(client.get("/missions/MINUSMA/"))
    headings = re.findall(r"<h[1-4].*?</h[1-4]>", text, flags=re.DOTALL)
    assert max(heading.count('class="help') for heading in headings) == 1
    assert re.search(r'<button class="help said[^>]*>What is an interval\?</button>', text)
