"""What every page carries around its content: release, marks of the data, navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from casualties.views.selecting import basis_of
from missions.models import Role


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html. Asks nothing of the database for pages of the sign-in and the admin."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    may_read = signed_in or settings.PUBLIC_READING
    figures = may_read and not request.path.startswith(("/admin/", "/accounts/"))
    return {
        "basis": basis_of(request) if figures else None,
        "release": basis_of(request).release if figures else None,
        "may_read": may_read,
        "may_import": signed_in and user.has_role(Role.DATA_MANAGER, Role.ADMINISTRATOR),
    }
