"""Changes of level as a table: for each cause the year with its uncertainty in plain words, or why none is named."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from casualties.charts import wording
from casualties.charts.embed import Cell, Heading, Row, Table, cell, words
from casualties.charts.trend_verdicts import of_the, p_words
from casualties.trends.cause_changes import CauseChange
from casualties.trends.cause_tests import Subject
from casualties.trends.change_points import FEWEST_PERSONS, FEWEST_YEARS, LevelChange, NoChange


def level_changes(changes: Sequence[CauseChange], *, outcome: str) -> Table:
    """A row for each cause: what changed when, the level before and after, the p-value, the years looked at."""
    headings = (
        Heading(text=_("Cause"), number=False),
        Heading(text=_("Of the"), number=False),
        Heading(text=_("What is found"), number=False),
        Heading(text=_("A year before")),
        Heading(text=_("A year since")),
        Heading(text=_("p-value")),
        Heading(text=_("Years"), number=False),
    )
    return Table(headings=headings, rows=tuple(_row(one, outcome) for one in changes))


def in_words(found: LevelChange) -> str:
    """ "the level changed around 1992 (95% interval: 1990 to 1994)", or why no year is named."""
    if found.year is None:
        return {
            NoChange.FEW_YEARS: _("not looked for: fewer than %(n)s years") % {"n": wording.number_word(FEWEST_YEARS)},
            NoChange.FEW_PERSONS: _("not looked for: fewer than %(n)s people in all") % {"n": FEWEST_PERSONS},
            NoChange.NOT_CLEAR: _("no change of level that can be told from chance"),
            NoChange.NONE: "",
        }[found.reason]
    facts = {"year": found.year, "low": found.low, "high": found.high}
    if found.low == found.high:
        return _("the level changed around %(year)s (95%% interval: that year alone)") % facts
    return _("the level changed around %(year)s (95%% interval: %(low)s to %(high)s)") % facts


def _row(one: CauseChange, outcome: str) -> Row:
    found = one.found
    return Row(
        cells=(
            words(wording.cause_label(one.cause)),
            words(of_the(one.subject, outcome)),
            words(in_words(found)),
            _level(found.before, one.subject),
            _level(found.after, one.subject),
            cell(None) if found.p_value is None else Cell(text=p_words(found.p_value)),
            words(wording.years(found.first_year, found.last_year) if found.years else ""),
        )
    )


def _level(value: float | None, subject: Subject) -> Cell:
    """People a year, or per 1,000 person-years."""
    if value is None:
        return cell(None)
    if subject == Subject.RATE:
        return Cell(text=wording.rate(1000 * value))
    return Cell(text=wording.in_figures(f"{value:,.1f}"))
