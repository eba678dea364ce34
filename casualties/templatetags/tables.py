"""Tables of figures as HTML, for templates/casualties/_table.html.

Written here and not in the template language: a page has some thousands of cells, and asking each of them in a template
what it is took a third of the time in which a page is made.
"""

from django import template
from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString, mark_safe

from casualties.charts.embed import Cell, Heading, Row, Table
from casualties.templatetags.figures import mark

register = template.Library()
LONG = 20


@register.simple_tag
def table_parts(table: Table) -> SafeString:
    """The head and the body of a table."""
    head = "".join(_heading(heading) for heading in table.headings)
    body = "".join(_row(row) for row in table.rows)
    return mark_safe(f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody>")  # noqa: S308


def _heading(heading: Heading) -> str:
    kind = ' class="n"' if heading.number else ""
    return f'<th scope="col"{kind}>{escaped(heading.text)}{mark(heading.mark)}</th>'


def _row(row: Row) -> str:
    kind = ' class="marked"' if row.record else ' class="total"' if row.total else ""
    first, *others = row.cells
    name = f'<th scope="row" class="{"n" if first.number else "nw"}">{escaped(first.text)}{mark(first.mark)}</th>'
    return f"<tr{kind}>{name}{''.join(_cell(cell) for cell in others)}</tr>"


def _cell(cell: Cell) -> str:
    kind = (' class="n none"' if cell.missing else ' class="n"') if cell.number else ""
    if not cell.number and len(cell.text) > LONG:
        kind = ' class="long"'  # on a small screen its column does not become one word wide
    text: str = escaped(cell.text)
    if cell.tag:
        text = f'<span class="tag {escaped(cell.tag)}">{text}</span>'
    elif cell.url:
        text = f'<a href="{escaped(cell.url)}">{text}</a>'
    raised: str = mark(cell.mark)
    if cell.mark_url:
        raised = f'<a class="why" href="{escaped(cell.mark_url)}">{raised}</a>'
    return f"<td{kind}>{text}{raised}</td>"
