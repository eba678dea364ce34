"""How figures are written: numbers, windows, shares, names of causes, and the sentences' small parts.

Charts and templates use the same functions, so that a title, a table cell and a page say a figure in the same way.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from casualties.charts.filling import filled, joined
from casualties.choices import Cause, Outcome

NOT_AVAILABLE = "–"
MINUS = "−"
SMALLEST_BASE = 20  # a share of fewer people says more about chance than about them
SHORT_MONTHS = (
    noop("Jan"), noop("Feb"), noop("Mar"), noop("Apr"), "May", noop("Jun"),
    noop("Jul"), noop("Aug"), noop("Sep"), noop("Oct"), noop("Nov"), noop("Dec"),
)  # fmt: skip
SMALL_NUMBERS = (
    noop("none"), noop("one"), noop("two"), noop("three"), noop("four"), noop("five"),
    noop("six"), noop("seven"), noop("eight"), noop("nine"), noop("ten"),
)  # fmt: skip
ALL_CAUSES = ""  # the stored word of a series over all causes
COUNTED: Mapping[tuple[str, str], str] = {
    (Outcome.FATALITY, ALL_CAUSES): noop("deaths"),
    (Outcome.FATALITY, Cause.MALICIOUS_ACT): noop("deaths by malicious acts"),
    (Outcome.FATALITY, Cause.ACCIDENT): noop("deaths in accidents"),
    (Outcome.FATALITY, Cause.ILLNESS): noop("deaths from illness"),
    (Outcome.FATALITY, Cause.SELF_INFLICTED): noop("self-inflicted deaths"),
    (Outcome.FATALITY, Cause.TO_BE_DETERMINED): noop("deaths with a cause to be determined"),
    (Outcome.FATALITY, Cause.UNKNOWN): noop("deaths with an unknown cause"),
    (Outcome.INJURY, ALL_CAUSES): noop("injuries"),
    (Outcome.INJURY, Cause.MALICIOUS_ACT): noop("injuries by malicious acts"),
    (Outcome.INJURY, Cause.ACCIDENT): noop("injuries in accidents"),
    (Outcome.INJURY, Cause.ILLNESS): noop("cases of illness"),
    (Outcome.INJURY, Cause.SELF_INFLICTED): noop("self-inflicted injuries"),
    (Outcome.INJURY, Cause.TO_BE_DETERMINED): noop("injuries with a cause to be determined"),
    (Outcome.INJURY, Cause.UNKNOWN): noop("injuries with an unknown cause"),
}
OF_ONE: Mapping[tuple[str, str], str] = {
    (Outcome.FATALITY, ALL_CAUSES): noop("death"),
    (Outcome.FATALITY, Cause.MALICIOUS_ACT): noop("death by malicious acts"),
    (Outcome.FATALITY, Cause.ACCIDENT): noop("death in accidents"),
    (Outcome.FATALITY, Cause.ILLNESS): noop("death from illness"),
    (Outcome.FATALITY, Cause.SELF_INFLICTED): noop("self-inflicted death"),
    (Outcome.FATALITY, Cause.TO_BE_DETERMINED): noop("death with a cause to be determined"),
    (Outcome.FATALITY, Cause.UNKNOWN): noop("death with an unknown cause"),
    (Outcome.INJURY, ALL_CAUSES): noop("injury"),
    (Outcome.INJURY, Cause.MALICIOUS_ACT): noop("injury by malicious acts"),
    (Outcome.INJURY, Cause.ACCIDENT): noop("injury in accidents"),
    (Outcome.INJURY, Cause.ILLNESS): noop("case of illness"),
    (Outcome.INJURY, Cause.SELF_INFLICTED): noop("self-inflicted injury"),
    (Outcome.INJURY, Cause.TO_BE_DETERMINED): noop("injury with a cause to be determined"),
    (Outcome.INJURY, Cause.UNKNOWN): noop("injury with an unknown cause"),
}


def is_missing(value: object) -> bool:
    """None, NaN and pandas' NA: not available, which is not zero."""
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def whole(value: object) -> int | None:
    """A count as an int, None where it is missing; ValueError for anything that is not a whole number."""
    if is_missing(value):
        return None
    number = int(value)  # type: ignore[call-overload]
    if number != value:
        raise ValueError(f"a count must be a whole number, not {value!r}")
    return int(number)


def count(value: object) -> str:
    """1,234; a missing value is an en dash, never 0."""
    number = whole(value)
    if number is None:
        return NOT_AVAILABLE
    return in_figures(f"{MINUS if number < 0 else ''}{abs(number):,}")


def separators() -> str:
    """The mark before decimals and the mark between thousands, as plotly takes them: "." and ",", in French "," and a
    narrow space that does not break."""
    return ",\u202f" if (get_language() or "").startswith("fr") else ".,"


def in_figures(written: str) -> str:
    """A number that is written with comma thousands and a point (1,234.56), in the language of the page."""
    marks = separators()
    return written if marks == ".," else written.translate(str.maketrans(".,", marks))


def signed(value: object) -> str:
    """A change: +8, −20, 0."""
    number = whole(value)
    if number is None or number <= 0:
        return count(number)
    return f"+{count(number)}"


def years(first: int, last: int) -> str:
    """1992–96 and 1999–2003; one year alone is 2023."""
    if last < first:
        raise ValueError(f"a range of years must run forward, not {first} to {last}")
    if first == last:
        return str(first)
    return f"{first}–{last}" if first // 100 != last // 100 else f"{first}–{last % 100:02d}"


def share(part: object, base: object) -> str:
    """Whole per cent; – without a base of 20 or more. A share that is neither nothing nor all is never 0% or 100%."""
    counted, of = whole(part), whole(base)
    if counted is None or of is None or of < SMALLEST_BASE:
        return NOT_AVAILABLE
    if not 0 <= counted <= of:
        raise ValueError(f"{counted} is no part of {of}")
    percent = (200 * counted + of) // (2 * of)
    if percent == 0 and counted:
        return _("<%(n)s%%") % {"n": 1}
    if percent == 100 and counted < of:
        return _(">%(n)s%%") % {"n": 99}
    return _("%(n)s%%") % {"n": percent}


def person_years(value: object) -> str:
    """Whole ones; below ten with one decimal, since 0 would say that nobody was there."""
    if is_missing(value):
        return NOT_AVAILABLE
    number = float(value)  # type: ignore[arg-type]
    if 0 < number < 0.05:
        return f"<{in_figures('0.1')}"
    return in_figures(f"{number:,.1f}" if 0 < number < 9.95 else f"{number:,.0f}")


def rate(value: object) -> str:
    """Two decimals; – where there is no denominator."""
    return NOT_AVAILABLE if is_missing(value) else in_figures(f"{float(value):,.2f}")  # type: ignore[arg-type]


def cause_label(cause: str) -> str:
    """The name of a cause in keys and table heads."""
    return _("All causes") if cause == ALL_CAUSES else str(Cause(cause).label)


def persons_of(cause: str, outcome: str, n: int | None = None) -> str:
    """What is counted, as it stands inside a sentence: "deaths by malicious acts", "injuries in accidents"; after the
    number `n`: "death by malicious acts" where it is 1."""
    if (outcome, cause) not in COUNTED:
        raise ValueError(f"a chart counts deaths or injuries by one cause or all, not {outcome!r} by {cause!r}")
    return _((OF_ONE if n == 1 else COUNTED)[outcome, cause])


def noun(outcome: str) -> str:
    """ "Deaths" or "Injuries", as the heading of a column of persons; of both outcomes the deaths are shown."""
    return _("Injuries") if outcome == Outcome.INJURY else _("Deaths")


def subject(cause: str) -> str:
    """A cause as the subject of a sentence with its verb: "Malicious acts were", "Illness was"."""
    return {
        Cause.MALICIOUS_ACT: _("Malicious acts were"),
        Cause.ACCIDENT: _("Accidents were"),
        Cause.ILLNESS: _("Illness was"),
        Cause.SELF_INFLICTED: _("Self-inflicted acts were"),
    }[Cause(cause)]


def number_word(n: int) -> str:
    """Small numbers in words, as sentences have them; from eleven on in digits."""
    return _(SMALL_NUMBERS[n]) if 0 <= n < len(SMALL_NUMBERS) else count(n)


def listed(items: Sequence[str]) -> str:
    """1951, 1954 and 1955."""
    if len(items) < 2:
        return joined(*items)
    return filled(_("%(items)s and %(last)s"), {"items": joined(*items[:-1], separator=", "), "last": items[-1]})


def told(label: str, words: str) -> str:
    """ "2022: 74": with the space before the colon that French has."""
    return _("%(label)s: %(words)s") % {"label": label, "words": words}


def percent_sign() -> str:
    """What stands behind the number of a share, at an axis: "%", in French with its space."""
    return _("%(n)s%%") % {"n": ""}


def capitalised(sentence: str) -> str:
    """The sentence with a capital first letter; the rest as it stands (str.capitalize would lower names)."""
    return _with_first(sentence, sentence[:1].upper())


def inside(sentence: str) -> str:
    """A sentence or name as it stands inside another sentence: with a small first letter."""
    return _with_first(sentence, sentence[:1].lower())


def _with_first(sentence: str, letter: str) -> str:
    """With another first letter; HTML stays HTML, which a slice of it is not."""
    changed = letter + sentence[1:]
    return SafeString(changed) if isinstance(sentence, SafeString) else changed


def period(first: int, last: int, *, provisional: bool, through: date | None = None) -> str:
    """1948 to 2023 (p, to 21 November): the years that a chart covers, with the mark of an open one."""
    words = str(first) if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
    if not provisional:
        return words
    if through is None:
        return f"{words} (p)"
    return _("%(years)s (p, to %(day)s)") % {"years": words, "day": day_and_month(through)}


def day_and_month(day: date) -> str:
    """21 November."""
    return dated(day, "j F")


def dated(day: date, form: str) -> str:
    """A date in Django's letters ("j M Y"), in the language of the page: 21 Nov 2023, 21 nov. 2023."""
    return "".join(_letter(day, letter) for letter in form)


def _letter(day: date, letter: str) -> str:
    if letter == "M":
        return _short_month(day.month)
    if letter == "j":
        return pgettext("first day of a month", "1") if day.day == 1 else str(day.day)
    return str(format_date(day, letter)) if letter.isalpha() else letter


def _short_month(month: int) -> str:
    """Jan to Dec. "May" is short and whole at once, hence the context."""
    return pgettext("short month", "May") if month == 5 else _(SHORT_MONTHS[month - 1])
