"""What is wrong with a file, as commands say it."""

from missions.models import ImportBatch

PROBLEMS_SHOWN = 20


def problem_lines(batch: ImportBatch) -> list[str]:
    """The first problems of a batch, one line each, and how many there are more."""
    place = "record" if batch.format.endswith("-json") else "line"  # of casualties and of strengths
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
