"""What a page of a report offers beside its figures: to save it under a name, and to sign it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from casualties.reports.asked import Asked
from casualties.views.addresses import with_query
from missions.models import User


def offers(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Context of _report_keep.html. Nothing of it depends on figures, and nothing of it may be cached with them."""
    user = request.user
    sign_url = ""
    if isinstance(user, User) and user.may_sign:
        sign_url = with_query(reverse("report-sign", args=[asked.report.name]), asked.query_string)
    return {"keep": {"report": asked.report.name, "query": asked.query_string, "sign_url": sign_url}}
