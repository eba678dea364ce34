"""What stops a broken download: refusals, which nobody can lift, and brakes, which a data manager can."""

from datetime import date

from casualties.intake.matching import Comparison, lowered_years
from casualties.intake.versions import AsOfComparison

MAX_WITHDRAWN = 10
MAX_WITHDRAWN_SHARE = 0.005
MAX_LOWERED = 3
MAX_CHANGED_SHARE = 0.10
YEARS_NAMED = 5
EMPTY = "The file has headings but no rows: an empty release is refused."


def refusal(rows: int, comparison: Comparison) -> str:
    """Why a release cannot be applied at all, or ""."""
    if rows == 0:
        return EMPTY
    if comparison.persons * 2 < comparison.standing:
        return (
            f"The file has {comparison.persons:,} people, fewer than half of the {comparison.standing:,} that stand "
            "now: it is refused as incomplete."
        )
    return ""


def brakes(comparison: Comparison, released_on: date) -> list[str]:
    """Why a data manager has to agree before the file is applied; empty when nothing is unusual."""
    reasons = []
    standing = comparison.standing
    if comparison.gone > MAX_WITHDRAWN or comparison.gone > standing * MAX_WITHDRAWN_SHARE:
        reasons.append(
            f"It would withdraw {comparison.gone:,} of {standing:,} people (more than {MAX_WITHDRAWN}, "
            f"or {MAX_WITHDRAWN_SHARE:.1%})."
        )
    if comparison.changed > standing * MAX_CHANGED_SHARE:
        reasons.append(
            f"It would change {comparison.changed:,} of {standing:,} people (more than {MAX_CHANGED_SHARE:.0%})."
        )
    lowered = lowered_years(comparison, released_on, MAX_LOWERED)
    if lowered:
        named = ", ".join(f"{year} from {was:,} to {now:,}" for year, (was, now) in list(lowered.items())[:YEARS_NAMED])
        more = len(lowered) - YEARS_NAMED
        reasons.append(
            f"It would lower the deaths of earlier years by more than {MAX_LOWERED}: {named}"
            f"{f' and {more} more' if more > 0 else ''}."
        )
    return reasons


def as_of_refusal(rows: int, comparison: AsOfComparison) -> str:
    """Why an older release cannot be filled in at all, or ""."""
    if rows == 0:
        return EMPTY
    if comparison.persons * 2 < comparison.known:
        return (
            f"The file has {comparison.persons:,} people, fewer than half of the {comparison.known:,} who are known "
            "to belong into it by now: it is refused as incomplete."
        )
    return ""


def as_of_brakes(comparison: AsOfComparison) -> list[str]:
    """Why a data manager has to agree before an older release is filled in."""
    reasons = []
    if comparison.unknown > MAX_WITHDRAWN or comparison.unknown > comparison.known * MAX_WITHDRAWN_SHARE:
        reasons.append(f"{comparison.unknown:,} people of this older release are in no record now.")
    if comparison.missing > comparison.known * MAX_CHANGED_SHARE:
        reasons.append(
            f"{comparison.missing:,} of the {comparison.known:,} people who are known by now are not in it "
            f"(more than {MAX_CHANGED_SHARE:.0%})."
        )
    return reasons
