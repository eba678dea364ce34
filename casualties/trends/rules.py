"""Which rules stored windows were computed by: an update of the software may change rates or verdicts, yet no data."""

import hashlib
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What a stored window says is decided by this folder, by the vocabularies and by the order of columns; what a kept
# check says, by the folder of statements, which are checked after every rebuild.
SOURCES = (HERE, HERE.parent / "choices.py", HERE.parent / "frames.py", HERE.parent / "statements")


@cache
def rules_fingerprint() -> str:
    """A fingerprint of the program text that windows and verdicts are made by: 16 hexadecimal digits.

    It is the same on every machine. Any change of that text counts as a change of the rules: one rebuild too many takes
    seconds, one too few is a wrong figure until the night.
    """
    digest = hashlib.sha256()
    for source in SOURCES:
        for file in sorted(source.glob("*.py")) if source.is_dir() else [source]:
            digest.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]
