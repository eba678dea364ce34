"""What somebody may see: released records; and confirmed ones where their role and posting reach."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from casualties.choices import Audience
from missions.models import User


@dataclass(frozen=True)
class Viewer:
    """`missions`: ids of missions whose confirmed but unreleased records may be seen; None means all missions."""

    missions: frozenset[int] | None = frozenset()

    @property
    def conditions(self) -> Q:
        """For Casualty and the tallies alike."""
        if self.missions is None:
            return Q()
        return Q(released=True) | Q(mission__in=self.missions) if self.missions else Q(released=True)

    @property
    def sees_details(self) -> bool:
        """Whether anything that is for staff alone (place, summary ...) may be seen, at least of some missions."""
        return self.missions is None or bool(self.missions)

    @property
    def audience(self) -> Audience | None:
        """The audience whose stored windows are this viewer's; None where the right covers some missions only."""
        if self.missions is None:
            return Audience.CONFIRMED
        return None if self.missions else Audience.RELEASED

    @property
    def cache_key(self) -> str:
        """Tells apart viewers who may see different figures."""
        if self.missions is None:
            return "confirmed"
        return "released" if not self.missions else "released+" + ",".join(map(str, sorted(self.missions)))


PUBLIC = Viewer()
EVERYTHING = Viewer(missions=None)


def viewer_of(user: User | AnonymousUser, *, on: date) -> Viewer:
    """The viewer that a user is on a day; anonymous readers see what is released."""
    return PUBLIC if isinstance(user, AnonymousUser) else Viewer(missions=user.missions_with_confirmed(on))
