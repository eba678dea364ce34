"""Answers that a process keeps go with the version of the data."""

import pytest

from casualties.counts import total
from casualties.filters import PUBLIC, select
from casualties.views import remembered as module
from casualties.views.remembered import remembered
from tests.factories import make_casualty, make_release

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_answer_goes_when_people_come_though_missions_stay() -> None:
    def deaths() -> int:
        selection = select("", PUBLIC)
        return remembered(selection, "deaths", lambda: total(selection))

    make_release()
    make_casualty()
    assert deaths() == deaths() == 1
    make_casualty()
    assert deaths() == 2


def test_an_answer_is_given_though_another_thread_forgets_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful(dict[object, object]):
        def __setitem__(self, key: object, value: object) -> None:
            super().__setitem__(key, value)
            self.clear()

    make_release()
    selection = select("", PUBLIC)
    monkeypatch.setattr(module, "_remembered", (selection.basis.reading, Forgetful()))
    assert remembered(selection, "deaths", lambda: 1) == 1


def test_an_answer_is_found_once_while_the_data_stand() -> None:
    asked = []
    make_release()
    for _time in range(2):
        remembered(select("", PUBLIC), "anything", lambda: asked.append(1))
    assert asked == [1]
