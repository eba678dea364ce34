"""The sentences about the open year, to its last day, beside the same days of the years before. Nothing here counts."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casualties.charts import wording
from casualties.charts.filling import filled, joined
from casualties.charts.leading import Lead, lowest_and_highest, plain
from casualties.choices import Cause, Outcome
from casualties.views.sentences import happened


def so_far(
    by_cause: Mapping[str, int],
    before: Sequence[int],
    *,
    until: date,
    outcome: str = Outcome.FATALITY,
    lead: Lead = plain,
) -> str:
    """The open year up to a day by cause, beside the same days of the years before (`before`, oldest first).

    "In 2023, up to 21 November, 63 people died: 40 of illness, 8 in accidents and 7 by malicious acts; 1 was
    self-inflicted; 4 have an unknown cause and 3 are still to be determined. In the same days of the five years before,
    between 91 and 122 died each year."
    """
    total = sum(by_cause.values())
    what = _happened_to(total, outcome, (until.year, until), lead)
    facts = {"year": until.year, "day": wording.day_and_month(until), "what": what}
    said = filled(_("In %(year)s, up to %(day)s, %(what)s"), facts)
    causes = _causes(by_cause, (until.year, until), lead) if total and outcome == Outcome.FATALITY else ""
    if causes:
        said = filled(_("%(label)s: %(words)s"), {"label": said, "words": causes})
    said = joined(said, ".", separator="")
    return joined(said, _same_days(before, until, outcome, lead)) if before else said


def so_far_in_short(
    total: int, before: Sequence[int], *, until: date, outcome: str = Outcome.FATALITY, lead: Lead = plain
) -> str:
    """The same without causes, for a page that is about more than the open year."""
    what = _happened_to(total, outcome, (until.year, until), lead)
    facts = {"year": until.year, "day": wording.day_and_month(until), "what": what}
    said = filled(_("In %(year)s, up to %(day)s, %(what)s."), facts)
    return joined(said, _same_days(before, until, outcome, lead)) if before else said


def of_them(n: int, before: Sequence[int], *, until: date, lead: Lead = plain) -> str:
    """The open year of a filtered page: "Of them, 2 in 2023, up to 21 November; in the same days of the five years
    before, between 0 and 3 each year."""
    number = lead(n, up_to=(until.year, until)) if n else _("none")
    said = filled(
        _("Of them, %(n)s in %(year)s, up to %(day)s"),
        {"n": number, "year": until.year, "day": wording.day_and_month(until)},
    )
    if not before:
        return joined(said, ".", separator="")
    low, high = _lowest_and_highest(before, until, lead)
    if len(before) == 1:
        then = _("; in the same days of the year before, %(low)s.")
    elif min(before) == max(before):
        then = _("; in the same days of the %(years)s years before, %(low)s each year.")
    else:
        then = _("; in the same days of the %(years)s years before, between %(low)s and %(high)s each year.")
    facts = {"years": wording.number_word(len(before)), "low": low, "high": high}
    return joined(said, filled(then, facts), separator="")


def range_of(before: Sequence[int], until: date, lead: Lead = plain) -> str:
    """ "91 to 122", or one number where all are equal: of the same days of the years before `until`."""
    low, high = _lowest_and_highest(before, until, lead)
    return low if min(before) == max(before) else filled(_("%(low)s to %(high)s"), {"low": low, "high": high})


def _happened_to(total: int, outcome: str, up_to: tuple[int, date], lead: Lead) -> str:
    if outcome == Outcome.FATALITY:
        return happened("", total, up_to=up_to, lead=lead)
    if not total:
        return _("no one was recorded as injured")
    said = ngettext("%(n)s person was injured", "%(n)s people were injured", total)
    return filled(said, {"n": lead(total, up_to=up_to)})


def _lowest_and_highest(before: Sequence[int], until: date, lead: Lead) -> tuple[str, str]:
    """The fewest and the most of the same days of the years before, each leading to the last year that had so many."""
    by_year = dict(enumerate(before, until.year - len(before)))
    return lowest_and_highest(by_year, lambda n, year: lead(n, up_to=(year, until)))


def _same_days(before: Sequence[int], until: date, outcome: str, lead: Lead) -> str:
    low, high = _lowest_and_highest(before, until, lead)
    facts = {
        "years": wording.number_word(len(before)),
        "low": low if max(before) else _("nobody"),
        "high": high,
        "happened": _("died") if outcome == Outcome.FATALITY else _("were injured"),
    }
    if len(before) == 1:
        said = _("In the same days of the year before, %(low)s %(happened)s.")
    elif min(before) == max(before):
        said = _("In the same days of the %(years)s years before, %(low)s %(happened)s each year.")
    else:
        said = _("In the same days of the %(years)s years before, between %(low)s and %(high)s %(happened)s each year.")
    return filled(said, facts)


def _causes(by_cause: Mapping[str, int], up_to: tuple[int, date], lead: Lead) -> str:
    """ "40 of illness, 8 in accidents and 7 by malicious acts; 1 was self-inflicted; 4 have an unknown cause"."""
    manner = {
        Cause.MALICIOUS_ACT: _("%(n)s by malicious acts"),
        Cause.ACCIDENT: _("%(n)s in accidents"),
        Cause.ILLNESS: _("%(n)s of illness"),
    }

    def number(cause: str) -> str:
        return lead(by_cause[cause], cause=cause, up_to=up_to)

    known = sorted(
        ((by_cause.get(cause, 0), cause) for cause in manner if by_cause.get(cause)), key=lambda pair: -pair[0]
    )
    parts = [wording.listed([filled(manner[cause], {"n": number(cause)}) for n, cause in known])]
    if n := by_cause.get(Cause.SELF_INFLICTED, 0):
        said = ngettext("%(n)s was self-inflicted", "%(n)s were self-inflicted", n)
        parts.append(filled(said, {"n": number(Cause.SELF_INFLICTED)}))
    open_ones = []
    if n := by_cause.get(Cause.UNKNOWN, 0):
        said = ngettext("%(n)s has an unknown cause", "%(n)s have an unknown cause", n)
        open_ones.append(filled(said, {"n": number(Cause.UNKNOWN)}))
    if n := by_cause.get(Cause.TO_BE_DETERMINED, 0):
        said = ngettext("%(n)s is still to be determined", "%(n)s are still to be determined", n)
        open_ones.append(filled(said, {"n": number(Cause.TO_BE_DETERMINED)}))
    parts.append(wording.listed(open_ones))
    return joined(*parts, separator=_("; "))
