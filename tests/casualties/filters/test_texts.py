"""Text search: what it finds, who may ask, what it says of itself, and what it refuses."""

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from casualties.counts import NotAvailable, count, count_records, total
from casualties.filters import EVERYTHING, PUBLIC, Viewer, chips, in_words, select
from casualties.models import Incident
from tests.factories import make_annual_count, make_casualty, make_incident, make_mission, make_release

pytestmark = pytest.mark.django_db
TEXTS = {
    "Kidal": "A convoy was hit on the road to Ber.",
    "Ménaka": "100% of the load was lost.",
    "Ber": "Camp_7 was shelled; see C:\\camp",
    "كيدال": "هجوم على قافلة",
}


@pytest.fixture
def incidents() -> None:
    make_release()
    for day, (place, summary) in enumerate(TEXTS.items(), 1):
        make_casualty(incident=make_incident(occurred_on=date(2019, 1, day), place=place, summary=summary))
    make_casualty(occurred_on=date(2019, 2, 1))


def found(text: str, viewer: Viewer = EVERYTHING) -> int:
    selection = select({"q": text}, viewer)
    assert not selection.problems, selection.problems
    return total(selection)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("kidal", 1),
        ("KIDAL  convoy", 1),  # each word in one of the two
        ("convoy kidal", 1),
        ("Ber", 2),  # a place, and a word of a summary
        ("onvo", 1),  # inside a word
        ("kidal shelled", 0),
        ("ménaka", 1),
        ("ME\u0301NAKA", 1),  # the same letter in two characters
        ("menaka", 0),  # another letter
        ("100%", 1),
        ("100_", 0),  # no wildcards
        ("%%%kid", 0),
        ("camp_7", 1),
        ("camp-7", 0),
        ("C:\\camp", 1),
        ("' OR 1=1 --abc", 0),
        ("كيدال", 1),
        ("قافلة هجوم", 1),
    ],
)
def test_every_word_has_to_stand_in_place_or_summary(incidents: None, text: str, people: int) -> None:
    assert found(text) == people


def test_counts_by_anything_come_from_the_records(incidents: None) -> None:
    selection = select("q=ber", EVERYTHING)
    assert selection.tally() is None
    assert total(selection, measure="incidents") == 2
    for by in (["year"], ["cause"], ["mission", "personnel"]):
        assert count(selection, by).equals(count_records(selection, by))
    assert total(select("q=ber&date_from=2019-01-02", EVERYTHING)) == 1


def test_who_sees_no_texts_may_not_search_and_learns_nothing(incidents: None) -> None:
    said = set()
    for text in ("kidal", "nowhere", "x", "x" * 10_000):
        (problem,) = select({"q": text}, PUBLIC).problems
        assert problem.parameter == "q"
        said.add(problem.reason)
        assert not select({"q": text}, PUBLIC).rows.exists()
    assert said == {"searches the place and summary of incidents, which are for staff of the mission and headquarters"}


def test_a_posting_limits_where_is_searched_and_that_is_said(incidents: None) -> None:
    other = make_mission(acronym="UNIFIL")
    make_casualty(incident=make_incident(mission=other, place="Kidal Street"))
    mine = Viewer(missions=frozenset({make_mission().pk}))
    assert found("kidal") == 2
    assert found("kidal", mine) == 1
    assert "text in place or summary: “kidal” (searched in MINUSMA)" in in_words(select("q=kidal", mine))
    (problem,) = select("q=kidal&mission=UNIFIL", mine).problems
    assert problem.reason.endswith("those of these missions are not yours to see")
    assert total(select("q=kidal&mission=UNIFIL&mission=MINUSMA", mine)) == 1


def test_texts_of_other_missions_do_not_make_a_zero(incidents: None) -> None:
    other = make_mission(acronym="UNIFIL")
    make_casualty(mission=other)
    with pytest.raises(NotAvailable, match="neither place nor summary"):
        total(select("q=kidal", Viewer(missions=frozenset({other.pk}))))


def test_texts_that_nobody_recorded_are_not_zero() -> None:
    make_release()
    make_casualty()
    with pytest.raises(NotAvailable, match="neither place nor summary is recorded"):
        total(select("q=kidal", EVERYTHING))


def test_the_address_and_the_words(incidents: None) -> None:
    selection = select({"q": "  Kidal \t convoy "}, EVERYTHING)
    assert selection.query_string == "q=Kidal+convoy"
    assert select(selection.query_string, EVERYTHING).values == selection.values
    (chip,) = [chip for chip in chips(selection) if not chip.is_default]
    assert (chip.text, chip.query_string) == ("Text in place or summary: “Kidal convoy”", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ab", "needs a word of 3 letters or more"),
        ("%__ --", "needs a word of 3 letters or more"),
        ("ab cd ef", "needs a word of 3 letters or more"),
        ("x" * 101, "is longer than 100 characters"),
        ("x" * 10_000, "is longer than 100 characters"),
        ("one two three four five six seven eight nine", "has more than 8 words"),
        ("kidal\x00", "holds a character that is no part of a text"),
        ("\u202elaDik", "holds a character that is no part of a text"),  # turns what is read around
        ("kidal\u200b", "holds a character that is no part of a text"),
    ],
)
def test_what_no_text_can_be_is_refused(incidents: None, text: str, reason: str) -> None:
    (problem,) = select(f"q={quote(text)}", EVERYTHING).problems
    assert (problem.parameter, problem.reason) == ("q", reason)
    assert len(str(problem)) < 200


def test_one_text_and_blank_ones(incidents: None) -> None:
    (problem,) = select("q=kidal&q=convoy", EVERYTHING).problems
    assert problem.reason == "may be given once only"
    assert not select("q=kidal&q=+kidal+&q=", EVERYTHING).problems
    assert not select("q=+", PUBLIC).values


def test_texts_are_not_kept_by_date(incidents: None) -> None:
    make_release(released_on=date(2024, 6, 30))
    (problem,) = select("q=kidal&known_at=2023-12-01", EVERYTHING).problems
    assert problem.reason == "is not kept by date: it cannot be searched as known at an earlier day"
    assert total(select("q=kidal&known_at=2024-06-30", EVERYTHING)) == 1


def test_annual_counts_have_no_texts() -> None:
    make_release(kind="bundle")
    make_annual_count(persons=3)
    (problem,) = select("q=kidal", EVERYTHING).problems
    assert problem.reason == "is not available: annual counts only"


def test_the_index_is_one_that_the_search_can_use(incidents: None) -> None:
    searched: Any = Incident.objects.order_by().filter(place__icontains="kidal") | Incident.objects.filter(
        summary__icontains="kidal"
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert searched.explain().count("on incident_texts") == 2
    texts: Any = Incident.objects.order_by().exclude(place="", summary="")
    assert "incident_with_text" in texts.explain()
