"""What a measurement says, and the table of all of them."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """One measured thing; `reference` is the same thing done another way in the same run, `aim` what we want of it."""

    name: str
    value: float
    unit: str
    reference: str = ""
    aim: str = ""

    def __str__(self) -> str:
        number = f"{self.value:,.0f}" if self.value >= 100 else f"{self.value:,.2f}"
        return f"{self.name:<62} {number:>12} {self.unit:<9} {self.aim:<12} {self.reference}".rstrip()


def median_ms(work: Callable[[], object], *, times: int) -> float:
    """Median of the milliseconds that `work` takes; one call before them does not count."""
    work()
    taken: list[float] = []
    for _ in range(times):
        started = perf_counter()
        work()
        taken.append((perf_counter() - started) * 1000)
    return statistics.median(taken)


def print_table(title: str, figures: Sequence[Figure]) -> None:
    """A section of the report, as it becomes known."""
    print(f"\n{title}")
    for figure in figures:
        print(f"  {figure}", flush=True)
