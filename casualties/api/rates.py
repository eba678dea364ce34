"""How often somebody may ask: so many requests in each minute, counted in the cache.

A client by the rate that was agreed for it, somebody signed in by the usual rate, the anonymous by their address.
"""

import logging
import time
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from casualties.api.access import who
from missions.models import ApiClient
from missions.models.api_client import USUAL_RATE

SECONDS = 60
log = logging.getLogger(__name__)


class PerMinute(BaseThrottle):
    """A count for each minute of the clock. A cache that does not answer lets the request pass, and the log says so."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request; False where the minute is used up."""
        name, allowed = self._whose(request)
        minute = int(time.time() // SECONDS)
        key = f"api-rate:{name}:{minute}"
        try:
            asked = 1 if cache.add(key, 1, 2 * SECONDS) else cache.incr(key)
        except Exception:
            log.warning("The cache does not answer; requests are not counted.", exc_info=True)
            return True
        return bool(asked <= allowed)

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return SECONDS - time.time() % SECONDS

    def _whose(self, request: Request) -> tuple[str, int]:
        if isinstance(request.auth, ApiClient):
            return who(request), request.auth.rate
        if request.user.is_authenticated:
            return who(request), USUAL_RATE
        address = sha256(str(self.get_ident(request)).encode()).hexdigest()[:32]  # as a key of the cache can have it
        return f"address-{address}", settings.API_ANONYMOUS_RATE
