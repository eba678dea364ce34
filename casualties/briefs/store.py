"""Files of briefs under STATE_DIR/briefs/VERSION: what was asked for (.json), and what was made of it (.pdf).

The key says the selection, the audience, the language and the state of the data, so a file is never wrong, only
forgotten: with the next version of the data all files of the others go. What was asked for is a file as well: a task
takes its key alone, may be lost or run twice, and nothing has to be counted again.
"""

import json
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.conf import settings

from casualties.briefs.contents import Contents

KEPT = 400  # requests of one version; any reader may ask for any selection, the disk stays bounded


@dataclass(frozen=True)
class Request:
    """One brief of one version of the data; `key` is made of hexadecimal digits."""

    version: int
    key: str

    @property
    def asked(self) -> Path:
        return _folder() / str(self.version) / f"{self.key}.json"

    @property
    def made(self) -> Path:
        return self.asked.with_suffix(".pdf")

    @property
    def failed(self) -> Path:
        """Stands there when making the file failed; the reason is in the worker's log."""
        return self.asked.with_suffix(".failed")

    @property
    def seconds_waited(self) -> float | None:
        """How long ago it was asked for; None: it was not."""
        try:
            return max(0.0, time.time() - self.asked.stat().st_mtime)
        except FileNotFoundError:
            return None

    def ask(self, contents: Contents) -> None:
        """Record what is to be made. Asked again, the time runs anew."""
        self.failed.unlink(missing_ok=True)
        _write(self.asked, json.dumps(contents, ensure_ascii=False).encode())
        _forget_oldest(self.asked.parent)


def request_of(version: int, key: str) -> Request:
    """The request of that key. Raises ValueError for a key that is not one of ours: it becomes the name of a file."""
    if not key or not set(key) <= set("0123456789abcdef"):
        raise ValueError(f"not a key of a brief: {key!r}")
    return Request(version=version, key=key)


def make(request: Request) -> None:
    """Lay out what was asked for, if it is still wanted. Raises what the layout raises, once that is noted."""
    from casualties.briefs.layout import pdf_of  # the library takes its time to load, and web processes never need it

    try:
        contents = cast(Contents, json.loads(request.asked.read_bytes()))
    except FileNotFoundError:
        return  # the data have moved on
    try:
        _write(request.made, pdf_of(contents))
    except Exception:
        _write(request.failed, b"")
        raise


def forget_other_versions(version: int) -> None:
    """Remove the files of all other versions of the data."""
    if not _folder().is_dir():
        return
    for folder in _folder().iterdir():
        if folder.name != str(version):
            shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    return Path(settings.STATE_DIR) / "briefs"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a reader never gets half a file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(f"{path.suffix}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)


def _forget_oldest(folder: Path) -> None:
    """Keep the files of the newest requests: what was asked for, made, failed, and parts that a killed process left.

    A request that still waits may go too; whoever waits for it asks again.
    """
    newest: dict[str, int] = {}
    files: dict[str, list[Path]] = {}
    for path in folder.iterdir():
        key = path.name.partition(".")[0]
        with suppress(FileNotFoundError):  # another process has just removed it
            newest[key] = max(newest.get(key, 0), path.stat().st_mtime_ns)
            files.setdefault(key, []).append(path)
    for key in sorted(newest, key=newest.__getitem__, reverse=True)[KEPT:]:
        for path in files[key]:
            path.unlink(missing_ok=True)
