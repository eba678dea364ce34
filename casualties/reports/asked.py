"""What an address, or a report that is kept, asks: the report, its selection, which small numbers are hidden."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from casualties.filters import Basis, FilterProblem, Parameters, Selection, Viewer, one_word, select
from casualties.reports.building import BUILD, Definition, built, definition_of
from casualties.reports.building import OWN as OF_BUILDING
from casualties.reports.statutory import REPORTS, Report
from casualties.reports.suppression import THRESHOLDS, suppressed
from casualties.reports.tables import ReportTable, ReportTooLarge, report_table, selection_for

ALLOWED = ("0", *(str(below) for below in THRESHOLDS))
NAMES = (*REPORTS, BUILD)
# Which numbers give others away is a question of all sums at once, whose time grows with the third power of the numbers
# that may be hidden; a 0 never is.
MOST_NUMBERS_HIDDEN = 3_000


@dataclass(frozen=True)
class Asked:
    """`asked` is the selection of the address, `counted` that of the report; `suppress` 0: nothing is hidden.

    `own` is what the address says of the report itself. With problems there are no figures.
    """

    report: Report
    asked: Selection
    counted: Selection
    suppress: int
    problems: tuple[FilterProblem, ...]
    own: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The report's, with the year of a report of one year, which nobody may have asked for; (p): still open."""
        year = self.counted.one("from") or (self.counted.one("date_from") or "")[:4]
        if not self.report.one_year or not year or self.problems:
            return str(self.report.title)
        words = {"title": self.report.title, "year": year}
        open_year = int(year) == self.counted.basis.last_covered_year
        return (_("%(title)s, %(year)s (p)") if open_year else _("%(title)s, %(year)s")) % words

    @property
    def query_string(self) -> str:
        """All of it as it stands in an address: canonical."""
        return self.query_of(self.asked, self.suppress)

    @property
    def settled(self) -> str:
        """The same with what the report itself settled (months are of one year): the query that is signed."""
        return self.query_of(self.counted, self.suppress)

    def query_of(self, selection: Selection, suppress: int) -> str:
        """The query of this report for a selection."""
        below = [("suppress", str(suppress))] if suppress else []
        return "&".join(part for part in (urlencode(self.own), selection.query_string, urlencode(below)) if part)


def own_parameters(name: str) -> tuple[str, ...]:
    """What the address of a report takes beside a selection."""
    return ("suppress", *OF_BUILDING) if name == BUILD else ("suppress",)


def asked_of(name: str, selection: Selection, params: Parameters) -> Asked:
    """Join a report (one of NAMES) and a selection; `params` say what else is asked. Nothing is counted."""
    problems = list(selection.problems)
    suppress = _suppress(params, problems)
    own: tuple[tuple[str, str], ...] = ()
    if name != BUILD:
        report = REPORTS[name]
    else:
        definition = definition_of(params)
        report, own = _built(definition, selection, problems), tuple(definition.pairs)
    counted = selection
    if name != BUILD or not problems:  # what is built and cannot be has said so of its outcome already
        counted, wrong = selection_for(report, selection)
        problems += wrong
    return Asked(report, selection, counted, 0 if problems else suppress, tuple(problems), own)


def ask(name: str, query: str, viewer: Viewer, basis: Basis) -> Asked:
    """A report out of a query that was kept."""
    given = QueryDict(query)
    return asked_of(name, select(given, viewer, own=own_parameters(name), basis=basis), given)


def table_of(asked: Asked) -> ReportTable:
    """Count what is asked, and hide small numbers. Raises NotAvailable, and ReportTooLarge."""
    table = report_table(asked.report, asked.counted)
    numbers = sum(bool(cell.figure) for line in table.lines for cell in (*line.cells, line.total))
    if asked.suppress and numbers > MOST_NUMBERS_HIDDEN:
        raise ReportTooLarge(numbers, MOST_NUMBERS_HIDDEN)
    return suppressed(table, asked.suppress)


def too_large(reason: ReportTooLarge, asked: Asked) -> FilterProblem:
    """A table that is too large, as what is wrong with the address."""
    facts = {"cells": f"{reason.cells:,}", "most": f"{reason.most:,}"}
    if asked.suppress:
        words = _(
            "cannot be worked out for a table of %(cells)s numbers above 0, which is more than %(most)s: narrow the "
            "selection"
        )
        return FilterProblem("suppress", str(asked.suppress), words % facts)
    words = _("gives a table of %(cells)s cells, which is more than %(most)s: narrow the selection")
    name, value = ("columns", asked.report.columns) if asked.report.columns else ("rows", ", ".join(asked.report.rows))
    return FilterProblem(name, value, words % facts)


def _built(definition: Definition, selection: Selection, problems: list[FilterProblem]) -> Report:
    if not definition.is_asked:
        problems.append(FilterProblem("rows", "", _("is needed, to say what the lines are")))
    if definition.problems or not definition.rows:
        problems.extend(definition.problems)
        return Report(name=BUILD, title=_("Build a report"), rows=())
    report, wrong = built(definition, selection)
    problems.extend(wrong)
    return report


def _suppress(params: Parameters, problems: list[FilterProblem]) -> int:
    return int(one_word(params, "suppress", ALLOWED, problems) or 0)
