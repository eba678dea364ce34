"""What becomes of a file that was read: applied, refused, held for a data manager, or found to change nothing."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from casualties.intake import brakes as rules
from casualties.intake.checks import check_staged, release_date_of
from casualties.intake.matching import Comparison, compare, match
from casualties.intake.problems import Level, Problem, Problems
from casualties.intake.sources import Format
from casualties.intake.staging import Staged
from casualties.intake.versions import AsOfComparison, check_counts_known, next_release_date, plan_versions
from missions.models import ImportBatch

State = ImportBatch.State


@dataclass
class Judgement:
    """The outcome before anything is written.

    `refusal` cannot be lifted, `brakes` can; `nothing` says that the file changes nothing. `until` is the date of the
    next applied release when an older one is filled in.
    """

    staged: Staged | None
    released_on: date | None = None
    until: date | None = None
    comparison: Comparison | AsOfComparison | None = None
    refusal: str = ""
    nothing: str = ""
    brakes: list[str] = field(default_factory=list)
    applied: bool = False

    def may_be_applied(self, *, accepted: bool) -> bool:
        return not (self.refusal or self.nothing) and (accepted or not self.brakes)

    def fields(self) -> dict[str, Any]:
        """What the batch's row records of it, with the state that follows."""
        fields: dict[str, Any] = {"brakes": self.brakes, "message": self._message(), "state": self._state()}
        if self.released_on is not None:
            fields["release_date"] = self.released_on
        if self.staged is not None:
            kind = ImportBatch.Kind.OWN if self.staged.format is Format.OWN_CSV else ImportBatch.Kind.RELEASE
            fields |= {"format": self.staged.format.value, "kind": kind, "rows": self.staged.rows}
        if isinstance(self.comparison, Comparison):
            found = self.comparison
            fields |= {"persons": found.persons, "new": found.new, "same": found.same, "changed": found.changed}
            fields |= {"gone": found.gone, "returned": found.returned, "changed_fields": found.changed_fields}
        elif self.comparison is not None:
            older = self.comparison
            fields |= {"persons": older.persons, "new": older.unknown, "same": older.same, "changed": older.changed}
        return fields

    def _state(self) -> str:
        if self.refusal:
            return State.REFUSED
        return State.DISCARDED if self.nothing else State.PREVIEWED

    def _message(self) -> str:
        if self.refusal or self.nothing:
            return self.refusal or self.nothing
        if self.applied:
            return _sentence(self.comparison, self.until, "Applied:")
        if self.brakes:
            return f"Stopped: {' '.join(self.brakes)}"
        return _sentence(self.comparison, self.until, "Ready:")


def judge(batch: ImportBatch, staged: Staged | None, problems: Problems) -> Judgement:
    """Match and compare the staged file with what is kept, and say what becomes of it. Writes nothing that is kept."""
    if staged is None:
        return Judgement(None, refusal=_first_error(problems, problems.place_name))
    if not staged.rows and not problems.errors:
        return Judgement(staged, batch.release_date, refusal=rules.EMPTY)
    released_on = release_date_of(staged, batch.release_date, problems)
    judgement = Judgement(staged, released_on)
    match(staged)
    check_staged(staged, released_on, problems)
    if problems.errors or released_on is None:
        judgement.refusal = _first_error(problems, staged.place_name)
        return judgement
    newest = _newest_release(staged.format)
    judgement.refusal = _wrong_time(batch, released_on, newest)
    if judgement.refusal:
        return judgement
    if batch.as_of:
        _judge_older(batch, judgement, staged, problems)
    else:
        _judge_newer(judgement, staged, newest)
    return judgement


def _judge_newer(judgement: Judgement, staged: Staged, newest: date | None) -> None:
    comparison = compare(staged)
    judgement.comparison = comparison
    judgement.refusal = rules.refusal(staged.rows, comparison)
    if not judgement.refusal and judgement.released_on is not None:
        judgement.brakes = rules.brakes(comparison, judgement.released_on)
        if comparison.changes_nothing and judgement.released_on == newest:
            judgement.nothing = (
                f"The file changes nothing: the release of {newest.isoformat()} is in force and says the same of all "
                f"{comparison.persons:,} people."
            )


def _judge_older(batch: ImportBatch, judgement: Judgement, staged: Staged, problems: Problems) -> None:
    if judgement.released_on is None:
        return
    batch.kind = ImportBatch.Kind.OWN if staged.format is Format.OWN_CSV else ImportBatch.Kind.RELEASE
    judgement.until = next_release_date(batch, judgement.released_on)
    if judgement.until is None:
        return
    check_counts_known(staged, problems)
    comparison = plan_versions(staged, judgement.released_on, judgement.until)
    judgement.comparison = comparison
    judgement.refusal = _first_error(problems, staged.place_name) or rules.as_of_refusal(staged.rows, comparison)
    if not judgement.refusal:
        judgement.brakes = rules.as_of_brakes(comparison)
        if comparison.changes_nothing:
            judgement.nothing = (
                f"The file changes nothing: what it says of {judgement.released_on.isoformat()} is recorded already."
            )


def _newest_release(chosen: Format) -> date | None:
    """The date of the newest applied file of the same kind. A file of our own and a release do not bar each other."""
    kind = ImportBatch.Kind.OWN if chosen is Format.OWN_CSV else ImportBatch.Kind.RELEASE
    return (
        ImportBatch.objects.filter(kind=kind, state=State.APPLIED, as_of=False)
        .order_by("-release_date")
        .values_list("release_date", flat=True)
        .first()
    )


def _wrong_time(batch: ImportBatch, released_on: date, newest: date | None) -> str:
    # The day may have begun earlier where the file was made.
    if released_on > batch.created_at.date() + timedelta(days=1):
        return f"The release date, {released_on.isoformat()}, lies in the future."
    if batch.as_of:
        if newest is None:
            return "Nothing newer is applied that an older release could be filled in before: import it as it is."
        if released_on >= newest:
            return (
                f"The release of {released_on.isoformat()} is not older than the newest applied one, "
                f"{newest.isoformat()}: import it as it is, without --as-of."
            )
    elif newest is not None and released_on < newest:
        return (
            f"The release of {released_on.isoformat()} is older than the newest applied one, {newest.isoformat()}. "
            "To fill in what was known at its date, import it with --as-of."
        )
    return ""


def _first_error(problems: Problems, place_name: str) -> str:
    """ "Refused: 3 errors. The first: line 7, gender “X”: is none of m, f." """
    if not problems.errors:
        return ""
    first = next(problem for problem in problems.kept if problem.level is Level.ERROR)
    counted = "" if problems.errors == 1 else f"{problems.errors:,} errors. The first: "
    return f"Refused: {counted}{in_words(first, place_name)}"


def in_words(problem: Problem, place_name: str = "line") -> str:
    """ "line 7, gender “X”: is none of m, f" """
    where = [] if problem.line is None else [f"{place_name} {problem.line}"]
    if problem.column:
        where.append(f"{problem.column} “{problem.value}”" if problem.value else problem.column)
    elif problem.value:
        where.append(f"“{problem.value}”")
    return f"{', '.join(where)}: {problem.reason}" if where else problem.reason


def _sentence(found: Comparison | AsOfComparison | None, until: date | None, begin: str) -> str:
    if isinstance(found, Comparison):
        text = (
            f"{begin} {found.persons:,} people: {found.new:,} new, {found.same:,} the same, {found.changed:,} changed, "
            f"{found.gone:,} gone, {found.returned:,} back again."
        )
        return f"{text} The bundled annual counts ({found.bundled:,} people) make way." if found.bundled else text
    if found is None or until is None:
        return begin
    text = (
        f"{begin} {found.persons:,} people as known until {until.isoformat()}: {found.same:,} as recorded, "
        f"{found.changed:,} with another past, {found.unknown:,} in no record now."
    )
    return f"{text} Recorded of that date and not in the file: {found.absent:,}." if found.absent else text
