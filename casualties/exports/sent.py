"""What a file is while it goes out: a name, bytes in blocks, and what the record of exports says of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

BLOCK_BYTES = 128 * 1024


@dataclass(frozen=True)
class SentFile:
    """A file to be sent: its name, and its bytes in blocks (with a close() when the client leaves).

    `rows`: how many rows were read so far, all of them once the blocks have ended; None where nobody counts them.
    `data_version`: of a file that was made earlier; None: it is made now. `size`: its bytes, where they are known.
    """

    name: str
    blocks: Iterator[bytes]
    columns: Sequence[str] = ()
    rows: Callable[[], int] | None = None
    data_version: int | None = None
    size: int | None = None

    @property
    def form(self) -> str:
        """csv, xlsx, pdf: the ending of its name."""
        return self.name.rpartition(".")[2]

    def close(self) -> None:
        """Nobody wants its bytes, or no more of them: what they are read from is let go."""
        close = getattr(self.blocks, "close", None)
        if close is not None:
            close()


class KeptBlocks(Iterator[bytes]):
    """The bytes of an open file, which is closed at their end or when nobody wants more."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def __next__(self) -> bytes:
        if block := b"" if self._file.closed else self._file.read(BLOCK_BYTES):
            return block
        self.close()
        raise StopIteration

    def close(self) -> None:
        """Close the file."""
        self._file.close()
