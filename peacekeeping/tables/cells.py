"""What files of every kind have in common in their cells: words compared, values shown, and why one cannot be read."""

SHOWN = 200


class CellError(ValueError):
    """Why a cell cannot be read; the message is the reason that a person sees."""


def folded_word(text: str) -> str:
    """ "Self-Inflicted", "self inflicted " and "self_inflicted" as one word."""
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())


def printable(text: str) -> str:
    """`text` as it can be shown and stored: NUL, control signs and broken characters made visible."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text)


def shown(value: object) -> str:
    """A value as it can be shown and stored, shortened to 200 characters."""
    if value is None:
        return ""
    text = printable(str(value)[: SHOWN + 1])
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
