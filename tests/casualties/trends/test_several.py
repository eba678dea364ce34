"""Windows of several series are those of each alone, stored or not, and stored ones cost two questions for all."""

import pandas as pd
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casualties.filters import PUBLIC, select
from casualties.trends.live import windows_for
from casualties.trends.rebuild import rebuild
from casualties.trends.several import windows_of_each
from tests.factories import make_casualty, make_country, make_mission, make_release

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("more", ["", "&cause=illness", "&cause=illness&cause=accident", "&scope=uniformed"])
@pytest.mark.parametrize("stored", [True, False])
def test_it_works(more: str, stored: bool) -> None:
    make_release()
    make_country()
    for acronym in ("MINUSMA", "UNIFIL", "UNDOF"):
        make_casualty(mission=make_mission(acronym=acronym))
        make_casualty(mission=make_mission(acronym=acronym), cause="illness")
    if stored:
        rebuild(asked_by="test")
    selections = [select(f"mission={name}{more}", PUBLIC) for name in ("UNIFIL", "MINUSMA", "UNDOF")]
    with CaptureQueriesContext(connection) as asked:
        found = windows_of_each(selections)
    for frame, selection in zip(found, selections, strict=True):
        pd.testing.assert_frame_equal(frame, windows_for(selection))
    if stored and more in {"", "&cause=illness"}:
        assert len(asked) == 2


def test_nothing_asked_is_nothing_answered() -> None:
    assert windows_of_each([]) == []
