"""How templates write figures: numbers, dates, windows, marks; and the small parts of the frame."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.defaultfilters import filesizeformat
from django.urls import Resolver404, resolve, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from casualties.charts import spark, theme, wording
from casualties.charts.embed import Embed, Panel
from casualties.charts.leading import linked
from casualties.choices import Cause, DatePrecision

register = template.Library()

SHORT = {DatePrecision.DAY: "j M Y", DatePrecision.MONTH: "M Y", DatePrecision.YEAR: "Y"}
LONG = {DatePrecision.DAY: "j F Y", DatePrecision.MONTH: "F Y", DatePrecision.YEAR: "Y"}
YEAR_RANGE = re.compile(r"\b\d{4}–\d{2,4}\b")
MARKS = {"p": noop("provisional: may still change"), "r": noop("revised since first published")}
MESSAGE_KINDS = {"success": "good", "warning": "warn", "error": "bad"}


@register.filter
def count(value: object) -> str:
    """1,234; – where it is not available. Text (a rate that is already written) stays as it is."""
    return value if isinstance(value, str) else wording.count(value)


@register.filter
def led(value: object, url: str) -> str:
    """A number that leads to the people behind it; nobody leads nowhere."""
    return linked(value, url)


@register.filter
def signed(value: object) -> str:
    """+8, −20, 0; – where it is not available."""
    return wording.signed(value)


@register.filter
def rate(value: object) -> str:
    """Two decimals; – where there is no denominator."""
    return wording.rate(value)


@register.filter
def share(part: object, whole: object) -> str:
    """Whole per cent of `whole`; – for a base below 20."""
    return wording.share(part, whole)


@register.filter
def workbook(csv_url: str) -> str:
    """The address of the same file as XLSX; blank where there is none. A workbook always says what it is."""
    path, _mark, query = csv_url.partition("?")
    url = re.sub(r"\.csv$", ".xlsx", path)
    try:
        resolve(url)
    except Resolver404:
        return ""
    kept = [pair for pair in query.split("&") if pair and not pair.startswith("header=")]
    return f"{url}?{'&'.join(kept)}" if kept else url


@register.filter
def window(first: int, last: int) -> str:
    """1992–96; 1999–2003."""
    return wording.years(int(first), int(last))


@register.filter
def shortdate(value: date | None, precision: str = DatePrecision.DAY) -> str:
    """21 Nov 2023, or as much of it as is known: Nov 2023, 2023. For tables."""
    return wording.dated(value, SHORT[DatePrecision(precision)]) if value else wording.NOT_AVAILABLE


@register.filter
def longdate(value: date | None, precision: str = DatePrecision.DAY) -> str:
    """21 November 2023, November 2023, 2023. For sentences."""
    return wording.dated(value, LONG[DatePrecision(precision)]) if value else wording.NOT_AVAILABLE


@register.filter
def size(value: int) -> str:
    """300 MB, 1.5 GB: the size of a file in bytes; one decimal, where it is not 0."""
    written, _space, unit = filesizeformat(value).partition("\u00a0")
    number = float(written.replace(wording.separators()[0], "."))
    return f"{wording.in_figures(f'{number:,.1f}'.removesuffix('.0'))}\u00a0{unit}"


@register.filter
def shorttime(value: datetime) -> str:
    """21 Nov 2023, 14:05."""
    return wording.dated(value, "j M Y, H:i")


@register.filter
def mark(letter: str) -> SafeString:
    """The raised p (provisional) or r (revised) with what it means; nothing for no mark."""
    return _mark(letter, get_language()) if letter else SafeString("")


@cache
def _mark(letter: str, language: str | None) -> SafeString:
    """Written once for a language: tables have it by the hundred."""
    if letter not in MARKS:
        raise ValueError(f"a mark is p or r, not {letter!r}")
    return format_html('<abbr class="mk" title="{}">{}</abbr>', _(MARKS[letter]), letter)


@register.filter
def cause_label(cause: str) -> str:
    """The name of a cause; "" is all causes."""
    return wording.cause_label(cause)


@register.filter
def figure_data(chart: Embed | Panel) -> SafeString:
    """The figure as JSON for a data block; what could end the script element is escaped there."""
    if chart.figure is None:
        raise ValueError(f"{chart.id} has no figure to embed")
    return mark_safe(theme.figure_json(chart.figure, chart.narrow))  # noqa: S308


@register.filter
def unbroken(sentence: str) -> SafeString:
    """A sentence whose year ranges (1992–96) are not split at the end of a line."""
    return mark_safe(YEAR_RANGE.sub(r'<span class="nw">\g<0></span>', conditional_escape(sentence)))  # noqa: S308


@register.filter
def message_kind(tags: str) -> str:
    """The kind of note bar for a message of Django's messages framework."""
    return next((kind for tag, kind in MESSAGE_KINDS.items() if tag in tags.split()), "")


@register.filter
def drawing(svg: str) -> SafeString:
    """A drawing of casualties.charts.spark (made of numbers alone) as it is."""
    return mark_safe(svg)  # noqa: S308


@register.simple_tag
def chart_template() -> SafeString:
    """The template of all figures, for one data block of a page with charts."""
    return mark_safe(theme.template_json())  # noqa: S308


@register.simple_tag
def cause_link(cause: str, label: str, links: Mapping[str, str] | str) -> SafeString:
    """The name of a cause as a link to its page under the same selection; `links` holds its `query`, blank: no link."""
    if not links or isinstance(links, str) or cause not in Cause.values:
        return conditional_escape(label)
    query = f"?{links['query']}" if links["query"] else ""
    return format_html('<a href="{}{}">{}</a>', reverse("cause", args=[cause]), query, label)


@register.simple_tag
def bar(value: object, highest: object) -> SafeString:
    """A grey bar for a table cell on the scale of the longest of its column."""
    return mark_safe(spark.bar(value, highest))  # noqa: S308


@register.simple_tag
def facet_bar(persons: object, rows: Sequence[Mapping[str, Any]]) -> SafeString:
    """A thin grey bar on the scale of the longest row of its facet."""
    highest = max((wording.whole(row["persons"]) or 0 for row in rows), default=0)
    return mark_safe(spark.bar(persons, highest, width=100, height=3))  # noqa: S308


@register.simple_tag(takes_context=True)
def nav_link(context: Context, path: str, label: str, todo: int | None = None) -> SafeString:
    """A link of the main navigation; the one whose pages the reader is in is marked, `todo` is what waits there."""
    request = context.get("request")
    here = request.path if request else ""
    inside = here == path or (path != "/" and here.startswith(path))
    current = (
        SafeString(' aria-current="page"') if here == path else SafeString(' aria-current="true"') if inside else ""
    )
    waiting = ""
    if todo:
        said = _("waiting for you")
        waiting = format_html(
            '<span class="todo"><span class="visually-hidden">{}: </span>{}</span>', said, wording.count(todo)
        )
    return format_html('<a href="{}"{}>{}{}</a>', path, current, label, waiting)
