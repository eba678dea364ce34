"""Why a run cannot go on, in sentences a person can act on."""


class LauncherError(Exception):
    """The run cannot start or go on; the message says why and what to do."""
