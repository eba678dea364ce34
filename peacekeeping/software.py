"""Which software runs: what it counts and says may change with every file that it is made of.

Read once, when a web process starts, so that files which come later are not taken for those that run.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
# Code, tables of facts, templates, compiled catalogues; and the versions of the packages that count.
FOLDERS = ("casualties", "missions", "peacekeeping", "templates")
ENDINGS = (".py", ".csv", ".html", ".mo")
BESIDE = ("requirements.txt",)


@dataclass(frozen=True)
class Software:
    """`state`: hexadecimal digits, others for each other content. `since`: when the newest file came (Unix seconds)."""

    state: str
    since: float


@cache
def software() -> Software:
    """The software that this process runs."""
    return read_software(HERE)


def read_software(folder: Path) -> Software:
    """The software that lies in a folder.

    A state is of names and bytes, not of times: it is the same on each machine that runs the same release.
    """
    content, since = sha256(), 0.0
    for name in sorted(files_of(folder)):
        with open(f"{folder}/{name}", "rb") as file:
            status, written = os.fstat(file.fileno()), file.read()
        content.update(f"{name} {len(written)}\n".encode())
        content.update(written)
        # A file that is copied may keep the time at which it was written; when it came here, it does not keep.
        since = max(since, status.st_mtime, status.st_ctime)
    return Software(content.hexdigest(), since)


def files_of(folder: Path) -> Iterator[str]:
    """The files that the software in a folder is made of, as paths within it."""
    for part in FOLDERS:
        for where, _folders, names in os.walk(folder / part):
            within = os.path.relpath(where, folder)
            yield from (f"{within}/{name}" for name in names if name.endswith(ENDINGS))
    yield from (name for name in BESIDE if (folder / name).is_file())
