"""Files of exports under STATE_DIR/exports, one each. Whole or not there: a part is renamed when it is complete."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings

from casualties.models import Export


def folder() -> Path:
    """Where the files are; their owner alone may look in."""
    path = Path(settings.STATE_DIR) / "exports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(export: Export) -> Path:
    """The whole file."""
    return folder() / f"{export.pk}.{export.form}"


def part_of(export: Export) -> Path:
    """The file while it is written. One worker at a time makes exports, so one name is enough."""
    return path_of(export).with_suffix(f".{export.form}.part")


def complete(export: Export) -> None:
    """Make the part the file; afterwards it is on the disk, whatever happens to the machine."""
    with part_of(export).open("rb+") as part:
        os.fsync(part.fileno())
    part_of(export).replace(path_of(export))
    entries = os.open(folder(), os.O_RDONLY)  # the new name is an entry of the folder
    try:
        os.fsync(entries)
    finally:
        os.close(entries)


def remove(export: Export) -> None:
    """No file and no part, any more."""
    for path in (part_of(export), path_of(export)):
        with suppress(FileNotFoundError):
            path.unlink()


def forget_expired(now: datetime) -> int:
    """Remove the files whose time is over, and those that no export claims; how many exports ended so."""
    due = list(Export.objects.filter(state=Export.State.DONE, expires_at__lte=now))
    ended = Export.objects.filter(pk__in=[export.pk for export in due], state=Export.State.DONE)
    number = ended.update(state=Export.State.EXPIRED, reason=Export.Reason.OLD)
    for export in due:
        remove(export)
    claimed = {
        path_of(export).name if export.state == Export.State.DONE else part_of(export).name
        for export in Export.objects.filter(state__in=[Export.State.DONE, Export.State.RUNNING])
    }
    for path in folder().iterdir():
        if path.name not in claimed and _is_settled(path, now):
            path.unlink(missing_ok=True)
    return number


def _is_settled(path: Path, now: datetime) -> bool:
    """Whether a file is no work of this moment: between its renaming and its row "done" nobody claims it."""
    try:
        return now.timestamp() - path.stat().st_mtime > 600
    except FileNotFoundError:
        return False
