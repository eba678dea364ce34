"""Tests of trend as a table, each with its verdict in plain words, its p-value and what test it was."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.charts.embed import Cell, Heading, Row, Table, cell, words
from casualties.choices import Outcome
from casualties.trends.cause_tests import CauseTest, Period, Subject
from casualties.trends.trend_tests import (
    FEWEST_PERSONS,
    FEWEST_YEARS,
    YEARS_WITH_PERSONS,
    Method,
    NoTest,
    TrendTest,
    Unit,
)


def verdicts(tests: Sequence[CauseTest], period: Period, *, outcome: str) -> Table:
    """A row for each test of the period: cause, verdict, change a year with its interval, p-value, the test."""
    headings = (
        Heading(text=_("Cause"), number=False),
        Heading(text=_("Of the"), number=False),
        Heading(text=_("Verdict"), number=False),
        Heading(text=_("Change a year")),
        Heading(text=_("95% interval")),
        Heading(text=_("p-value")),
        Heading(text=_("Test"), number=False),
    )
    rows = tuple(_row(one, outcome) for one in tests if one.period == period)
    return Table(headings=headings, rows=rows)


def verdicts_title(tests: Sequence[CauseTest], period: Period) -> str:
    """ "Of 13 tests of trend three show a rise, seven show a fall and three cannot be told from chance"."""
    chosen = [one.test for one in tests if one.period == period]
    made = [test for test in chosen if test.method != Method.NONE]
    if not made:
        return _("Too few people, or too few years, for a test of trend")
    rising = sum(1 for test in made if test.significant and test.rises)
    falling = sum(1 for test in made if test.significant and not test.rises)
    chance = len(made) - rising - falling
    tested = ngettext("Of %(n)s test of trend", "Of %(n)s tests of trend", len(made)) % {
        "n": wording.number_word(len(made))
    }
    if chance == len(made):
        return _("%(tested)s none shows a trend that can be told from chance") % {"tested": tested}
    counted = [
        (ngettext("%(n)s shows a rise", "%(n)s show a rise", rising), rising),
        (ngettext("%(n)s shows a fall", "%(n)s show a fall", falling), falling),
        (ngettext("%(n)s cannot be told from chance", "%(n)s cannot be told from chance", chance), chance),
    ]
    parts = [said % {"n": wording.number_word(n)} for said, n in counted if n]
    return f"{tested} {wording.listed(parts)}"


def verdict(test: TrendTest) -> str:
    """One test in plain words: "fell by 4.1% a year", "no trend that can be told from chance", or why there is none."""
    if test.method == Method.NONE:
        return _("not tested: %(reason)s") % {"reason": _reason(test.reason)}
    if not test.significant:
        return _("no trend that can be told from chance")
    facts = {"change": _measure(abs(test.estimate or 0), test.unit, sign=False)}
    if abs(test.estimate or 0) < 0.05:
        return _("rose, by next to nothing") if test.rises else _("fell, by next to nothing")
    return (_("rose by %(change)s") if test.rises else _("fell by %(change)s")) % facts


def p_words(p_value: float) -> str:
    """ "<0.001", three decimals below 0.1, else two."""
    written = "<0.001" if p_value < 0.001 else f"{p_value:.3f}" if p_value < 0.1 else f"{p_value:.2f}"
    return wording.in_figures(written)


def _row(one: CauseTest, outcome: str) -> Row:
    test = one.test
    name = words(wording.cause_label(one.cause))
    of = words(of_the(one.subject, outcome))
    if test.method == Method.NONE or test.p_value is None:
        return Row(cells=(name, of, words(verdict(test)), cell(None), cell(None), cell(None), words("")))
    between = _("%(low)s to %(high)s") % {"low": _signed(test.low or 0), "high": _signed(test.high or 0)}
    return Row(
        cells=(
            name,
            of,
            words(verdict(test)),
            Cell(text=_measure(test.estimate or 0, test.unit, sign=True)),
            Cell(text=between),
            Cell(text=p_words(test.p_value)),
            words(f"{_test_name(test)}, {wording.years(test.first_year, test.last_year)}"),
        )
    )


def of_the(subject: Subject, outcome: str) -> str:
    """Of what a test is, as a cell says it."""
    number = _("number of deaths") if outcome == Outcome.FATALITY else _("number of injuries")
    return {Subject.RATE: _("rate"), Subject.NUMBER: number, Subject.SHARE: _("share")}[subject]


def _test_name(test: TrendTest) -> str:
    return _("Poisson regression") if test.method == Method.QUASI_POISSON else _("Mann-Kendall")


def _measure(change: float, unit: Unit, *, sign: bool) -> str:
    said = _signed(change) if sign else _signed(change).lstrip("+")
    if unit == Unit.PERCENT:
        return _("%(n)s%%") % {"n": said} if sign else _("%(change)s%% a year") % {"change": said}
    return _("%(change)s people") % {"change": said} if sign else _("%(change)s people a year") % {"change": said}


def _signed(value: float) -> str:
    rounded = Decimal(repr(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    sign = "+" if rounded > 0 else wording.MINUS if rounded < 0 else ""
    return wording.in_figures(f"{sign}{abs(rounded):,.1f}")


def _reason(reason: NoTest) -> str:
    return {
        NoTest.NO_YEAR: _("no year has figures"),
        NoTest.FEW_YEARS: _("fewer than %(n)s years") % {"n": wording.number_word(FEWEST_YEARS)},
        NoTest.FEW_PERSONS: _("fewer than %(n)s people in all") % {"n": wording.number_word(FEWEST_PERSONS)},
        NoTest.PERSONS_IN_FEW_YEARS: _("people in fewer than %(n)s of the years")
        % {"n": wording.number_word(YEARS_WITH_PERSONS)},
        NoTest.ALL_EQUAL: _("every year has the same number"),
        NoTest.IRREGULAR: _("too irregular for a regression"),
        NoTest.NONE: "",
    }[reason]
