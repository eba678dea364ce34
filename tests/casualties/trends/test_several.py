"""Windows of several series are those of each alone, stored or not, and cost a few questions for all together."""

from datetime import date

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


@pytest.mark.parametrize("stored", [True, False])
def test_it_works(stored: bool) -> None:
    make_release()
    make_country()
    for acronym in ("MINUSMA", "UNIFIL", "UNDOF"):
        make_casualty(mission=make_mission(acronym=acronym))
        make_casualty(mission=make_mission(acronym=acronym), cause="illness")
    if stored:
        rebuild(asked_by="test")
    for more in ("", "&cause=illness", "&cause=illness&cause=accident", "&scope=uniformed"):
        selections = [select(f"mission={name}{more}", PUBLIC) for name in ("UNIFIL", "MINUSMA", "UNDOF")]
        with CaptureQueriesContext(connection) as asked:
            found = windows_of_each(selections)
        for frame, selection in zip(found, selections, strict=True):
            pd.testing.assert_frame_equal(frame, windows_for(selection), obj=f"{selection.query_string}")
        assert len(asked) <= 3, more  # however many series there are


@pytest.mark.parametrize("more", ["&scope=uniformed", "&mission=MINUSMA&cause=illness", "&known_at=2023-11-28"])
def test_countries_that_are_not_stored_are_read_together(more: str) -> None:
    make_release()
    make_release(released_on=date(2024, 2, 1))
    words = ("TCD", "NER", "BGD")
    for place, iso3 in enumerate(words):
        for year in (2012 + place, 2019):
            make_casualty(nationality=make_country(iso3=iso3), occurred_on=date(year, 3, 1))
            make_casualty(nationality=make_country(iso3=iso3), cause="illness", personnel="other")
    make_country(iso3="EGY")  # of whom nobody died
    selections = [select(f"nationality={iso3}{more}", PUBLIC) for iso3 in (*words, "EGY")]
    with CaptureQueriesContext(connection) as asked:
        found = windows_of_each(selections)
    assert len(asked) <= 3
    for frame, selection in zip(found, selections, strict=True):
        pd.testing.assert_frame_equal(frame, windows_for(selection))


def test_selections_that_differ_in_more_are_read_one_by_one() -> None:
    make_release()
    make_casualty(nationality=make_country())
    selections = [select(query, PUBLIC) for query in ("mission=MINUSMA&personnel=police", "nationality=TCD&gender=m")]
    for frame, selection in zip(windows_of_each(selections), selections, strict=True):
        pd.testing.assert_frame_equal(frame, windows_for(selection))


def test_nothing_asked_is_nothing_answered() -> None:
    assert windows_of_each([]) == []
