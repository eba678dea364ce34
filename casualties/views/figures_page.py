"""The page of a selection's figures, or what is said instead: one order of questions for all pages of one series."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casualties.counts import NotAvailable
from casualties.filters import FilterProblem, Selection
from casualties.views import states
from casualties.views.figures_cache import for_reader, kept


def figures_page(
    request: HttpRequest,
    selection: Selection,
    template: str,
    make: Callable[[Selection], dict[str, Any]],
    *,
    name: str,
    heading: str,
    back: str,
    own: str = "",
    problems: Sequence[FilterProblem] | None = None,
    beside: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """`template` with what `make` says of the selection, kept under `name` and `own` while the data stand.

    `problems`: those of the selection and of the page's own parameters, where it has some. `beside`: context that is
    the request's and is not kept. Refused selections, an empty database and figures that the data do not have get the
    pages of `states`, with `heading` and the way `back`.
    """
    problems = selection.problems if problems is None else problems
    if problems:
        return states.refused(request, problems, heading=heading, back=back)
    if selection.release is None:
        return states.nothing_loaded(request)
    shown = states.deaths_beside_injuries(selection)
    try:
        page = kept(name, shown, lambda: make(shown), own=own)
    except NotAvailable as reason:
        return states.not_available(request, str(reason), heading=heading, back=back)
    return for_reader(request, render(request, template, {**page, **(beside or {})}))
