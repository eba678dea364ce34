"""Roles say what, postings say where."""

from datetime import date

import pytest

from missions.models import Posting, Role
from tests.factories import make_mission, make_user, reader, reporter

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 15)


def test_a_reader_sees_nothing_unreleased() -> None:
    assert reader().missions_with_confirmed(TODAY) == frozenset()


def test_a_role_reaches_as_far_as_its_posting() -> None:
    mission = make_mission()
    assert reporter(mission=mission).missions_with_confirmed(TODAY) == frozenset({mission.pk})


def test_a_posting_to_all_missions_reaches_everywhere() -> None:
    assert make_user(Role.DATA_MANAGER).missions_with_confirmed(TODAY) is None


def test_a_role_without_a_posting_reaches_nowhere() -> None:
    assert make_user(Role.REPORTER, everywhere=False).missions_with_confirmed(TODAY) == frozenset()


def test_a_posting_without_the_role_reaches_nowhere() -> None:
    user = reader()
    Posting.objects.create(user=user, role=Role.REPORTER, valid_from=date(2000, 1, 1))
    assert user.missions_with_confirmed(TODAY) == frozenset()


def test_a_posting_that_has_ended_reaches_nowhere() -> None:
    user = reporter(mission=make_mission())
    user.postings.update(valid_until=date(2026, 1, 14))
    assert user.missions_with_confirmed(TODAY) == frozenset()


def test_somebody_inactive_has_no_role() -> None:
    user = make_user(Role.ADMINISTRATOR)
    user.is_active = False
    assert not user.has_role(Role.ADMINISTRATOR)
