"""What every page carries around its content: the release, what limits the figures, what the reader may open."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.filters import Basis
from casualties.models import RebuildRun
from casualties.trends.rebuild import built_version
from casualties.views.addresses import with_query
from casualties.views.selecting import shown_basis
from missions.models import ImportBatch, Role, User

PLACES = ("after", "page")
LONGEST_ERROR = 200


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
    basis = shown_basis(request)
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
            if may_import:
                context["rebuild_failed"] = _failed_rebuild(basis)
        context["known_at"] = _known_at(request, basis)
    return context


def _failed_rebuild(basis: Basis) -> str:
    """That the newest computation for these data failed, and why; blank where it did not. For those who can act."""
    run = RebuildRun.objects.filter(data_version=basis.version, finished_at__isnull=False).first()
    if run is None or run.finished_at is None or not run.error:
        return ""
    facts = {
        "day": wording.dated(timezone.localtime(run.finished_at), "j F Y, H:i"),
        "error": run.error.splitlines()[0][:LONGEST_ERROR],
    }
    return (
        _(
            "The last computation of five-year windows failed on %(day)s UTC: %(error)s. Until one succeeds, pages "
            "compute the windows of these data themselves, more slowly; it is tried again by itself."
        )
        % facts
    )


def _known_at(request: HttpRequest, basis: Basis) -> dict[str, Any]:
    """The day at which the figures of the page were known (None: now), the way back to those of now, and the choice.

    The choice is of the releases, newest first, and of the asked day where it is that of none; `kept` is what the
    address asks beside it. A place in a list is not kept: another date has another list.
    """
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in {"known_at", *PLACES} and value.strip()
    ]
    days: set[date] = {release.date for release in basis.releases} | ({basis.known_at} if basis.known_at else set())
    return {
        "day": basis.known_at,
        "now_url": with_query(request.path, urlencode(kept)),
        "kept": kept,
        "newest": basis.releases[-1].date,
        "days": sorted(days - {basis.releases[-1].date}, reverse=True),
    }
