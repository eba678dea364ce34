"""What can go wrong with the embedded servers, in sentences a person can act on."""


class EmbeddedError(Exception):
    """An embedded server cannot be found, started or used; the message says what to do."""
