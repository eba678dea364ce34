"""What a file's address says beside its selection: words of a list, one word of several, a switch."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from casualties.filters import FilterProblem, first_word
from casualties.views.files.frames import SWITCH


def listed(request: HttpRequest, name: str) -> list[str]:
    """Words of a parameter, separated by commas or given again and again."""
    words = [word.strip() for value in request.GET.getlist(name) for word in value.split(",")]
    return list(dict.fromkeys(word for word in words if word))


def word(request: HttpRequest, name: str, allowed: tuple[str, ...], problems: list[FilterProblem]) -> str:
    """One of the allowed words, "" when none is given. That two were given is a problem of the selection already."""
    given = first_word(request.GET, name)
    if given and given not in allowed:
        problems.append(FilterProblem(name, given, _("is not one of the allowed values"), allowed))
    return given


def switch(request: HttpRequest, name: str, problems: list[FilterProblem]) -> bool:
    """Whether it says 1."""
    return word(request, name, SWITCH, problems) == "1"
