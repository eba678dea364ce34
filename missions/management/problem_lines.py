"""What an import came to and what is wrong with its file, as commands say it."""

from typing import Any

from missions.models import ImportBatch

PROBLEMS_SHOWN = 20
PROBLEMS_IN_JSON = 1_000


def problem_lines(batch: ImportBatch) -> list[str]:
    """The first problems of a batch, one line each, and how many there are more."""
    place = "record" if batch.format.endswith("json") else "line"  # of casualties and of strengths
    found = batch.problems.order_by("level", "line", "id")
    lines = []
    for problem in found[:PROBLEMS_SHOWN]:
        where = f"{place} {problem.line}" if problem.line is not None else "file"
        value = f" “{problem.value}”" if problem.value else ""
        lines.append(f"{problem.level}: {where}, {problem.column or 'row'}{value}: {problem.reason}")
    more = batch.errors + batch.warnings - len(lines)
    if more > 0:
        lines.append(f"... and {more:,} more (the page of this import lists them)")
    return lines


def as_object(batch: ImportBatch) -> dict[str, Any]:
    """What imports of casualties and of strengths say alike, for programs."""
    problems = batch.problems.order_by("level", "line", "id").values("line", "column", "value", "reason", "level")
    return {
        "batch": batch.pk,
        "state": batch.state,
        "message": batch.message,
        "file": batch.file_name,
        "sha256": batch.sha256,
        "format": batch.format,
        "kind": batch.kind,
        "release_date": batch.release_date.isoformat() if batch.release_date else None,
        "rows": batch.rows,
        "new": batch.new,
        "same": batch.same,
        "changed": batch.changed,
        "brakes": batch.brakes,
        "errors": batch.errors,
        "warnings": batch.warnings,
        "problems": list(problems[:PROBLEMS_IN_JSON]),
    }
