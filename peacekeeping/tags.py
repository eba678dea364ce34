"""Tags of answers (ETag): another one for everything that an answer rests on, and whether a client names it."""

from hashlib import sha256

from django.http import HttpRequest
from django.utils.http import parse_etags


def tag_of(*said: str) -> str:
    """A weak tag of all that is said: other words are another tag."""
    return f'W/"{sha256(repr(said).encode()).hexdigest()[:32]}"'


def is_named(request: HttpRequest, tag: str) -> bool:
    """Whether If-None-Match names this very tag, weakly compared. `*` names none: it is of any answer, not of this."""
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    return tag.removeprefix("W/") in {named.removeprefix("W/") for named in tags}
