"""Files that come with a form: only at the addresses that take some, only from those who may, never beyond the limit.

Django writes a file to the disk while it reads the form, and that is before any view has asked who sent it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _

View = TypeVar("View", bound=Callable[..., Any])
CHECK = "check_sender_of_files"


class TooLargeError(RequestDataTooBig):
    """The request is larger than a form with its file may be; the message says so to its sender."""


class NotTakenError(BadRequest):
    """A file came to an address that takes none; the message says so to its sender."""


def takes_files(check: Callable[[HttpRequest], None]) -> Callable[[View], View]:
    """Mark a view whose form has a file. `check` raises PermissionDenied where the sender may not send one."""

    def marked(view: View) -> View:
        view.__dict__[CHECK] = check
        return view

    return marked


class GuardedUpload(TemporaryFileUploadHandler):
    """Puts a file on the disk once it is known that it may come; what is refused leaves no byte there."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        """Look at the length that was announced: no more than that is read."""
        beside = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0  # what the other fields of the form may take
        if content_length > settings.UPLOAD_LIMIT_BYTES + beside:
            limit = f"{settings.UPLOAD_LIMIT_BYTES / 1024**2:,.0f}"
            raise TooLargeError(_("A file may have %(limit)s MB at most. Nothing was read.") % {"limit": limit})

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        match = self.request.resolver_match if self.request else None
        check = getattr(match and match.func, CHECK, None)
        if check is None:
            raise NotTakenError(_("No file is taken at this address. Nothing was read."))
        check(self.request)
        super().new_file(*args, **kwargs)
