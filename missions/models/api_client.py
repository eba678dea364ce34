"""Clients of the API: programs with a token, and what each of them may ask for.

The token is shown once, when it is issued; kept is its SHA-256, which is enough because a token is 256 random bits and
nobody guesses it from its hash. Who issued, changed and revoked a client is kept in its history.
"""

import secrets
from collections.abc import Collection
from datetime import date, datetime
from hashlib import sha256
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from missions.models.people import User

PREFIX = "pkc"  # tells a token of ours in logs and in searches for leaked secrets
USUAL_RATE, HIGHEST_RATE = 120, 6_000


class ApiClientQuerySet(models.QuerySet["ApiClient"]):
    def valid(self, on: date) -> "ApiClientQuerySet":
        """Clients that may ask on that day: not revoked, not expired, their owner's account is active."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=on), revoked_at=None, owner__is_active=True)

    def of_token(self, token: str) -> "ApiClientQuerySet":
        """The client of a token, valid or not; none for anything that is no token of ours."""
        return self.filter(token_hash=hash_of(token))


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["token_hash", "last_used_on"],
    level=pgtrigger.Statement,
)
class ApiClient(models.Model):
    class Scope(models.TextChoices):
        FIGURES = "figures", "Figures, trends and published statements"
        RECORDS = "records", "Incidents, casualties and their revisions"
        CONFIRMED = "confirmed", "Confirmed records before their release, as far as the owner may see them"

    key = models.CharField(max_length=12, unique=True, help_text="Second part of the token: it names the client")
    name = models.CharField(max_length=80, help_text="What the program is")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_clients", help_text="Who answers for it"
    )
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope), help_text="What it may ask for")
    rate = models.PositiveIntegerField(
        default=USUAL_RATE,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_RATE)],
        help_text="Requests a minute",
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_on = models.DateField(null=True, blank=True, help_text="Last day on which it may ask")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    last_used_on = models.DateField(null=True, blank=True, editable=False)

    objects = ApiClientQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        verbose_name = "API client"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=["figures", "records", "confirmed"], scopes__len__gte=1),
                name="api_client_scopes_are_known",
            ),
            models.CheckConstraint(condition=Q(rate__gte=1, rate__lte=HIGHEST_RATE), name="api_client_rate"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def new_token() -> tuple[str, str]:
    """A key and a token that begins with it: nobody has either yet."""
    key = secrets.token_hex(4)
    return key, f"{PREFIX}_{key}_{secrets.token_urlsafe(32)}"


def issue_client(
    *,
    name: str,
    owner: User,
    scopes: Collection[str],
    rate: int = USUAL_RATE,
    expires_on: date | None = None,
    by_user: User | None = None,
) -> tuple[ApiClient, str]:
    """Keep a new client and return it with its token, which cannot be read again. ValidationError for bad values."""
    key, token = new_token()
    client = ApiClient(
        key=key,
        name=name,
        owner=owner,
        scopes=list(dict.fromkeys(scopes)),
        rate=rate,
        expires_on=expires_on,
        created_by=by_user,
        token_hash=hash_of(token),
    )
    client.full_clean()
    client.save()
    return client, token


def revoke_client(client: ApiClient, *, at: datetime, by_user: User | None = None) -> bool:
    """From now on the token is refused. False where it was revoked before."""
    fresh = ApiClient.objects.filter(pk=client.pk, revoked_at=None)
    return fresh.update(revoked_at=at, revoked_by=by_user) == 1
