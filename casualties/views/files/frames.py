"""Frames of figures as files: what is wrong with the request, what the data cannot tell, or the file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from casualties.counts import NotAvailable
from casualties.exports.files import DataMoved
from casualties.filters import FilterProblem, Selection
from casualties.views.figures_cache import for_reader
from casualties.views.files.asking import switch
from casualties.views.files.refusing import come_again, not_to_be_told, refusal
from casualties.views.files.sending import file_of_frame, sent


@dataclass(frozen=True, kw_only=True)
class Made:
    """A frame, the selection that it is of, the name of its file, and what the file says of itself beside these."""

    name: str
    selection: Selection
    frame: pd.DataFrame
    facts: Mapping[str, str] | None = None
    meanings: Mapping[str, str] | None = None


def frame_file(
    request: HttpRequest, problems: Sequence[FilterProblem], make: Callable[[], Made], *, form: str
) -> HttpResponseBase:
    """What `make` makes, as a file of that form; 400 names the parameter, 409 says what the data cannot tell, 503
    asks to come again where the data changed meanwhile.

    `make` is called where nothing is wrong with the request, and may raise NotAvailable, as the making of the file may.
    """
    problems = list(problems)
    header = switch(request, "header", problems)
    if problems:
        return for_reader(request, refusal(problems))
    try:
        made = make()
        file = file_of_frame(
            made.frame,
            made.selection,
            name=made.name,
            form=form,
            header=header,
            facts=made.facts,
            meanings=made.meanings,
        )
    except NotAvailable as reason:
        return for_reader(request, not_to_be_told(reason))
    except DataMoved as reason:
        return for_reader(request, come_again(reason))
    return for_reader(request, sent(request, file))


def one_outcome(selection: Selection) -> list[FilterProblem]:
    """The problem of a file of both outcomes, where its figures would be added."""
    if selection.outcome != "all":
        return []
    reason = _("cannot be in one file, since deaths and injuries are never added")
    return [FilterProblem("outcome", "all", reason, ("fatality", "injury"))]
