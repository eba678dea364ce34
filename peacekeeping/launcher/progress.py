"""What a run says: one line per step, with what happened and how long it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH = 14


class Progress:
    """Lines on the terminal. A step says its name at once, and its result when it is over."""

    def __init__(self) -> None:
        """The clock starts now."""
        self.started = time.monotonic()
        self._open = False

    @contextmanager
    def step(self, name: str) -> Iterator["Step"]:
        """Say that a step begins; at its end say what it left in `result`, and its time."""
        print(f"  {name:<{WIDTH}}", end="", flush=True)
        self._open = True
        step, began = Step(self), time.monotonic()
        try:
            yield step
        except BaseException:
            self.end_line()
            raise
        seconds = time.monotonic() - began
        if self._open:
            print(f"{step.result} ({seconds:.1f} s)", flush=True)
            self._open = False
        elif step.result:
            print(f"  {'':<{WIDTH}}{step.result} ({seconds:.1f} s)", flush=True)

    def end_line(self) -> None:
        """Finish a line that was begun, because somebody else writes now."""
        if self._open:
            print(flush=True)
            self._open = False

    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self.started


class Step:
    """One step that goes on."""

    def __init__(self, progress: Progress) -> None:
        """See Progress.step."""
        self._progress = progress
        self._said = ""
        self.result = "done"

    def say(self, words: str) -> None:
        """What it is waiting for, if it is something, once."""
        if words and words != self._said:
            self._said = words
            self._progress.end_line()
            print(f"  {'':<{WIDTH}}{words}", flush=True)

    def lines_follow(self) -> None:
        """Lines of a command follow."""
        self._progress.end_line()
        self.result = ""
