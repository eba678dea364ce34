"""The small filter of a page: its fields, and what it keeps of the page's own parameters."""

import pytest

from casualties.filters import PUBLIC, select
from casualties.views.page_filter import Field, filter_form
from tests.factories import make_mission, make_release

pytestmark = pytest.mark.django_db


def test_a_choice_without_values_is_no_year() -> None:
    make_release()
    make_mission()
    fields = filter_form(select("", PUBLIC), "/x/", names=("region", "from"))["fields"]
    assert fields == [Field(name="region", label="Region", choices=()), Field(name="from", label="From year")]


def test_what_a_page_takes_beside_filters_is_kept_everywhere() -> None:
    make_release()
    found = filter_form(select("cause=illness&gender=f", PUBLIC), "/x/", own={"sort": "-name"})
    assert found["hidden"] == [("sort", "-name"), ("gender", "f")]
    assert found["clear_url"] == "/x/?sort=-name"
    assert [chip["remove_url"] for chip in found["chips"]] == [  # type: ignore[attr-defined]
        "/x/?sort=-name&gender=f",
        "/x/?sort=-name&cause=illness",
    ]
