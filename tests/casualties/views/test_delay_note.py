"""How many were registered late, as a sentence in both languages."""

import pytest
from django.utils import translation

from casualties.charts.filling import as_text
from casualties.filters import PUBLIC, select
from casualties.trends.reporting_delay import ReportingDelay
from casualties.views import delay_note
from tests.factories import make_release

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("people", "later", "english", "french"),
    [
        (1, 0, "Of 1 person who died in 2014–23, none was", "Sur 1 personne décédée en 2014–23, aucune n’a été"),
        (34, 0, "Of 34 people who died in 2014–23, none were", "Sur 34 personnes décédées en 2014–23, aucune n’a été"),
        (34, 1, ", 1 (3%) was registered", ", 1 (3\u202f%) a été enregistrée au cours"),
        (34, 2, ", 2 (6%) were registered", ", 2 (6\u202f%) ont été enregistrées au cours"),
    ],
)
def test_the_sentence_agrees_with_its_number(
    monkeypatch: pytest.MonkeyPatch, people: int, later: int, english: str, french: str
) -> None:
    """As counted elsewhere (tests/casualties/trends): here the words alone are in question."""
    make_release()
    counted = ReportingDelay(first_year=2014, last_year=2023, people=people, later=later, everybody=people)
    monkeypatch.setattr(delay_note, "reporting_delay", lambda selection: counted)
    monkeypatch.setattr(delay_note, "remembered", lambda selection, what, find: find())
    said = delay_note.delay_note(select({}, PUBLIC))
    assert said is not None
    assert english in as_text(said["words"])
    with translation.override("fr"):
        translated = delay_note.delay_note(select({}, PUBLIC))
        assert translated is not None
        assert french in as_text(translated["words"])
