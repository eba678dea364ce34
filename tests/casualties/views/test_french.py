"""The pages in French: the language they say, some sentences, how figures are written, and that they are the same."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import unescape
from typing import Any

import polib
import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from casualties.filters import forget_basis
from peacekeeping import catalogue
from tests.casualties.views.reading import main_of, page, words
from tests.factories import (
    data_manager,
    make_annual_count,
    make_casualty,
    make_country,
    make_mission,
    make_release,
)
from tests.kept import kept

pytestmark = pytest.mark.django_db

INCIDENT = "MINUSMA-2019-01-20-malicious-act"
PAGES = (
    "/",
    "/missions/",
    "/missions/MINUSMA/",
    "/contributors/",
    "/contributors/TCD/",
    "/causes/malicious-act/",
    "/causes/to-be-determined/",
    "/compare/",
    "/compare/?by=mission&item=MINUSMA&item=UNSOM",
    "/trends/",
    "/revisions/",
    "/open-cases/",
    "/incidents/",
    "/incidents/?view=people",
    "/incidents/?cause=accident&from=2019&to=2020",
    f"/incidents/{INCIDENT}/",
    "/statements/",
    "/reports/",
    "/reports/by-year/",
    "/reports/build/?rows=mission",
    "/reports/signed/",
    "/trends/?changes=1",
    "/data/",
)
# Kept in English on purpose, and marked so.
IN_ENGLISH = ("/method/", "/columns/", "/data/dictionary/")
ENGLISH = re.compile(r"\b(the|of|with|deaths|people|recorded|available|malicious)\b", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module")
def deaths(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Two of 2019 in one attack, one of 2022 by illness, one of 2023 in another mission."""
    with kept(django_db_blocker):
        make_deaths()
        yield
    read.cache_clear()
    forget_basis()


def make_deaths() -> None:
    make_release()
    chad, niger = make_country(), make_country(iso3="NER", name="Niger")
    minusma = make_mission()
    unsom = make_mission(acronym="UNSOM", kind="spm", started_on=date(2013, 6, 3))
    make_casualty(mission=minusma, nationality=chad)
    make_casualty(mission=minusma, nationality=niger)
    make_casualty(mission=minusma, occurred_on=date(2022, 3, 1), cause="illness")
    make_casualty(
        mission=unsom, occurred_on=date(2023, 5, 2), cause="to-be-determined", personnel="international-civilian"
    )


def ask(address: str, language: str = "") -> Any:
    client = Client()
    if language:
        client.cookies["language"] = language
    return client.get(address)


@cache
def read(address: str, language: str = "") -> Any:
    """ask() for pages of the records that stand: several tests read the same ones."""
    return ask(address, language)


def numbers(response: Any) -> Counter[str]:
    """The numbers of the page's own part, without the marks between thousands and before decimals."""
    text = re.sub(r"(?<=\d)[,\u202f](?=\d{3}\b)", "", without_examples(response))
    return Counter(NUMBER.findall(text.replace(",", ".")))


def without_examples(response: Any) -> str:
    found = re.search(r'<main id="main".*?</main>', page(response), flags=re.DOTALL)
    assert found
    shown = re.sub(r"<(script|style|pre)\b.*?</\1>", " ", found.group(), flags=re.DOTALL)
    shown = re.sub(r"<(select|datalist)\b.*?</\1>", " ", shown, flags=re.DOTALL)
    shown = re.sub(r"\u202f(?=\d)", ",", shown)  # before white space is folded
    return words(shown)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_the_same_figures_in_french_and_no_sentence_in_english(deaths: None, address: str) -> None:
    french, english = read(address, "fr"), read(address)
    assert french.status_code == english.status_code == 200
    assert '<html lang="fr"' in page(french)
    assert french["Content-Language"] == "fr"
    assert "Cookie" in french["Vary"]
    assert numbers(french) == numbers(english)
    assert english_sentences(page(french)) == []


def english_sentences(whole: str) -> list[str]:
    """What is English by nature is marked: titles of classic tables, quoted statements, code, the source's name."""
    shown = re.sub(r'<(\w+)[^>]*\blang="en[^"]*"[^>]*>.*?</\1>', " ", whole, flags=re.DOTALL)
    shown = re.sub(r"<(pre|code|select|datalist)\b.*?</\1>", " ", shown, flags=re.DOTALL)
    shown = re.sub(r'<[^>]*class="[^"]*(?:address|quote)[^"]*"[^>]*>[^<]*', " ", shown)
    sentences = [text for text in re.split(r"[.;:|]", words(shown)) if ENGLISH.search(text)]
    named = ("Power Query", "http://", "United Nations Multidimensional", "/incidents/?")
    return [text for text in sentences if not any(name in text for name in named)]


@pytest.mark.parametrize("address", IN_ENGLISH)
def test_what_is_kept_in_english_is_marked(deaths: None, address: str) -> None:
    shown = page(read(address, "fr"))
    assert '<html lang="fr"' in shown
    assert 'lang="en"' in shown
    assert "anglais" in main_of(read(address, "fr"))


def test_sentences(deaths: None) -> None:
    overview = main_of(read("/", "fr"))
    assert "4 personnes sont décédées en service dans les opérations de paix des Nations Unies depuis" in overview
    assert "En 2023, jusqu’au 2 mai, 1 personne est décédée" in overview
    assert "Publication du 28 novembre 2023. Les chiffres de 2023 sont provisoires." in overview
    assert "2 personnes tuées par actes de malveillance" in main_of(read("/incidents/?cause=malicious-act", "fr"))
    assert "Deux personnes tuées par un acte de malveillance" in main_of(read(f"/incidents/{INCIDENT}/", "fr"))
    assert "20 janv. 2019" in main_of(read("/incidents/", "fr"))
    by_day = main_of(read("/incidents/?date_from=2019-01-01&date_to=2020-02-03", "fr"))
    assert "2 personnes décédées du 1er janvier 2019 au 3 février 2020, dans 1 incident" in by_day
    mission = main_of(read("/missions/MINUSMA/", "fr"))
    assert "3 personnes sont décédées en service à MINUSMA depuis 2013, dont 2 par actes de malveillance." in mission


def test_the_first_of_a_month_and_thousands(deaths: None) -> None:
    make_annual_count(year=2012, persons=1234)
    french, english = page(ask("/incidents/?view=people", "fr")), page(ask("/incidents/?view=people"))
    assert "1\u202f238 personnes" in french
    assert "1,238 people" in english
    assert "1er mars 2022" in main_of(ask("/incidents/?cause=illness&view=people", "fr")).replace(" ", " ")
    assert '"separators":",\u202f"' in page(read("/trends/", "fr"))
    assert '"separators":".,"' in page(read("/trends/"))


def test_a_refusal_names_parameter_and_value(deaths: None) -> None:
    response = ask("/incidents/?cause=nope", "fr")
    assert response.status_code == 400
    assert "cause=nope" in main_of(response)
    assert "n’est pas une des valeurs admises" in main_of(response)


def test_the_language_is_chosen_in_the_foot_and_remembered(deaths: None, client: Client) -> None:
    shown = page(client.get("/incidents/?cause=illness"))
    found = re.search(r'<form class="languages[^>]*method="post" action="([^"]*)"', shown)
    assert found
    back = client.post(unescape(found.group(1)), {"language": "fr"})
    assert (back.status_code, back["Location"]) == (302, "/incidents/?cause=illness")
    assert '<html lang="fr"' in page(client.get("/reports/"))
    assert client.cookies["language"]["max-age"] == 365 * 86_400
    client.post("/language/", {"language": "en-gb", "next": "/"})
    assert '<html lang="en-gb"' in page(client.get("/reports/"))


def test_it_leads_nowhere_else_and_takes_no_other_language(deaths: None, client: Client) -> None:
    assert client.post("/language/", {"language": "fr", "next": "https://elsewhere.test/"})["Location"] == "/"
    client.post("/language/", {"language": "xx", "next": "/"})
    assert '<html lang="fr"' in page(client.get("/reports/"))
    assert client.get("/language/").status_code == 405


def test_the_browsers_language_counts_where_none_was_chosen(deaths: None) -> None:
    assert '<html lang="fr"' in page(Client().get("/reports/", headers={"accept-language": "fr-CH, en;q=0.5"}))
    assert '<html lang="en-gb"' in page(Client().get("/reports/", headers={"accept-language": "de, en-US;q=0.5"}))


@pytest.mark.parametrize("address", ["/casualties.csv?header=1", "/figures.csv?by=year", "/api/v1/figures/?by=year"])
def test_files_and_the_api_are_the_same_in_every_language(deaths: None, address: str) -> None:
    def sent(language: str) -> bytes:
        response = ask(address, language)
        return b"".join(response.streaming_content) if response.streaming else response.content

    assert sent("fr") == sent("")


def test_words_of_import_files_do_not_follow_the_language(deaths: None) -> None:
    from django.utils import translation

    from casualties.choices import Cause, word_of

    with translation.override("fr"):
        assert str(Cause.MALICIOUS_ACT.label) == "Acte de malveillance"
        assert word_of(Cause.MALICIOUS_ACT) == "Malicious act"


def test_pages_for_data_managers_are_french(deaths: None) -> None:
    client = Client()
    client.force_login(data_manager())
    client.cookies["language"] = "fr"
    shown = main_of(client.get("/imports/"))
    assert "Rien ne change avant que vous ayez vu ce qu’il changerait et que vous l’ayez appliqué." in shown
    assert "Appliqué" in shown


def test_there_is_one_word_for_each_official_term() -> None:
    kept = {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalogue.TEXTS))}
    assert kept["Deaths"] == "Décès"
    assert kept["Malicious acts"] == "Actes de malveillance"
    assert kept["Accidents"] == "Accidents"
    assert kept["Illness"] == "Maladie"
    assert kept["Self-inflicted"] == "Cause auto-infligée"
    assert kept["To be determined"] == "À déterminer"
