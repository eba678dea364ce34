"""What a file's address says beside its selection: words of a list, a switch."""

from django.http import HttpRequest

from casualties.filters import SWITCH, FilterProblem, Selection, allowed_word


def left_aside(asked: Selection, told: Selection) -> dict[str, str]:
    """What the lines above a file say of the filters that were asked and that its figures do not heed."""
    names = [name for name, given in asked.values.items() if told.values.get(name) != given]
    return {"left aside": ", ".join(names)} if names else {}


def listed(request: HttpRequest, name: str) -> list[str]:
    """Words of a parameter, separated by commas or given again and again."""
    words = [word.strip() for value in request.GET.getlist(name) for word in value.split(",")]
    return list(dict.fromkeys(word for word in words if word))


def switch(request: HttpRequest, name: str, problems: list[FilterProblem]) -> bool:
    """Whether it says 1."""
    return allowed_word(request.GET, name, SWITCH, problems) == "1"
