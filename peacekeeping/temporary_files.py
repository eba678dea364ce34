"""Temporary files that a killed process left behind, where they have a folder of our own.

In the containers /tmp is memory, and uploads and workbooks on their way may be larger than that: TMPDIR is a folder of
the state volume, which no restart empties.
"""

import shutil
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings

LOST_AFTER = timedelta(days=1)  # no upload, import or export takes as long


def forget_lost(now: datetime) -> None:
    """Remove what nobody has written to for a day. A folder outside STATE_DIR is somebody else's too, and is left."""
    folder = settings.TEMPORARY_FILES
    if folder is None or settings.STATE_DIR not in folder.parents:
        return
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # whoever made it has just removed it
            if now.timestamp() - path.lstat().st_mtime > LOST_AFTER.total_seconds():
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
