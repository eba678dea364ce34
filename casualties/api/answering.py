"""What all addresses of the API have in common: formats, tags of freshness, and how an answer goes out.

`@resource` makes a view of a function that reads the request and returns an Answer. An answer carries an ETag of what
it rests on (the data, the software that counts them, who sees them, the address), so that a client who has it already
is told so before anything is counted: such a tag can only have come from a good answer. Every other condition (*, a
date) is looked at when there is an answer, so that a refusal is never "unchanged".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import wraps
from hashlib import sha256
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
from casualties.exports.sent import SentFile
from peacekeeping.keeping import kept
from peacekeeping.software import software
from peacekeeping.tables.writing import csv_lines
from peacekeeping.tags import is_named, tag_of

METHODS = ["GET", "HEAD"]
LONGEST_KEPT = 100_000  # bytes; the cache lies in the memory of the queue
# A second has to be over before its number names one state alone.
SETTLED = timedelta(seconds=2)


@dataclass(frozen=True)
class Answer:
    """What goes out: bytes, or a file in blocks. `name`: of a file. `following`: the address of the next page.

    `leaving` gives the blocks of a file in the place of its own, once it is certain that they go out.
    """

    content: bytes | SentFile
    name: str = ""
    leaving: Callable[[], Iterator[bytes]] | None = None
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

            def worth(found: Answer) -> bool:
                return _is_short(found) and basis_of(request).is_committed

            def conditional() -> HttpResponseBase | None:
                return get_conditional_response(request._request, etag=etag, last_modified=changed)

            response = conditional() if is_named(request._request, etag) else None
            if response is None:
                found = kept(f"api:{etag}", asked, worth=worth) if keep else asked()
                response = conditional()
                if response is None:
                    response = _sent(request, found)
                elif isinstance(found.content, SentFile):
                    found.content.close()
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
    """Names the state of data and software (Basis.state), and of what else the answer rests on."""
    return sha256(f"{basis_of(request).state}|{also}".encode()).hexdigest()[:16]


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
    headers = dict(answer.headers)
    response: HttpResponse | StreamingHttpResponse
    if isinstance(answer.content, bytes):
        response = HttpResponse(answer.content, content_type=kind, headers=headers)
    elif request.method == "HEAD":
        answer.content.close()
        response = HttpResponse(content_type=kind, headers=headers)
    else:
        blocks = answer.leaving() if answer.leaving else answer.content.blocks
        response = StreamingHttpResponse(blocks, content_type=kind, headers=headers)
    if answer.name:
        response["Content-Disposition"] = f'attachment; filename="{answer.name}"'
    if answer.following:
        response["Link"] = f'<{answer.following}>; rel="next"'
    return response


def _is_short(answer: Answer) -> bool:
    return isinstance(answer.content, bytes) and len(answer.content) <= LONGEST_KEPT


def _etag(request: Request, state: str) -> str:
    """The same address, asked with the same rights in the same language, has one tag for each state of the data."""
    form = str(request.accepted_renderer.format)
    return tag_of(state, viewer(request).cache_key, str(get_language()), form, _address(request))


def _address(request: Request) -> str:
    """With the host, which stands in the addresses of next pages."""
    plain: HttpRequest = request._request
    return plain.build_absolute_uri()


def _last_modified(request: Request) -> int | None:
    """When the data or the software changed; None while that second is not over, or where rights too decide."""
    changed = basis_of(request).changed_at
    if changed is None or viewer(request).missions != frozenset():
        return None
    changed = max(changed, datetime.fromtimestamp(software().since, UTC))
    return None if timezone.now() - changed < SETTLED else int(changed.timestamp())


def _known(request: Request) -> bool:
    return request.auth is not None or request.user.is_authenticated


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
