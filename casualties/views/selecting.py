"""From a request to its selection, once per request."""

from collections.abc import Collection
from dataclasses import replace

from django.http import HttpRequest
from django.utils import timezone

from casualties.filters import Basis, FilterProblem, Fixed, Selection, Viewer, load_basis, one_word, select, viewer_of


def basis_of(request: HttpRequest) -> Basis:
    """What figures rest on, read once: all figures of one page are of one version of the data."""
    if not hasattr(request, "_basis"):
        request._basis = load_basis()  # type: ignore[attr-defined]
    return request._basis  # type: ignore[attr-defined,no-any-return]


def viewer(request: HttpRequest) -> Viewer:
    """What the signed-in user, or the anonymous reader, may see today."""
    if not hasattr(request, "_viewer"):
        request._viewer = viewer_of(request.user, on=timezone.localdate())  # type: ignore[attr-defined]
    return request._viewer  # type: ignore[attr-defined,no-any-return]


def selection_of(
    request: HttpRequest,
    *,
    own: Collection[str] = (),
    several: Collection[str] = (),
    fixed: Fixed | None = None,
) -> Selection:
    """The selection of the address's query string (see casualties.filters.select); the frame says as known when.

    Of the endpoint's `own` parameters only those of `several` may be said more than once: to follow the last of two
    values would be to ignore the first.
    """
    selection = select(request.GET, viewer(request), own=own, fixed=fixed, basis=basis_of(request))
    twice: list[FilterProblem] = []
    for name in own:
        if name not in several:
            one_word(request.GET, name, (), twice)
    if twice:
        selection = replace(selection, problems=(*selection.problems, *twice))
    request._selection = selection  # type: ignore[attr-defined]
    return selection


def selection_said(request: HttpRequest) -> Selection | None:
    """The selection that the request's address says, once it was read and can be answered."""
    selection: Selection | None = getattr(request, "_selection", None)
    return None if selection is None or selection.problems else selection


def shown_basis(request: HttpRequest) -> Basis:
    """What the figures of the page rest on: as known at the date that its address asks for, if it could be read."""
    selection = selection_said(request)
    return basis_of(request) if selection is None else selection.basis
