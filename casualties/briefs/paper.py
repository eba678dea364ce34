"""A4 in millimetres: fonts, the colours of the design, and text that is measured before it is set.

Fonts are embedded, cut down to the characters in use. Colours are the light tokens of static/app.css, so that a cause
has one colour on the screen, in print and here.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

from django.conf import settings
from fpdf import FPDF
from fpdf.fonts import TTFFont

WIDTH, HEIGHT = 210.0, 297.0
LEFT, TOP = 16.0, 13.0
INNER = WIDTH - 2 * LEFT
LEADING = 1.28
POINT = 25.4 / 72  # mm
SANS, SERIF = "sans", "serif"
_FONTS = {SANS: ("fontpkg_pt_sans", "PT_Sans-Web"), SERIF: ("fontpkg_pt_serif", "PT_Serif-Web")}
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*#([0-9a-f]{6})\b")
NARROW_SPACE, SPACE = "\u202f", "\u00a0"  # the fonts lack the narrow one
logging.getLogger("fontTools").setLevel(logging.WARNING)  # else twenty lines for each typeface that is cut down


class Paper(FPDF):
    """Pages without automatic breaks: whoever writes on them says where."""

    def __init__(self) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.quiet = False
        self.set_auto_page_break(auto=False)
        self.set_margin(0)
        for family, (package, stem) in _FONTS.items():
            for style, name in (("", "Regular"), ("B", "Bold")):
                self.add_font(family, style, str(files(package) / "files" / f"{stem}-{name}.ttf"))

    def close(self) -> None:
        """Close the files of the typefaces, which the library leaves open."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    @contextmanager
    def measuring(self) -> Iterator[None]:
        """Whatever is set within takes its room and leaves no mark."""
        self.quiet = True
        try:
            yield
        finally:
            self.quiet = False

    def font(self, size: float, *, family: str = SANS, bold: bool = False, colour: str = "ink") -> None:
        """The font of what is set next; `size` in points, `colour` a token."""
        self.set_font(family, "B" if bold else "", size)
        self.set_text_color(*rgb(colour))

    @property
    def line_height(self) -> float:
        """Of the current font, in mm."""
        return self.font_size_pt * POINT * LEADING

    def wrapped(self, text: str, width: float) -> list[str]:
        """The lines of a text in the current font."""
        found: list[str] = []
        for word in _settable(text).split(" "):
            pieces = [word] if self.get_string_width(word) <= width else self._cut(word, width)
            for place, piece in enumerate(pieces):
                longer = f"{found[-1]} {piece}" if found and place == 0 else piece
                if found and place == 0 and self.get_string_width(longer) <= width:
                    found[-1] = longer
                else:
                    found.append(piece)
        return found

    def height_of(self, text: str, width: float) -> float:
        """How high a block of the current font becomes, in mm."""
        return len(self.wrapped(text, width)) * self.line_height if text else 0.0

    def block(self, x: float, y: float, width: float, text: str, *, align: str = "L") -> float:
        """Set a text in lines from the top `y`; where it ends."""
        if not text:
            return y
        for line in self.wrapped(text, width):
            self.line_of(x, y, width, line, align=align)
            y += self.line_height
        return y

    def line_of(self, x: float, y: float, width: float, line: str, *, align: str = "L") -> None:
        """One line within a width; `y` is its top. "L", "R" or "C"."""
        if self.quiet or not line:
            return
        free = width - self.get_string_width(_settable(line))
        at = x + {"L": 0.0, "R": free, "C": free / 2}[align]
        self.text(at, y + self.font_size_pt * POINT, _settable(line))

    def rule(self, y: float, *, colour: str = "rule", width: float = 0.2, x: float = LEFT, to: float = 0.0) -> None:
        """A horizontal line."""
        if self.quiet:
            return
        self.set_draw_color(*rgb(colour))
        self.set_line_width(width)
        self.line(x, y, to or LEFT + INNER, y)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle without border."""
        if self.quiet:
            return
        self.set_fill_color(*rgb(colour))
        self.rect(x, y, width, height, style="F")

    def _cut(self, word: str, width: float) -> Sequence[str]:
        """An address has no space to break at."""
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.get_string_width(pieces[-1] + letter) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces


@cache
def tokens() -> dict[str, str]:
    """Name -> six hexadecimal digits, of the light colours: those of the first block of app.css."""
    css = (settings.BASE_DIR / "static" / "app.css").read_text(encoding="utf-8")
    return dict(_TOKEN.findall(css[: css.index("[data-theme")]))


def rgb(token: str) -> tuple[int, int, int]:
    """A colour of the design; KeyError for a name that it does not have."""
    colour = tokens()[token]
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)


def _settable(text: str) -> str:
    return text.replace(NARROW_SPACE, SPACE)
