"""Where a selection has no windows, or none that may be said."""

import pandas as pd
import pytest

from casualties.counts import NotAvailable
from casualties.filters import PUBLIC, SelectionRefused, forget_basis, select
from casualties.trends.live import windows_for
from casualties.trends.rebuild import built_version, rebuild
from casualties.trends.several import windows_of_each
from tests.casualties.trends.annual_records import make_deaths
from tests.factories import make_country, make_mission, make_release

pytestmark = pytest.mark.django_db


def test_deaths_and_injuries_have_no_common_window() -> None:
    make_release()
    with pytest.raises(ValueError, match="never added"):
        windows_for(select("outcome=all", PUBLIC))


def test_injuries_that_nobody_recorded_are_not_zero() -> None:
    make_release()
    make_deaths(make_mission(), {2014: 1})
    forget_basis()
    with pytest.raises(NotAvailable, match="no injuries"):
        windows_for(select("outcome=injury", PUBLIC))


def test_a_refused_selection_has_no_windows() -> None:
    with pytest.raises(SelectionRefused):
        windows_for(select("cuase=illness", PUBLIC))


def test_without_a_release_there_are_no_windows() -> None:
    assert windows_for(select("", PUBLIC)).empty


def test_a_nationality_of_nobody_has_zeros_whether_windows_are_stored_or_not() -> None:
    make_release()
    for iso3 in ("LUX", "EGY"):
        make_country(iso3=iso3)
    make_deaths(make_mission(), {2014: 1})
    forget_basis()
    before = windows_for(select("nationality=LUX", PUBLIC))
    rebuild(asked_by="test")
    assert built_version() == select("", PUBLIC).basis.version
    nobody = [select(f"nationality={iso3}", PUBLIC) for iso3 in ("LUX", "EGY")]
    for windows in (windows_for(nobody[0]), *windows_of_each(nobody)):
        pd.testing.assert_frame_equal(windows, before)
    assert len(before) > 0
    assert before["persons"].eq(0).all()
