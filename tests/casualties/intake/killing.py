"""An import that is killed at a step of its way, and all that it could have left."""

from collections.abc import Callable

from casualties.models import AnnualTally, Casualty, CasualtyVersion, Incident


class Killed(BaseException):
    """Like KeyboardInterrupt: nobody catches it on the way."""


def everything() -> list[list[tuple[object, ...]]]:
    """All rows of all tables that an import writes, but for the batches."""
    tables = [Casualty, CasualtyVersion, Incident, AnnualTally, Casualty.pgh_event_models["insert"]]  # type: ignore[attr-defined]
    return [sorted(model.objects.values_list(), key=repr) for model in tables]


def killer(real: Callable[..., object], *, after: bool) -> Callable[..., object]:
    """The step `real`, killed before or after it was done."""

    def step(*arguments: object, **options: object) -> object:
        if after:
            real(*arguments, **options)
        raise Killed

    return step
