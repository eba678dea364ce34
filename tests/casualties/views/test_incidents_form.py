"""The filter form of the explorer: it keeps what the address says, works without script, and swaps in place."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.casualties.views.reading import main_of, page, words
from tests.factories import make_casualty, make_mission, make_release

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def a_release() -> None:
    make_release()
    make_casualty()
    make_mission(acronym="MONUSCO")
    make_mission(acronym="UNIFIL", region="Asia")


def select(response: Any, name: str) -> str:
    found = re.search(rf'<select id="filter-{name}".*?</select>', page(response), flags=re.S)
    assert found
    return found[0]


def chosen(response: Any, name: str) -> list[str]:
    return re.findall(r'<option value="([^"]*)" selected', select(response, name))


def kept(response: Any) -> list[tuple[str, str]]:
    return re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page(response))


def test_it_works(client: Client) -> None:
    response = client.get(
        "/incidents/?mission=MINUSMA&cause=malicious-act&from=2013&personnel=military&scope=uniformed"
    )
    assert chosen(response, "mission") == ["MINUSMA"]
    assert chosen(response, "cause") == ["malicious-act"]
    assert chosen(response, "personnel") == ["military"]
    assert chosen(response, "scope") == ["uniformed"]
    assert chosen(response, "nationality") == []
    assert '<input type="number" name="from" id="filter-from" value="2013" min="1945" max="2023"' in page(response)
    assert kept(response) == []


def test_every_field_has_a_label(client: Client) -> None:
    text = page(client.get("/incidents/"))
    form = re.search(r"<form class=\"filters.*?</form>", text, flags=re.S)
    assert form
    fields = re.findall(
        r'<(?:select|input type="(?:date|search)") id="([^"]*)"|<input [^>]*?id="([^"]*)"[^>]*aria-label', form[0]
    )
    assert len(fields) == 19
    for select_id, labelled_id in fields:
        assert labelled_id or f'<label for="{select_id}">' in form[0] or f'id="{select_id}"' in form[0]


def test_several_values_are_kept(client: Client) -> None:
    """A select shows one value: sending the form must not lose the others."""
    response = client.get("/incidents/?mission=MINUSMA&mission=MONUSCO&view=people&sort=date")
    assert kept(response) == [("view", "people"), ("sort", "date"), ("mission", "MINUSMA"), ("mission", "MONUSCO")]
    assert "2 chosen; add another" in select(response, "mission")
    assert chosen(response, "mission") == []
    text = page(response)
    assert (
        'href="/incidents/?mission=MONUSCO&amp;view=people&amp;sort=date" aria-label="Remove filter: MINUSMA"' in text
    )


def test_filters_in_the_fold_open_it(client: Client) -> None:
    assert '<details class="more-filters">' in page(client.get("/incidents/?cause=illness"))
    assert '<details class="more-filters" open>' in page(client.get("/incidents/?region=Asia"))
    assert chosen(client.get("/incidents/?region=Asia"), "region") == ["Asia"]


def test_defaults_are_chips_that_cannot_be_removed(client: Client) -> None:
    text = page(client.get("/incidents/?cause=illness"))
    chips = re.search(r'<ul class="chips".*?</ul>', text, flags=re.S)
    assert chips
    assert words(chips[0]) == "Illness × All peace operations, all personnel Deaths"
    assert chips[0].count('class="chip fixed"') == 2


def test_a_wrong_value_stays_in_its_field(client: Client) -> None:
    response = client.get("/incidents/?cause=hostile&from=2030&mission=MINUSMA")
    assert chosen(response, "cause") == ["hostile"]
    assert chosen(response, "mission") == ["MINUSMA"]
    text = page(response)
    assert '<a href="#filter-cause">Choose again</a>' in text
    assert "“hostile” is not one of the allowed values" in text
    assert "“2030” lies after 2023, the last year that the release covers" in text
    assert 'value="2030" min="1945" max="2023" aria-label="From year" aria-invalid="true"' in text


def test_quick_choices_keep_other_filters(client: Client) -> None:
    text = page(client.get("/incidents/?mission=MINUSMA&date_from=2019-01-01&view=people"))
    assert 'href="/incidents/?mission=MINUSMA&amp;from=2019&amp;to=2023&amp;view=people">Current window 2019–23' in text
    assert 'href="/incidents/?mission=MINUSMA&amp;from=2023&amp;to=2023&amp;view=people">2023 so far' in text
    assert 'href="/incidents/?mission=MINUSMA&amp;view=people">All years' in text


def test_in_place(client: Client) -> None:
    """The same address gives the results alone, with the scope bar out of band and the address to share."""
    response = client.get("/incidents/?mission=&cause=malicious-act&from=&to=", headers=HTMX)
    text = page(response)
    assert "<html" not in text
    assert "<form" not in text
    assert "1 person killed by malicious acts, in 1 incident" in text
    assert '<div id="scope-bar" hx-swap-oob="true"><div class="scope"' in text
    assert "<title>Incidents - Casualty statistics</title>" in text
    assert response["HX-Push-Url"] == "/incidents/?cause=malicious-act"
    assert "HX-Request" in response["Vary"]
    whole = page(client.get("/incidents/?cause=malicious-act"))
    assert whole.split('class="result"')[1].split("</aside>")[0] == text.split('class="result"')[1].split("</aside>")[0]


def test_in_place_quick_choices_keep_the_new_filters(client: Client) -> None:
    text = page(client.get("/incidents/?mission=MINUSMA", headers=HTMX))
    assert '<p class="quick" id="quick-choices" hx-swap-oob="true">' in text
    assert 'href="/incidents/?mission=MINUSMA&amp;from=2019&amp;to=2023">Current window 2019–23' in text


def test_a_form_that_keeps_several_values_is_sent_as_a_page(client: Client) -> None:
    """In place, the values it keeps would be those of an older selection."""
    assert "hx-get" in page(client.get("/incidents/?mission=MINUSMA"))
    assert "hx-get" not in page(client.get("/incidents/?mission=MINUSMA&mission=MONUSCO"))


def test_in_place_refused(client: Client) -> None:
    response = client.get("/incidents/?from=2020&to=2010", headers=HTMX)
    assert response.status_code == 400
    text = page(response)
    assert "from=2020 lies after to=2010." in text
    assert '<div id="scope-bar" hx-swap-oob="true"></div>' in text
    assert "who died" not in text
    assert "HX-Push-Url" not in response


def test_back_in_the_browser_gets_the_whole_page(client: Client) -> None:
    response = client.get("/incidents/", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in page(response)


def test_without_injuries_the_choice_is_closed_and_says_why(client: Client) -> None:
    closed = select(client.get("/incidents/"), "outcome")
    assert '<option value="injury" disabled>Injuries (not in this release)</option>' in closed
    make_casualty(outcome="injury")
    assert '<option value="injury">Injuries</option>' in select(client.get("/incidents/"), "outcome")
    assert "disabled" not in select(client.get("/incidents/"), "outcome")


def test_as_known_at(client: Client) -> None:
    response = client.get("/incidents/?known_at=2023-11-28")
    assert "1 person who died, in 1 incident (as known at 28 November 2023)" in main_of(response)
    assert (
        '<input type="date" id="filter-known_at" name="known_at" value="2023-11-28" min="2023-11-28" max="2023-11-28"'
        in page(response)
    )
    assert client.get("/incidents/?known_at=2020-01-01").status_code == 400
