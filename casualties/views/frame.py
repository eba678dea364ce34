"""What every page carries around its content: the release, what limits the figures, what the reader may open."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casualties.trends.rebuild import built_version
from casualties.views.selecting import basis_of
from missions.models import ImportBatch, Role, User


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html. Pages of the sign-in, and readers who may not read, are told nothing of the data."""
    user = getattr(request, "user", None)
    signed_in = isinstance(user, User)
    may_import = isinstance(user, User) and user.has_role(Role.DATA_MANAGER, Role.ADMINISTRATOR)
    context: dict[str, Any] = {"may_import": may_import}
    if may_import:
        context["imports_waiting"] = ImportBatch.objects.filter(state=ImportBatch.State.PREVIEWED).count()
    if request.path.startswith(("/admin/", "/accounts/")) or not (signed_in or settings.PUBLIC_READING):
        return context
    basis = basis_of(request)
    if basis.release is not None:
        context["release_date"] = basis.release.date
        if basis.annual_counts_only:
            context["release_words"] = _("annual counts")
            context["basis"] = _(
                "These are the counts per year that come with the software, derived from the release of %(date)s. "
                "Days, incidents and gender are not available until a release is imported."
            ) % {"date": date_format(basis.release.date, "j F Y")}
        if built_version() != basis.version:
            context["stale"] = _("The data have changed; five-year windows are being computed again.")
    return context
