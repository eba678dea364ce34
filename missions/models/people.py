"""Who works here: users, their roles, and the missions a role is good for."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from missions.models.mission import Mission


class Role(models.TextChoices):
    """Names of the Django groups. A group says what somebody may do, a posting says in which missions."""

    READER = "reader", _("Reader")
    REPORTER = "reporter", _("Reporter")
    FIRST_AUTHORISER = "first-authoriser", _("First authoriser")
    SECOND_AUTHORISER = "second-authoriser", _("Second authoriser")
    DATA_MANAGER = "data-manager", _("Data manager")
    ADMINISTRATOR = "administrator", _("Administrator")


# Roles that may see confirmed records before the next of kin are told.
SEES_CONFIRMED = (
    Role.REPORTER,
    Role.FIRST_AUTHORISER,
    Role.SECOND_AUTHORISER,
    Role.DATA_MANAGER,
    Role.ADMINISTRATOR,
)
# Roles that may sign a report: those who answer for the data.
SIGNS = (Role.DATA_MANAGER, Role.ADMINISTRATOR)

# What every page asks of somebody who is signed in; a QuerySet takes several times as long as the answer.
ROLES = """
    SELECT g.name FROM auth_group g JOIN missions_user_groups mine ON mine.group_id = g.id WHERE mine.user_id = %s
"""
POSTED = """
    SELECT mission_id FROM missions_posting
    WHERE user_id = %s AND role = ANY(%s) AND valid_from <= %s AND (valid_until IS NULL OR valid_until >= %s)
"""


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """The e-mail address is the sign-in name."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()  # type: ignore[misc,assignment]

    def __str__(self) -> str:
        return self.email

    def has_role(self, *roles: Role) -> bool:
        """Whether the user holds one of these roles anywhere. Superusers hold all."""
        if not self.is_active:
            return False
        return self.is_superuser or bool(self.role_names & set(roles))

    @property
    def may_sign(self) -> bool:
        """Whether the user may sign reports, which keeps their figures for ever."""
        return self.has_role(*SIGNS)

    @property
    def role_names(self) -> frozenset[str]:
        """Names of the user's groups; asked of the database once per request."""
        if not hasattr(self, "_role_names"):
            self._role_names = frozenset(_first_column(ROLES, [self.pk]))
        return self._role_names

    def missions_with_confirmed(self, on: date) -> frozenset[int] | None:
        """Ids of the missions whose confirmed, unreleased records the user may see on that day; None means all."""
        if not self.has_role(*SEES_CONFIRMED):
            return frozenset()
        if self.is_superuser:
            return None
        seeing = [name for name in self.role_names if name in SEES_CONFIRMED]
        posted = frozenset(_first_column(POSTED, [self.pk, seeing, on, on]))
        return None if None in posted else frozenset(filter(None, posted))


def _first_column(sql: str, parameters: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [value for (value,) in cursor.fetchall()]


class Posting(models.Model):
    """Where a role is good: in one mission, or in all (no mission named)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="postings")
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, null=True, blank=True, related_name="postings")
    role = models.CharField(max_length=20, choices=Role)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="posting_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.mission or 'all missions'}"
