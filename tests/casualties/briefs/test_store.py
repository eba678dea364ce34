"""Files of briefs: asked for, made once, gone with their version of the data."""

import os
import time

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


def test_all_files_of_the_oldest_requests_go_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether one was made, failed, lost with its process, or never taken by any worker."""
    monkeypatch.setattr(store, "KEPT", 2)
    made, failed, waiting, newest = (briefs.request_of(7, key) for key in ("a1", "b2", "c3", "d4"))
    made.ask(specimen())
    briefs.make(made)
    failed.ask(specimen())
    failed.failed.touch()
    failed.made.with_suffix(".pdf.99.part").touch()
    for age, path in enumerate(sorted(made.asked.parent.iterdir()), start=1):
        os.utime(path, (time.time() - 60 * age,) * 2)
    waiting.ask(specimen())
    newest.ask(specimen())
    assert sorted(path.name for path in made.asked.parent.iterdir()) == ["c3.json", "d4.json"]
    briefs.make(newest)
    assert newest.made.exists()
    briefs.make(failed)
    assert not failed.made.exists(), "whoever waits for it asks again"


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A1", "a1/b2"])
def test_a_key_is_never_a_path(key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        briefs.request_of(7, key)
