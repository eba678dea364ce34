"""The two pages: headline figures and charts on the first, windows and method on the second.

Everything is measured before it is set. The charts share the height that words leave on the first page, and the table
of windows has as many rows as the method leaves on the second; rows that have no room are counted in words.
"""

from contextlib import closing

from casualties.briefs import drawings
from casualties.briefs.contents import Bars, Contents, Figure, Lines, Row, Table
from casualties.briefs.paper import HEIGHT, INNER, LEFT, POINT, SERIF, TOP, WIDTH, Paper

PAGES = 2
FOOT_LINES = 5  # of a selection of any length; the rest of the words stands in the address on the second page
LOW_ROW, HIGH_ROW = 4.2, 5.6  # mm
CELL, HEADING = 8.0, 7.5  # points
BESIDE_NUMBER, BESIDE_WORDS = 3.6, 3.0  # mm: room for a mark; between columns
GAP = 5.0
HIGHEST = 82.0  # mm of a drawing


def pdf_of(contents: Contents) -> bytes:
    """The brief as a PDF of two A4 pages, with title, language and author."""
    with closing(Paper()) as paper:
        paper.set_title(contents["title"])
        paper.set_author(contents["author"])
        paper.set_subject(contents["sentence"])
        paper.set_lang(contents["language"])
        paper.set_creator(contents["author"])
        paper.add_page()
        end = _frame(paper, contents, 1)
        _first(paper, contents, _head(paper, contents), end)
        paper.add_page()
        end = _frame(paper, contents, 2)
        _second(paper, contents, end)
        return bytes(paper.output())


def _frame(paper: Paper, contents: Contents, page: int) -> float:
    """Band, running head and foot of a page; the height at which the foot begins."""
    paper.box(0, 0, WIDTH, 1.4, "un-blue")
    paper.font(8, colour="ink-3")
    paper.line_of(LEFT, 6, INNER, contents["author"])
    paper.line_of(LEFT, 6, INNER, contents["kicker"], align="R")
    paper.font(7.2, colour="ink-3")
    lines = [line for text in contents["foot"] for line in paper.wrapped(text, INNER - 24)]
    if len(lines) > FOOT_LINES:
        kept = len(paper.wrapped(contents["foot"][-1], INNER - 24))
        lines = [*lines[: FOOT_LINES - kept - 1], f"{lines[FOOT_LINES - kept - 1]} …", *lines[-kept:]]
    top = HEIGHT - 9 - len(lines) * paper.line_height
    paper.rule(top - 1.6)
    for i, line in enumerate(lines):
        paper.line_of(LEFT, top + i * paper.line_height, INNER, line)
    last = top + (len(lines) - 1) * paper.line_height
    paper.line_of(LEFT, last, INNER, contents["page"] % {"n": page}, align="R")
    return top - 5


def _head(paper: Paper, contents: Contents) -> float:
    paper.font(23, family=SERIF, bold=True)
    y = paper.block(LEFT, TOP, INNER, contents["title"]) + 0.8
    paper.font(8.5, colour="ink-2")
    y = paper.block(LEFT, y, INNER, contents["facts"]) + 2.6
    paper.font(11.5, family=SERIF)
    return paper.block(LEFT, y, INNER, contents["sentence"]) + 3.6


def _first(paper: Paper, contents: Contents, y: float, end: float) -> None:
    paper.rule(y, colour="ink", width=0.5)
    y = _figures(paper, contents["figures"], y + 2.5) + GAP
    signs = list(zip(contents["bars"]["causes"], contents["bars"]["labels"], strict=True))
    main, *others = contents["lines"]["lines"]
    line_signs = [(line["cause"], line["label"]) for line in (main, *others) if line["windows"]] if others else []
    with paper.measuring():
        words = _above(paper, contents["bars"], signs, 0) + _above(paper, contents["lines"], line_signs, 0)
        words += _caveat(paper, contents["bars"], 0) + _caveat(paper, contents["lines"], 0)
    drawn = 2 if main["windows"] else 1
    height = min((end - y - words - GAP) / drawn, HIGHEST)
    y = _above(paper, contents["bars"], signs, y)
    drawings.bars(paper, contents["bars"], y, height)
    y = _caveat(paper, contents["bars"], y + height) + GAP
    y = _above(paper, contents["lines"], line_signs, y)
    if main["windows"]:
        drawings.lines(paper, contents["lines"], y, height)
        y += height
    _caveat(paper, contents["lines"], y)


def _figures(paper: Paper, figures: list[Figure], y: float) -> float:
    """The headline figures side by side, numbers on one line; where they end."""
    gap = 5.0
    width = (INNER - gap * (len(figures) - 1)) / len(figures)
    paper.font(8, colour="ink-2")
    labels = max(paper.height_of(figure["label"], width) for figure in figures)
    ends = []
    for i, figure in enumerate(figures):
        x = LEFT + i * (width + gap)
        paper.font(8, colour="ink-2")
        paper.block(x, y, width, figure["label"])
        paper.font(22, bold=True)
        paper.line_of(x, y + labels, width, figure["value"])
        after = x + paper.get_string_width(figure["value"]) + 0.6
        paper.font(10, colour="ink-2")
        paper.line_of(after, y + labels + 0.6, 6, figure["mark"])
        paper.font(7.5, colour="ink-2")
        ends.append(paper.block(x, y + labels + 9.6, width, figure["note"]))
    return max(ends)


def _above(paper: Paper, chart: Bars | Lines, signs: list[tuple[str, str]], y: float) -> float:
    """Title, what is counted, and key of a chart; where its drawing begins."""
    paper.rule(y, colour="rule-strong")
    paper.font(12, family=SERIF, bold=True)
    y = paper.block(LEFT, y + 1.6, INNER, chart["title"]) + 0.4
    paper.font(8, colour="ink-2")
    y = paper.block(LEFT, y, INNER, chart["subtitle"]) + 1
    return (drawings.key(paper, signs, y) if signs else y) + 1


def _caveat(paper: Paper, chart: Bars | Lines, y: float) -> float:
    paper.font(7.5, colour="ink-3")
    return paper.block(LEFT, y + 0.6, INNER, chart["caveat"])


def _second(paper: Paper, contents: Contents, end: float) -> None:
    table = contents["table"]
    y = TOP
    paper.font(15, family=SERIF, bold=True)
    y = paper.block(LEFT, y, INNER, table["heading"]) + 0.6
    paper.font(8, colour="ink-2")
    y = paper.block(LEFT, y, INNER, table["caption"]) + 2
    with paper.measuring():
        room = end - y - _method(paper, contents, 0) - GAP
    y = _table(paper, table, y, room)
    _method(paper, contents, y + GAP)


def _method(paper: Paper, contents: Contents, y: float) -> float:
    """The method note; where it ends."""
    paper.rule(y, colour="ink", width=0.5)
    paper.font(12, family=SERIF, bold=True)
    y = paper.block(LEFT, y + 2, INNER, contents["method_heading"]) + 1
    paper.font(8.5, colour="ink-2")
    for text in contents["method"]:
        y = paper.block(LEFT, y, INNER, text) + 1.1
    return y


def _table(paper: Paper, table: Table, top: float, room: float) -> float:
    """Newest first; what has no room is counted in words, but records always stand there."""
    if not table["rows"]:
        return top
    widths = _widths(paper, table)
    y = _headings(paper, table, widths, top)
    room -= y - top + 5
    row_height = min(max(room / len(table["rows"]), LOW_ROW), HIGH_ROW)
    shown = _shown(table["rows"], max(1, int(room / row_height)))
    for row in shown:
        _row(paper, table, row, widths, (y, row_height))
        y += row_height
        paper.rule(y, width=0.15)
    if hidden := len(table["rows"]) - len(shown):
        paper.font(7.5, colour="ink-2")
        y = paper.block(LEFT, y + 1, INNER, table["more"] % {"n": hidden})
    return y


def _shown(rows: list[Row], fits: int) -> list[Row]:
    """The newest rows that fit, and the records among the others."""
    if len(rows) <= fits:
        return rows
    records = [row for row in rows[fits:] if row["record"]][: max(fits - 1, 0)]
    while True:
        newest = rows[: fits - len(records)]
        missing = [row for row in rows[len(newest) :] if row["record"]][: max(fits - 1, 0)]
        if len(missing) <= len(records):
            return [*newest, *missing]
        records = missing


def _widths(paper: Paper, table: Table) -> list[float]:
    """Each column as wide as its cells and the longest word over them; what is left over is shared out."""
    found = []
    for i, heading in enumerate(table["headings"]):
        paper.font(HEADING, bold=True)
        wide = max(paper.get_string_width(word) for word in heading.split(" "))
        paper.font(CELL, bold=i == 1)
        wide = max(wide, *(paper.get_string_width(row["cells"][i][0]) for row in table["rows"]))
        found.append(wide + (BESIDE_WORDS if i in table["words"] else BESIDE_NUMBER))
    left = INNER - sum(found)
    return [one + left / len(found) if left > 0 else one * INNER / sum(found) for one in found]


def _headings(paper: Paper, table: Table, widths: list[float], y: float) -> float:
    """The heads of the columns on one base line; where they end."""
    paper.font(HEADING, bold=True)
    wrapped = [paper.wrapped(text, width - 2.0) for text, width in zip(table["headings"], widths, strict=True)]
    height = max(len(lines) for lines in wrapped) * paper.line_height
    paper.rule(y, colour="ink", width=0.35)
    x = LEFT
    for i, lines in enumerate(wrapped):
        top = y + 0.8 + height - len(lines) * paper.line_height
        for n, line in enumerate(lines):
            _cell(paper, (x, top + n * paper.line_height), widths[i], line, words=i in table["words"])
        x += widths[i]
    paper.rule(y + height + 1.4, colour="ink", width=0.25)
    return y + height + 1.4


def _cell(paper: Paper, at: tuple[float, float], width: float, text: str, *, words: bool) -> None:
    """Numbers right, with room for a mark; words left."""
    if words:
        paper.line_of(at[0] + 0.8, at[1], width, text)
    else:
        paper.line_of(at[0], at[1], width - 2.2, text, align="R")


def _row(paper: Paper, table: Table, row: Row, widths: list[float], place: tuple[float, float]) -> None:
    y, height = place
    if row["record"]:
        paper.box(LEFT, y, INNER, height, "mark")
    top = y + (height - CELL * POINT) / 2 - 0.25
    x = LEFT
    for i, (text, mark) in enumerate(row["cells"]):
        paper.font(CELL, bold=i == 1)
        _cell(paper, (x, top), widths[i], text, words=i in table["words"])
        paper.font(6, colour="ink-2")
        paper.line_of(x + widths[i] - 1.9, top - 0.3, 3, mark)
        x += widths[i]
