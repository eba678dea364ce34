"""What all addresses of the API have in common: formats, tags of freshness, and how an answer goes out.

`@resource` makes a view of a function that reads the request and returns an Answer. An answer carries an ETag of what
it rests on (the data, the code that counts them, who sees them, the address), so that a client who has it already is
told so before anything is counted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language
from rest_framework.decorators import api_view
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from casualties.api.access import viewer
from casualties.api.asking import basis_of
from casualties.api.formats import Csv, Json
from peacekeeping.keeping import kept
from peacekeeping.tables.writing import csv_lines

METHODS = ["GET", "HEAD"]
HERE = Path(__file__).resolve().parents[2]
PACKAGES = ("casualties", "missions", "peacekeeping")  # what counts, names and writes
LONGEST_KEPT = 100_000  # bytes; the cache lies in the memory of the queue
# A second has to be over before its number names one state of the data alone.
SETTLED = timedelta(seconds=2)


@dataclass(frozen=True)
class Answer:
    """What goes out: bytes, or blocks of them. `name`: of a file. `following`: the address of the next page."""

    content: bytes | Iterator[bytes]
    name: str = ""
    following: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


View = Callable[..., Answer]


def resource(
    *formats: type[BaseRenderer], scope: str = "", also: Callable[[], str] | None = None, keep: bool = False
) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """A view of the API. `scope`: what a token must carry. `also`: what its answer rests on beside the data.

    With `keep` an answer is kept in the cache under its ETag, which names everything that it rests on.
    """

    def make(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.state = state = state_of(request, also() if also else "")  # type: ignore[attr-defined]
            etag = _etag(request, state)
            changed = _last_modified(request) if also is None else None

            def asked() -> Answer:
                return view(request, *args, **kwargs)

            def found() -> Answer:
                return kept(f"api:{etag}", asked, worth=_is_short) if keep else asked()

            unchanged = get_conditional_response(request._request, etag=etag, last_modified=changed)
            response = unchanged if unchanged is not None else _sent(request, found())
            response["ETag"] = etag
            if changed is not None:
                response["Last-Modified"] = http_date(changed)
            response["Data-Version"] = str(basis_of(request).version)
            patch_cache_control(response, no_cache=True, **{"private" if _known(request) else "public": True})
            patch_vary_headers(response, ["Accept", "Authorization", "Cookie"])
            return response

        made = api_view(METHODS)(answer)
        made.cls.renderer_classes = list(formats or (Json, Csv))
        made.cls.http_method_names = [method.lower() for method in METHODS]  # without OPTIONS, which says nothing here
        made.cls.api_scope = scope  # type: ignore[attr-defined]
        return made

    return make


def state_of(request: Request, also: str = "") -> str:
    """Names the state of the data: its version and when it was reached (after a restore the number comes back)."""
    basis = basis_of(request)
    said = f"{_code()}|{basis.version}|{basis.changed_at}|{also}"
    return sha256(said.encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """Changes with the software: a figure that a new release counts otherwise is not "unchanged" to anybody."""
    found = sha256()
    for package in PACKAGES:
        for path in sorted((HERE / package).rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()


def as_json(body: Mapping[str, Any], *, following: str = "") -> Answer:
    """An object. Days and times become ISO texts, decimal numbers become numbers."""
    return Answer(orjson.dumps(body, default=float), following=following)


def listed(
    request: Request,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    said: Mapping[str, Any],
    *,
    following: str = "",
) -> Answer:
    """Rows as the client asked for them: {name: [objects], "next": address or null, ...said}, or lines of CSV."""
    if is_csv(request):
        cells = ([_cell(value) for value in row] for row in rows)
        return Answer(b"".join(csv_lines(columns, cells)), name=f"{name}.csv", following=following)
    objects = [dict(zip(columns, row, strict=True)) for row in rows]
    return as_json({name: objects, "next": following or None, **said}, following=following)


def is_csv(request: Request) -> bool:
    """Whether the answer is to be CSV."""
    return bool(request.accepted_renderer.format == "csv")


def _sent(request: Request, answer: Answer) -> HttpResponseBase:
    renderer = request.accepted_renderer
    kind = f"{renderer.media_type}; charset={renderer.charset}" if renderer.charset else renderer.media_type
    response: HttpResponse | StreamingHttpResponse
    if isinstance(answer.content, bytes):
        response = HttpResponse(answer.content, content_type=kind, headers=dict(answer.headers))
    else:
        response = StreamingHttpResponse(answer.content, content_type=kind, headers=dict(answer.headers))
        if request.method == "HEAD":
            response.close()
            response = HttpResponse(content_type=kind, headers=dict(answer.headers))
    if answer.name:
        response["Content-Disposition"] = f'attachment; filename="{answer.name}"'
    if answer.following:
        response["Link"] = f'<{answer.following}>; rel="next"'
    return response


def _is_short(answer: Answer) -> bool:
    return isinstance(answer.content, bytes) and len(answer.content) <= LONGEST_KEPT


def _etag(request: Request, state: str) -> str:
    """The same address, asked with the same rights in the same language, has one tag for each state of the data."""
    said = (state, viewer(request).cache_key, str(get_language()), request.accepted_renderer.format, _address(request))
    return f'W/"{sha256(repr(said).encode()).hexdigest()[:32]}"'


def _address(request: Request) -> str:
    """With the host, which stands in the addresses of next pages."""
    plain: HttpRequest = request._request
    return plain.build_absolute_uri()


def _last_modified(request: Request) -> int | None:
    """When the data changed; None while that second is not over, or where rights decide too what is seen."""
    changed = basis_of(request).changed_at
    if changed is None or viewer(request).missions != frozenset() or timezone.now() - changed < SETTLED:
        return None
    return int(changed.timestamp())


def _known(request: Request) -> bool:
    return request.auth is not None or request.user.is_authenticated


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
