"""Whether we live (/healthz) and whether figures can be read (/readyz)."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casualties.trends.rebuild import built_version
from casualties.views.access import everybody
from missions.models import DataVersion, current_release


@everybody
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers and its database does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})


@everybody
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 only when data are loaded and the trends of just that version of the data are built."""
    try:
        release, version, built = current_release(), DataVersion.current(), built_version()
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    if release is None:
        return JsonResponse({"status": "no data are loaded"}, status=503)
    if built != version:
        return JsonResponse({"status": "trends are being built", "data_version": version, "built": built}, status=503)
    return JsonResponse({"status": "ready", "release": release.date.isoformat(), "data_version": version})
