"""Pages speak the reader's language; files and the API speak one language, so that a program can rely on them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

FOR_PROGRAMS = ("/api/", "/admin/", "/healthz", "/readyz")
FILES = (".csv", ".xlsx", ".json", ".parquet", ".zip")


class ReadersLanguage(LocaleMiddleware):
    """The language that was chosen in the foot of a page, else the first of the browser's that is spoken here."""

    def process_request(self, request: HttpRequest) -> None:
        if is_page(request.path):
            super().process_request(request)
        else:
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not is_page(request.path):
            return response
        patch_vary_headers(response, ("Cookie",))
        return super().process_response(request, response)


def is_page(path: str) -> bool:
    """Whether an address answers with a page, and not with a file, the API or the administrators' tables."""
    return not path.startswith(FOR_PROGRAMS) and not path.endswith(FILES)


@csrf_exempt  # what it changes is no secret and costs nobody anything; pages stay free of a token for each reader
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie and go back to the page (`next`, on this site only)."""
    return set_language(request)
