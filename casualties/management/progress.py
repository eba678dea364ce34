"""Progress of an import on a terminal: one line that is written over; nothing where nobody watches."""

from typing import Any

WIDTH = 30


class ProgressLine:
    """Called with a step, rows done and the share of the file read (None when not known)."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._watched = bool(getattr(stream, "isatty", lambda: False)())
        self._open = False

    def __call__(self, step: str, done: int, share: float | None) -> None:
        if not self._watched:
            return
        full = round(WIDTH * (1.0 if share is None else min(share, 1.0)))
        bar = "#" * full + "." * (WIDTH - full)
        self._write(f"\r{step:<10} [{bar}] {done:>9,} rows")
        self._open = True

    def end(self) -> None:
        """Leave the line as it is and go to the next."""
        if self._open:
            self._write("\n")
            self._open = False

    def _write(self, text: str) -> None:
        self._stream.write(text, ending="") if hasattr(self._stream, "style_func") else self._stream.write(text)
        self._stream.flush()
