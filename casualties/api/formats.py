"""In which form an answer goes out: ?format= says it, else the header Accept; JSON where neither minds.

The classes name formats; what is written is up to casualties.api.answering.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from casualties.api.problems import Refused
from casualties.filters import FilterProblem

PARAMETER = "format"


class Json(BaseRenderer):
    """Objects."""

    media_type, format, charset = "application/json", "json", None


class Csv(BaseRenderer):
    """Lines, with the names of the columns first."""

    media_type, format, charset = "text/csv", "csv", "utf-8"


class Parquet(BaseRenderer):
    """Columns with their types, for programs that read tables."""

    media_type, format, charset = "application/vnd.apache.parquet", "parquet", None


class ByFormatOrAccept(DefaultContentNegotiation):
    """?format= before Accept, so that an address alone names the answer; a format that is not given is refused."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The renderer and its media type. Raises Refused for a bad format, NotAcceptable for an Accept of others."""
        asked = list(dict.fromkeys(value.strip() for value in request.query_params.getlist(PARAMETER) if value.strip()))
        if not asked:
            renderer, media_type = super().select_renderer(request, renderers, format_suffix)
            return renderer, media_type
        allowed = tuple(renderer.format for renderer in renderers)
        if len(asked) > 1:
            raise Refused(FilterProblem(PARAMETER, ", ".join(asked), _("may be given once only"), allowed))
        for renderer in renderers:
            if renderer.format == asked[0]:
                return renderer, renderer.media_type
        raise Refused(FilterProblem(PARAMETER, asked[0], _("is not a format of this address"), allowed))
