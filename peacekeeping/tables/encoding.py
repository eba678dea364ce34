"""Which encoding a text file has, or a refusal: a guess here would change names without anybody noticing.

Accepted: UTF-8 with or without a byte order mark, UTF-16 with one, and windows-1252 (of which latin-1 text is a part)
where the text cannot sensibly be anything else. A file of windows-1252 is refused as ambiguous when one of these holds:
it has a byte that windows-1252 does not define; a sign such as "™" or an opening quote stands inside a word (Mac Roman
and the DOS code pages give that); three accented letters follow one another (Cyrillic, Greek, Arabic give that); or
part of the file is valid UTF-8 (two encodings were mixed).
"""

import codecs
import re
from typing import BinaryIO

from .errors import UnreadableTableError

BLOCK = 256 * 1024
LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ"
HIGH_LETTER = "À-ÖØ-öø-ÿŒœŠšŽžŸ"
# A right quote is an apostrophe (d’Ivoire), dashes and no-break spaces join words; nothing else stands in a word.
INSIDE_WORD = re.compile(f"[{LETTER}][^{LETTER}\\x00-\\x7f’–—\\xa0\\xad][{LETTER}]|[{HIGH_LETTER}]{{3}}")
UTF8_SEQUENCE = re.compile(
    rb"(?<![\x80-\xff])"
    rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+"
    rb"(?![\x80-\xff])"
)
AMBIGUOUS = (
    "The encoding of the file is not UTF-8 and cannot be told with certainty. Save the file again as UTF-8 "
    "(in Excel: CSV UTF-8)."
)


def detect_encoding(stream: BinaryIO) -> str:
    """Return the Python name of the encoding of `stream` after reading all of it once, in constant memory.

    Leaves the stream at its start. Raises UnreadableTableError, with the line where known, when no answer is certain.
    """
    stream.seek(0)
    head = stream.read(4096)
    stream.seek(0)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UnreadableTableError("The file is UTF-32; save it as UTF-8.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _check_decodes(stream, "utf-16", "UTF-16")
        return "utf-16"
    _refuse_unmarked_utf16(head)
    if head.startswith(codecs.BOM_UTF8):
        _check_decodes(stream, "utf-8", "UTF-8")
        return "utf-8-sig"
    bad_line = _first_line_not_utf8(stream)
    if bad_line is None:
        return "utf-8"
    _check_windows_1252(stream, bad_line)
    return "cp1252"


def _refuse_unmarked_utf16(head: bytes) -> None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 4 and min(even, odd) <= len(head) // 40:
        raise UnreadableTableError(
            "The file looks like UTF-16 without a byte order mark; save it as UTF-8, or as UTF-16 with the mark."
        )


def _first_line_not_utf8(stream: BinaryIO) -> int | None:
    """Number of the first line that is not UTF-8, or None. Leaves the stream at its start."""
    return _first_undecodable_line(stream, "utf-8")


def _first_undecodable_line(stream: BinaryIO, encoding: str) -> int | None:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    block = b""
    try:
        while block := stream.read(BLOCK):
            decoder.decode(block)
            lines += block.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        # The decoder may carry bytes over from the block before; a newline is never among them.
        carried = max(len(error.object) - len(block), 0)
        return lines + block[: max(error.start - carried, 0)].count(b"\n")
    finally:
        stream.seek(0)
    return None


def _check_decodes(stream: BinaryIO, encoding: str, name: str) -> None:
    line = _first_undecodable_line(stream, encoding)
    if line is not None:
        raise UnreadableTableError(f"The file is marked as {name} but breaks off or is damaged.", line=line)


def _check_windows_1252(stream: BinaryIO, bad_line: int) -> None:
    stream.seek(0)
    line_number = 0
    try:
        # Read in bounded pieces so that a file without line ends does not sit in memory.
        while raw := stream.readline(BLOCK):
            line_number += 1
            if raw.isascii():
                continue
            if UTF8_SEQUENCE.search(raw):
                raise UnreadableTableError(
                    f"Line {line_number} is UTF-8 and line {bad_line} is not: two encodings are mixed. "
                    "Save the file again as UTF-8.",
                    line=bad_line,
                )
            try:
                text = raw.decode("cp1252")
            except UnicodeDecodeError:
                raise UnreadableTableError(AMBIGUOUS, line=line_number) from None
            odd = INSIDE_WORD.search(text)
            if odd:
                start = max(odd.start() - 20, 0)
                raise UnreadableTableError(AMBIGUOUS, line=line_number, value=text[start : odd.end() + 20].strip())
    finally:
        stream.seek(0)
