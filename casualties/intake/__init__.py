"""Files come in: read, checked, compared with what is kept, and let in as a whole or not at all.

The steps of an import are functions over its row (batches.py), called by tasks and commands; each may be called again
at any time. Nothing here rebuilds trends: whoever calls apply() does that afterwards.
"""

from casualties.intake.batches import (
    NotNowError,
    apply,
    discard,
    import_at_once,
    is_interrupted,
    pending_batches,
    preview,
    request_apply,
    resume,
    stage_upload,
)
from casualties.intake.bundle import load_bundle
from casualties.intake.open_data import fetch_open_data, sync_open_data
from casualties.intake.rereading import may_be_mapped, read_through

__all__ = [
    "NotNowError",
    "apply",
    "discard",
    "fetch_open_data",
    "import_at_once",
    "is_interrupted",
    "load_bundle",
    "may_be_mapped",
    "pending_batches",
    "preview",
    "read_through",
    "request_apply",
    "resume",
    "stage_upload",
    "sync_open_data",
]
