"""Who asks: a client with a token, somebody signed in, or anybody where PUBLIC_READING lets them; what they may see.

Two questions, answered apart. May this address be asked? The token's scopes say so. Which records are in the answer?
A viewer, as on the pages: released ones; for a token with the scope `confirmed`, and for somebody signed in, what that
person may see today. A right that somebody lost is lost for their tokens at once.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from casualties.filters import PUBLIC, Viewer, viewer_of
from missions.models import ApiClient, User

KEYWORD = "Bearer"
CHALLENGE = f'{KEYWORD} realm="api"'


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer pkc_...`. Never in an address, where logs and histories would keep it."""

    def authenticate(self, request: Request) -> tuple[User, ApiClient] | None:
        """The owner and the client of the token; None without one. Raises AuthenticationFailed for a bad one."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != KEYWORD.lower().encode():
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("The header has to say: Bearer, a space, the token."))
        today = timezone.localdate()
        token = words[1].decode("ascii", "replace")
        client = ApiClient.objects.of_token(token).valid(today).select_related("owner").first()
        if client is None:  # the same words for unknown, revoked and expired: they tell a thief nothing
            raise AuthenticationFailed(_("The token is unknown, has expired or was revoked."))
        if client.last_used_on != today:
            ApiClient.objects.filter(pk=client.pk).update(last_used_on=today)
        return client.owner, client

    def authenticate_header(self, request: Request) -> str:
        """What a 401 says."""
        return CHALLENGE


class SignedIn(SessionAuthentication):
    """Somebody who reads the pages in the same browser."""

    def enforce_csrf(self, request: Request) -> None:
        """Nothing can be changed here: what is no GET or HEAD is refused as such (405), whatever it carries."""

    def authenticate_header(self, request: Request) -> str:
        """What a 401 says."""
        return CHALLENGE


class MayAsk(BasePermission):
    """A token has to carry the scope of the view (`api_scope`, none for reference facts)."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Raises nothing: False becomes 401 for somebody without a token, else 403 with the message."""
        scope = getattr(view, "api_scope", "")
        if isinstance(request.auth, ApiClient):
            self.message = _("This needs a token with the scope %(scope)s.") % {"scope": scope}
            return not scope or scope in request.auth.scopes
        return bool(request.user.is_authenticated or settings.PUBLIC_READING)


def viewer(request: Request) -> Viewer:
    """What whoever asks may see today."""
    if isinstance(request.auth, ApiClient) and ApiClient.Scope.CONFIRMED not in request.auth.scopes:
        return PUBLIC
    return viewer_of(request.user, on=timezone.localdate())


def who(request: Request) -> str:
    """Whoever asks, for counting requests and for the log; blank for the anonymous."""
    if isinstance(request.auth, ApiClient):
        return f"client-{request.auth.key}"
    return f"user-{request.user.pk}" if request.user.is_authenticated else ""
