"""Whether a statement holds, from numbers that were counted elsewhere. Pure.

The rules, once:

* A number (count, rate, change) holds when it is the one counted under the scope that was read. Otherwise it differs,
  and the named scopes under which the very number comes out are named beside it.
* A bound (at least, more than, fewer than) holds when the number counted keeps it, and differs otherwise.
* A comparison (the highest year since, the highest window) holds when the number is higher than every other one it is
  compared with; as many is not higher. It is contradicted only where it is true under no scope that we can count, and
  differs where another scope makes it true. It is compared with nothing later than itself: what came after could not be
  known when it was said.
* A change is contradicted where the numbers went the other way under every scope.
* A period that the release does not cover to its end can still grow. What it has reached already holds (at least, more
  than, the highest since); what it has passed already does not (fewer than). Whatever else is said of it cannot be
  checked yet: it neither holds nor differs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casualties.charts import wording
from casualties.choices import Measure, Verdict

COMPARISONS = (Measure.HIGHEST_SINCE, Measure.RANK_1_WINDOW)
BOUNDS = (Measure.AT_LEAST, Measure.MORE_THAN, Measure.FEWER_THAN)
REACHED = (*COMPARISONS, Measure.AT_LEAST, Measure.MORE_THAN)  # what more people can only make truer
NAMED = 6  # periods in a sentence; all of them are in the table of scopes


@dataclass(frozen=True, kw_only=True)
class Period:
    """A year or a window of years with its number."""

    first: int
    last: int
    number: int

    @property
    def words(self) -> str:
        """ "1992–96 (259)"."""
        return f"{wording.years(self.first, self.last)} ({wording.count(self.number)})"


@dataclass(frozen=True, kw_only=True)
class Found:
    """What one named scope gives.

    `number` is the count, the rate or the change. Of comparisons it is the number of the period itself, `others` are
    the periods that are as high or higher, highest first, and `compared` says how many there were to compare with.
    `since` is the last of these years (HIGHEST_SINCE). `until` is the last day with figures where the period goes on
    after the release; None: the release covers it. `reason` says why there is no number.
    """

    scope: str
    number: Decimal | None = None
    others: tuple[Period, ...] = ()
    compared: int = 0
    since: Period | None = None
    until: date | None = None
    reason: str = ""

    @property
    def rank(self) -> int:
        """Of a comparison: one more than the number of those that are higher."""
        return 1 + sum(1 for other in self.others if self.number is not None and other.number > self.number)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    verdict: Verdict
    found: Decimal | None
    detail: str
    holding: tuple[str, ...] = ()  # every named scope that makes it true, its own among them


def judge(
    measure: Measure, value: Decimal | None, own: Found, others: Sequence[Found], names: Mapping[str, str]
) -> Judgement:
    """The verdict on a claim, from what its own scope and the other named scopes give.

    `names` says a scope in words. A scope without a number makes nothing true.
    """
    if own.number is None:
        return Judgement(verdict=Verdict.NOT_CHECKED, found=None, detail=_sentence(own.reason))
    holding = tuple(one.scope for one in (own, *others) if _true(measure, value, one))
    if own.scope in holding:
        return Judgement(verdict=Verdict.HOLDS, found=own.number, detail=_holds(measure, value, own), holding=holding)
    if own.until is not None and not _is_passed(measure, value, own.number):
        detail = _not_yet(measure, value, own)
        return Judgement(verdict=Verdict.NOT_CHECKED, found=own.number, detail=detail, holding=holding)
    verdict = Verdict.DIFFERS
    if not holding and _is_contradicted(measure, value, [own, *others]):
        verdict = Verdict.CONTRADICTED
    elsewhere = "" if own.until is not None and not holding else _elsewhere(measure, holding, names)
    detail = " ".join(part for part in (_fails(measure, value, own), elsewhere) if part)
    return Judgement(verdict=verdict, found=own.number, detail=detail, holding=holding)


def _true(measure: Measure, value: Decimal | None, found: Found) -> bool:
    number = found.number
    if number is None or (found.until is not None and measure not in REACHED):
        return False
    if measure in COMPARISONS:
        return not found.others and number > 0
    if value is None:
        raise ValueError(f"a statement of the measure {measure} says a number")
    if measure == Measure.AT_LEAST:
        return number >= value
    if measure == Measure.MORE_THAN:
        return number > value
    if measure == Measure.FEWER_THAN:
        return number < value
    if measure == Measure.RATE:
        return number.quantize(Decimal("0.01")) == value
    return number == value


def _is_passed(measure: Measure, value: Decimal | None, number: Decimal) -> bool:
    """Whether a number that can only grow is too high already."""
    return measure == Measure.FEWER_THAN and value is not None and number >= value


def _not_yet(measure: Measure, value: Decimal | None, own: Found) -> str:
    more = measure == Measure.COUNT and value is not None and own.number is not None and own.number > value
    already = f", already more than {number_words(Measure.COUNT, value)}" if more else ""
    return (
        f"The data say {_so_far(measure, own)}{already}. The release ends before the period does, so this cannot be "
        "checked yet."
    )


def _so_far(measure: Measure, own: Found) -> str:
    """ "63", and of an unfinished period "63 (p, to 21 November 2023)"."""
    said = number_words(measure, own.number)
    return said if own.until is None else f"{said} (p, to {own.until.day} {own.until:%B %Y})"


def _is_contradicted(measure: Measure, value: Decimal | None, found: Sequence[Found]) -> bool:
    """Only comparisons can be, and changes that went the other way whatever is counted."""
    if measure in COMPARISONS:
        return True
    if measure != Measure.CHANGE or value is None:
        return False
    return all(one.number is None or one.number * value <= 0 for one in found) and value != 0


def _holds(measure: Measure, value: Decimal | None, own: Found) -> str:
    said = _so_far(measure, own)
    if measure == Measure.RANK_1_WINDOW:
        before = f"more than in any of the {own.compared} complete windows before it"
        return f"The data say {said}, {before}.{_other_number(value, own)}"
    if measure == Measure.HIGHEST_SINCE:
        since = f"the highest since {own.since.words}" if own.since else "more than in any earlier year"
        return f"The data say {said}, {since}.{_other_number(value, own)}"
    return f"The data say {said}."


def _fails(measure: Measure, value: Decimal | None, own: Found) -> str:
    said = _so_far(measure, own)
    if measure in COMPARISONS:
        named = wording.listed([other.words for other in own.others[:NAMED]])
        more = f" and {len(own.others) - NAMED} more" if len(own.others) > NAMED else ""
        if not own.others:
            return "The data say 0: nobody was counted, so it is not the highest."
        verb = "is" if len(own.others) == 1 else "are"
        how = "higher" if all(other.number > (own.number or 0) for other in own.others) else "as high or higher"
        place = ""
        if measure == Measure.RANK_1_WINDOW:
            place = f" It ranks {own.rank} of the {own.compared + 1} complete windows up to then."
        return f"The data say {said}; {named}{more} {verb} {how}.{place}{_other_number(value, own)}"
    if measure in BOUNDS:
        return f"The data say {said}, which is not {Measure(measure).label} {number_words(Measure.COUNT, value)}."
    return f"The data say {said}: {difference_words(measure, value, own.number)} against what was said."


def _other_number(value: Decimal | None, own: Found) -> str:
    """A comparison may say a number beside; it is not what the verdict is about, but the reader must know."""
    if value is None or own.number is None or value == own.number:
        return ""
    return f" The number said with it, {number_words(Measure.COUNT, value)}, differs."


def _elsewhere(measure: Measure, holding: Sequence[str], names: Mapping[str, str]) -> str:
    if holding:
        return f"It would hold for: {'; '.join(names[scope] for scope in holding)}."
    return "It is true under none of the named scopes." if measure in COMPARISONS else "No other named scope matches."


def number_words(measure: str, number: Decimal | None) -> str:
    """A number as it is written: a rate with two decimals, a change with its sign, everything else as a count."""
    if number is None:
        return wording.NOT_AVAILABLE
    if measure == Measure.RATE:
        return wording.rate(number)
    return wording.signed(int(number)) if measure == Measure.CHANGE else wording.count(int(number))


def difference_words(measure: str, value: Decimal | None, found: Decimal | None) -> str:
    """Found minus said: "+8", "−20", "0", a rate's "−0.02"; – where there is no number on either side."""
    if value is None or found is None:
        return wording.NOT_AVAILABLE
    if measure != Measure.RATE:
        return wording.signed(int(found - value))
    difference = found.quantize(Decimal("0.01")) - value
    sign = {True: wording.MINUS, False: "+"}[difference < 0] if difference else ""
    return f"{sign}{wording.rate(abs(difference))}"


def _sentence(reason: str) -> str:
    words = wording.capitalised(reason)
    return words if words.endswith(".") else f"{words}."
