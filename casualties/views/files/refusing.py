"""Files that are not given: in plain text, with a status of its own."""

from collections.abc import Sequence

from django.http import HttpResponse

from casualties.filters import FilterProblem


def refusal(problems: Sequence[FilterProblem]) -> HttpResponse:
    """400: every parameter that is wrong, why, and what is allowed."""
    lines = []
    for problem in problems:
        lines.append(f"{problem}.")
        if problem.allowed:
            lines.append(f"  allowed: {', '.join(problem.allowed)}")
    return plain("\n".join(lines), 400)


def not_to_be_told(reason: Exception) -> HttpResponse:
    """409: what the loaded data cannot tell."""
    return plain(str(reason), 409)


def come_again(reason: Exception) -> HttpResponse:
    """503: the data changed while the file was made."""
    response = plain(str(reason), 503)
    response["Retry-After"] = "1"
    return response


def plain(text: str, status: int) -> HttpResponse:
    """A sentence instead of a file."""
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
