"""Files of briefs: asked for, made once, gone with their version of the data."""

import os

import pytest

from casualties import briefs
from casualties.briefs import store
from tests.casualties.briefs.specimen import specimen

KEY = "0a" * 32


def test_what_was_asked_for_is_made() -> None:
    request = briefs.request_of(7, KEY)
    before = request.seconds_waited
    request.ask(specimen())
    assert before is None
    assert request.seconds_waited is not None
    briefs.make(request)
    assert request.made.read_bytes().startswith(b"%PDF")


def test_what_nobody_asked_for_is_left() -> None:
    briefs.make(briefs.request_of(7, KEY))
    assert not briefs.request_of(7, KEY).made.exists()


def test_other_versions_are_forgotten() -> None:
    old, new = briefs.request_of(7, KEY), briefs.request_of(8, KEY)
    for request in (old, new):
        request.ask(specimen())
        briefs.make(request)
    briefs.forget_other_versions(8)
    assert not old.made.parent.exists()
    assert new.made.exists()


def test_a_failure_is_noted_and_forgotten_when_asked_again() -> None:
    request = briefs.request_of(7, KEY)
    broken = specimen()
    broken["figures"] = []
    request.ask(broken)
    with pytest.raises(ZeroDivisionError):
        briefs.make(request)
    assert request.failed.exists()
    request.ask(specimen())
    assert not request.failed.exists()


def test_the_oldest_files_go_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "KEPT", 1)
    first, second = briefs.request_of(7, "a1"), briefs.request_of(7, "b2")
    for age, request in ((60, first), (0, second)):
        request.ask(specimen())
        briefs.make(request)
        os.utime(request.made, (request.made.stat().st_mtime - age,) * 2)
    briefs.make(second)
    assert not first.made.exists()
    assert not first.asked.exists()
    assert second.made.exists()


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A1", "a1/b2"])
def test_a_key_is_never_a_path(key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        briefs.request_of(7, key)
