"""Who may open which page. Every view carries exactly one of these; a test walks all addresses with all roles."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from missions.models import Role

View = Callable[..., HttpResponseBase]


def readers(view: View) -> View:
    """Everybody signed in; the anonymous too where PUBLIC_READING lets them read released figures."""
    for_members = login_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if settings.PUBLIC_READING else for_members(request, *args, **kwargs)

    return guarded


def members(view: View) -> View:
    """Everybody signed in: pages that hold what is their own."""
    guarded: View = login_required(view)
    return guarded


def data_managers(view: View) -> View:
    """Data managers and administrators; others are told so."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_data_manager(request)
        return view(request, *args, **kwargs)

    return guarded


def check_data_manager(request: HttpRequest) -> None:
    """Raises PermissionDenied for everybody who is no data manager or administrator, the anonymous too."""
    if request.user.is_authenticated and request.user.has_role(Role.DATA_MANAGER, Role.ADMINISTRATOR):
        return
    raise PermissionDenied(_("This page is for data managers and administrators. An administrator can grant the role."))


def signers(view: View) -> View:
    """Those who may sign a report; others are told so."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.may_sign:  # type: ignore[union-attr]
            raise PermissionDenied(
                _("Data managers and administrators sign reports. An administrator can grant the role.")
            )
        return view(request, *args, **kwargs)

    return guarded


def everybody(view: View) -> View:
    """Machines that ask whether we live. Says nothing about figures."""
    return view
