"""Reading pages as a reader does: the words without tags, and the cells of a table."""

import html
import re
from collections.abc import Sequence
from typing import Any

INLINE = re.compile(r"</?(?:span|strong|abbr)\b[^>]*>|</a>(?=<abbr|[.,;:)])")  # what stands against the words before it
TAG = re.compile(r"<[^>]+>")


def page(response: Any) -> str:
    """The page as it was sent."""
    return str(response.content.decode())


def words(markup: str) -> str:
    """Markup as words, with single spaces; scripts, data blocks and styles are left out."""
    shown = re.sub(r"<(script|style)\b.*?</\1>", " ", markup, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(TAG.sub(" ", INLINE.sub("", shown)))).strip()


def main_of(response: Any) -> str:
    """The words of the page's own part, without frame and foot."""
    found = re.search(r'<main id="main".*?</main>', page(response), flags=re.S)
    assert found, "the page has no main part"
    return words(found.group())


def table(response: Any, label: str) -> list[list[str]]:
    """The rows of the table in the region of that name, head included, each cell as words."""
    label = html.escape(label)
    found = re.search(rf'aria-label="{re.escape(label)}"[^>]*>\s*(<table.*?</table>)', page(response), flags=re.S)
    assert found, f"no table is named {label}"
    rows = re.findall(r"<tr\b.*?</tr>", found.group(1), flags=re.S)
    return [[words(cell) for cell in re.findall(r"<t[hd]\b.*?</t[hd]>", row, flags=re.S)] for row in rows]


def row(rows: Sequence[Sequence[str]], first: str) -> list[str]:
    """The row whose first cell says that."""
    (found,) = [list(cells) for cells in rows if cells[0] == first]
    return found
