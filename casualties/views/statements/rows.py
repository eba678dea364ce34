"""A published statement as a row: what was said, what the data said when it was last checked, and the way to both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.choices import Measure, Verdict
from casualties.filters import Selection, years_in_words
from casualties.models import Statement, StatementCheck
from casualties.statements import EXACT, SCOPE_NAMES, difference_words, latest_checks, number_words, selected, until_of
from casualties.templatetags.figures import shortdate
from casualties.views.addresses import casualties_csv_url, incidents_url
from casualties.views.scope_bar import scope_with_causes

SIGNS = {Verdict.HOLDS: "✓", Verdict.DIFFERS: "≠", Verdict.CONTRADICTED: "✕", Verdict.NOT_CHECKED: ""}
CLASSES = {Verdict.HOLDS: "match", Verdict.DIFFERS: "differs", Verdict.CONTRADICTED: "contra", Verdict.NOT_CHECKED: ""}
# The number found is that of the people themselves, so it leads to them; a rate and a change are made of two numbers.
OF_PEOPLE = set(Measure) - {Measure.RATE, Measure.CHANGE}


@dataclass(frozen=True, kw_only=True)
class StatementRow:
    """`check` is None until the statement was checked for the first time."""

    statement: Statement
    check: StatementCheck | None
    selection: Selection

    @property
    def url(self) -> str:
        return reverse("statement", args=[self.statement.key])

    @property
    def published(self) -> str:
        return shortdate(self.statement.published_on, self.statement.published_precision)

    @property
    def verdict(self) -> Verdict | None:
        return Verdict(self.check.verdict) if self.check else None

    @property
    def verdict_word(self) -> str:
        return str(self.verdict.label) if self.verdict else _("Not checked yet")

    @property
    def sign(self) -> str:
        return SIGNS[self.verdict] if self.verdict else ""

    @property
    def verdict_class(self) -> str:
        return CLASSES[self.verdict] if self.verdict else ""

    @property
    def said(self) -> str:
        """ "195", "more than 3,500", "highest window", "highest since 1996"."""
        measure, value = Measure(self.statement.measure), self.statement.value
        if measure == Measure.RANK_1_WINDOW:
            return _("highest window")
        if measure == Measure.HIGHEST_SINCE:
            return _("highest since %(year)s") % {"year": self.statement.since}
        number = number_words(measure, value)
        bounds = (Measure.AT_LEAST, Measure.MORE_THAN, Measure.FEWER_THAN)
        return f"{measure.label} {number}" if measure in bounds else number

    @property
    def now(self) -> str:
        return number_words(self.statement.measure, self.found)

    @property
    def until(self) -> date | None:
        """The last day with figures, where the period ends after the release: the number is provisional."""
        return until_of(self.check) if self.check else None

    @property
    def provisional(self) -> str:
        """What stands with a provisional number: its mark, and the day up to which it goes."""
        return _("p, to %(day)s") % {"day": wording.dated(self.until, "j F Y")} if self.until else ""

    @property
    def found(self) -> Decimal | None:
        return self.check.found if self.check else None

    @property
    def difference(self) -> str:
        """Found minus said; – of bounds and comparisons, which are no numbers to be met, and of provisional numbers."""
        if self.statement.measure not in EXACT or self.until:
            return wording.NOT_AVAILABLE
        return difference_words(self.statement.measure, self.statement.value, self.found)

    @property
    def reading(self) -> str:
        """The selection in words: "2013 to 2017; all peace operations, all personnel; malicious act"."""
        parts = [period_words(self.selection), scope_with_causes(self.selection)]
        if self.selection.outcome == "injury":
            parts.append(_("injuries"))
        return _("; ").join(part for part in parts if part)

    @property
    def period(self) -> str:
        """The period it speaks of; all years where it names none."""
        return period_words(self.selection) or _("all years")

    @property
    def claim_scope(self) -> str:
        """The scope that was read, with causes, for the scope bar."""
        return scope_with_causes(self.selection)

    @property
    def people_url(self) -> str:
        """The incidents behind the number, under the very selection; blank where the data do not have it."""
        return "" if self.found is None or self.selection.problems else incidents_url(self.selection)

    @property
    def number_url(self) -> str:
        return self.people_url if self.statement.measure in OF_PEOPLE else ""

    @property
    def csv_url(self) -> str:
        return casualties_csv_url(self.selection) if self.people_url else ""

    @property
    def is_stale(self) -> bool:
        """Whether the data, or the statement, are others than those of its check."""
        check = self.check
        return (
            check is None or check.data_version != self.selection.basis.version or check.asked != self.statement.asked
        )


@dataclass(frozen=True, kw_only=True)
class ScopeLine:
    """One named scope of a check: its number, what is as high or higher, whether it makes the statement true."""

    name: str
    number: str
    url: str
    others: str
    matches: bool
    is_read: bool
    reason: str


def rows_of(statements: Iterable[Statement], selection: Selection) -> list[StatementRow]:
    """Rows with their newest checks; `selection` is any of the page, for what all of them rest on."""
    statements = list(statements)
    checks = latest_checks(statements)
    return [
        StatementRow(
            statement=statement,
            check=checks.get(statement.pk),
            selection=selected(statement.selection, basis=selection.basis),
        )
        for statement in statements
    ]


def scope_lines(row: StatementRow) -> list[ScopeLine]:
    """What the newest check found under each named scope, the one that was read first."""
    if row.check is None:
        return []
    lines = []
    for kept in row.check.scopes:
        number = None if kept["number"] is None else Decimal(kept["number"])
        is_read = kept["scope"] == row.selection.scope
        scope = {"scope": None if kept["scope"] == "all" else kept["scope"]}
        leads = number is not None and row.statement.measure in OF_PEOPLE
        lines.append(
            ScopeLine(
                name=wording.capitalised(SCOPE_NAMES[kept["scope"]]),
                number=number_words(row.statement.measure, number),
                url=incidents_url(row.selection, **scope) if leads else "",
                others=", ".join(
                    f"{wording.years(first, last)} ({wording.count(n)})" for first, last, n in kept["others"]
                ),
                matches=kept["matches"],
                is_read=is_read,
                reason=kept["reason"] or (_("not settled yet") if _is_open(row, kept) else ""),
            )
        )
    return lines


def _is_open(row: StatementRow, kept: dict[str, Any]) -> bool:
    """Whether a scope of an unfinished period neither makes the statement true nor has passed it already."""
    value, measure = row.statement.value, row.statement.measure
    number = None if kept["number"] is None else Decimal(kept["number"])
    passed = measure == Measure.FEWER_THAN and value is not None and number is not None and number >= value
    return bool(kept.get("until")) and not kept["matches"] and not passed


def period_words(selection: Selection) -> str:
    """ "2013 to 2017", "to 7 Apr 2018", "1 Jun 2014 to 31 Oct 2014"."""
    if not selection.by_day:
        return years_in_words(selection)
    first, last = (wording.dated(day, "j M Y") if day else "" for day in selection.days)
    if first and last:
        return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
    return _("since %(first)s") % {"first": first} if first else _("to %(last)s") % {"last": last}
