"""The UN's open data over the network: the current release, in a time that has an end."""

import threading
import time
from contextlib import suppress
from http.client import HTTPException
from tempfile import SpooledTemporaryFile
from typing import IO, cast
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils import timezone

from casualties.intake.batches import NotNowError, discard, import_at_once, stage_upload
from casualties.intake.staging import Progress
from missions.models import ImportBatch

FILE_NAME = "DPPADPOSS-FATALITIES"
SYNC_SECONDS = 120.0
BLOCK = 64 * 1024
IN_MEMORY = 8 * 1024 * 1024
# What becomes of a download that was read to its end; one that changes nothing is discarded.
TAKEN = (ImportBatch.State.APPLIED, ImportBatch.State.PREVIEWED, ImportBatch.State.DISCARDED)


class OpenDataError(Exception):
    """The open data could not be fetched; the message says why in one sentence."""


def fetch_open_data(*, seconds: float) -> IO[bytes]:
    """The body that OPEN_DATA_URL answers with, as a file that vanishes when closed.

    Takes `seconds` at most, name resolution and a slow answer included. Raises OpenDataError.
    """
    address = settings.OPEN_DATA_URL
    if not address:
        raise OpenDataError("no address of the open data is set (OPEN_DATA_URL)")
    if not address.startswith(("http://", "https://")):
        raise OpenDataError(f"OPEN_DATA_URL is no http or https address: {address}")
    work = _Download(address, time.monotonic() + seconds)
    # Name resolution knows no time limit of its own, so the work is watched from outside.
    thread = threading.Thread(target=work.run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        work.abandoned = True
        raise OpenDataError(f"{address} did not answer within {seconds:g} seconds")
    if work.error:
        raise OpenDataError(work.error)
    return work.body


class _Download:
    def __init__(self, address: str, deadline: float) -> None:
        self.address = address
        self.deadline = deadline
        self.abandoned = False
        self.error = ""
        self.body = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - the caller closes it

    def run(self) -> None:
        try:
            self._fetch()
        except HTTPError as error:
            self.error = f"{self.address} answered {error.code} {error.reason}"
            error.close()
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            self.error = f"{self.address} cannot be reached: {reason}"
        if self.error:
            self.body.close()

    def _fetch(self) -> None:
        request = Request(self.address, headers={"User-Agent": "peacekeeping-casualties"})  # noqa: S310 - http only
        size = 0
        with urlopen(request, timeout=max(self.deadline - time.monotonic(), 0.1)) as answer:  # noqa: S310
            while block := answer.read(BLOCK):
                size += len(block)
                if self.abandoned or time.monotonic() > self.deadline:
                    raise TimeoutError("the answer took too long")
                if size > settings.UPLOAD_LIMIT_BYTES:
                    raise ValueError("the answer is bigger than a file may be")
                self.body.write(block)
            expected = answer.headers.get("Content-Length")
        if expected is not None and expected.isdigit() and size < int(expected):
            raise ValueError(f"the answer broke off after {size:,} of {int(expected):,} bytes")
        self.body.seek(0)


def sync_open_data(*, seconds: float = SYNC_SECONDS, on_progress: Progress | None = None) -> ImportBatch:
    """Fetch the current release and let it in, for the daily task; the brake is never lifted.

    What happened stands in the batch that is returned: applied, discarded because it changes nothing, previewed because
    a data manager has to look, refused, or failed because the network gave nothing.
    """
    address = settings.OPEN_DATA_URL[:255]
    try:
        body = fetch_open_data(seconds=seconds)
    except OpenDataError as error:
        return ImportBatch.objects.create(
            file_name=FILE_NAME,
            origin=address,
            state=ImportBatch.State.FAILED,
            message=f"Failed: {error}.",
            heartbeat_at=timezone.now(),
        )
    with body:
        batch = stage_upload(body, name=FILE_NAME, by_user=None, origin=address)
    batch = import_at_once(batch, on_progress=on_progress)
    if batch.state in TAKEN:
        _discard_older(batch)
    return batch


def _discard_older(batch: ImportBatch) -> None:
    """Put aside the downloads that wait for somebody's agreement; one that is being decided on now is left alone."""
    waiting = ImportBatch.objects.filter(origin=batch.origin, state=ImportBatch.State.PREVIEWED, pk__lt=batch.pk)
    for older in waiting:
        with suppress(NotNowError):
            discard(older, message="Discarded: a newer download has taken its place.")
