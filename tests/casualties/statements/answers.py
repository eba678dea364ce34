"""What a check says, as a test writes it."""

from casualties.models import StatementCheck


def answer(check: StatementCheck) -> tuple[str, int | None]:
    """Verdict and number now; whole numbers alone."""
    return check.verdict, None if check.found is None else int(check.found)


def answer_then(check: StatementCheck) -> tuple[str, int | None]:
    """Verdict and number as known when it was published."""
    return check.verdict_then, None if check.found_then is None else int(check.found_then)
