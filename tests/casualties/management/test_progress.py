"""The progress of an import on a terminal."""

import io

from django.core.management.base import OutputWrapper

from casualties.management.progress import ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_it_works() -> None:
    screen = Terminal()
    line = ProgressLine(OutputWrapper(screen))
    line("Reading", 20_000, 0.5)
    line("Reading", 40_000, 1.0)
    line.end()
    assert screen.getvalue() == (
        "\rReading    [###############...............]    20,000 rows"
        "\rReading    [##############################]    40,000 rows\n"
    )


def test_nothing_where_nobody_watches() -> None:
    stream = io.StringIO()
    line = ProgressLine(OutputWrapper(stream))
    line("Reading", 20_000, 0.5)
    line.end()
    assert stream.getvalue() == ""
