"""What an address of a report asks: the selection as the report counts it, and which small numbers are hidden."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from casualties.filters import FilterProblem, Selection
from casualties.reports.statutory import Report
from casualties.reports.suppression import THRESHOLDS
from casualties.reports.tables import selection_for
from casualties.views.addresses import with_query
from casualties.views.selecting import selection_of

ALLOWED = ("0", *(str(below) for below in THRESHOLDS))


@dataclass(frozen=True)
class Asked:
    """`asked` is the selection of the address, `counted` that of the report; `suppress` 0: nothing is hidden."""

    asked: Selection
    counted: Selection
    suppress: int
    problems: list[FilterProblem]

    def address(self, report: Report, form: str = "", *, suppress: int | None = None, header: bool = False) -> str:
        """The same report (or another) under the same selection: as a page, or as a file of that form."""
        url = reverse(f"report-{form}" if form else "report", args=[report.name])
        below = self.suppress if suppress is None else suppress
        own = [f"suppress={below}"] if below else []
        own += ["header=1"] if header else []
        return with_query(url, "&".join(part for part in (self.asked.query_string, *own) if part))


def asked_of(request: HttpRequest, report: Report, *own: str) -> Asked:
    """Read the address; the endpoint's `own` parameters are its own business."""
    asked = selection_of(request, own={"suppress", *own})
    counted, problems = selection_for(report, asked)
    given = list(dict.fromkeys(value.strip() for value in request.GET.getlist("suppress") if value.strip()))
    if len(given) > 1:
        problems.append(FilterProblem("suppress", ", ".join(given), _("may be given once only"), ALLOWED))
    elif given and given[0] not in ALLOWED:
        problems.append(FilterProblem("suppress", given[0], _("is not one of the allowed values"), ALLOWED))
    suppress = 0 if problems or not given else int(given[0])
    return Asked(asked, counted, suppress, problems)
