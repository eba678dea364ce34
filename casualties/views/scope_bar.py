"""Which total is this? The scope bar of a page, and the selection in words for the lines under titles."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casualties.charts import wording
from casualties.charts.embed import source_line
from casualties.choices import Scope
from casualties.counts import open_period
from casualties.filters import TEXT_SEARCH, Selection, labelled, values_in_words, years_in_words
from casualties.trends.series_years import series_years

NARROWING = ("family", "kind", "region", "nationality", "gender", "means", "context", "accident_type", TEXT_SEARCH)


def scope_bar(selection: Selection, years: range, until: date | None, links: list[dict[str, str]]) -> dict[str, Any]:
    """The mapping that templates/casualties/_scope_bar.html takes.

    `years` is the series of the selection, `until` the last day that the figures of an open year cover.
    """
    counting = _("injuries, one per person") if selection.outcome == "injury" else _("deaths, one per person")
    causes = causes_in_words(selection)
    return {
        "scope": scope_in_words(selection),
        "counting": _("; ").join(filter(None, (counting, causes))),
        "period": period_in_words(selection, years, until),
        "links": links,
        "takes_known_at": True,
    }


def last_known_day(selection: Selection, years: range) -> date | None:
    """The last day of the open year that the figures cover, where their `years` reach into it and days are known."""
    reaches = bool(years) and years[-1] == selection.basis.last_covered_year
    return open_period(selection)[1] if reaches and not selection.basis.annual_counts_only else None


def scope_of_series(selection: Selection) -> dict[str, Any]:
    """The scope bar of a page that shows the whole series of its selection."""
    years = series_years(selection)
    return scope_bar(selection, years, last_known_day(selection, years), [])


def source_of(selection: Selection) -> str:
    """The line under the selection's charts and tables: whose data, which release, as known on which day."""
    found = selection.basis.sources
    return source_line(found.published_on, own_on=found.own_on, known_at=selection.basis.known_at)


def known_query(selection: Selection) -> str:
    """What the address of a mission or incident takes along from a page: the day at which its figures were known."""
    day = selection.basis.known_at
    return f"?known_at={day.isoformat()}" if day else ""


def scope_in_words(selection: Selection) -> str:
    """Where and who: "MINUSMA, uniformed personnel only; nationality: Chad". Without cause and years."""
    where, who = (part.strip() for part in Scope(selection.scope).label.split(",", 1))
    missions = selection.values.get("mission", ())
    if missions:
        only = "" if selection.scope in {Scope.ALL, Scope.UNIFORMED} else f" ({where})"
        where = either(missions) + only
    if "personnel" in selection.values:
        who = (
            f"{_values(selection, 'personnel').lower()}"
            if selection.scope in {Scope.ALL, Scope.PKO}
            else _("%(label)s: %(words)s") % {"label": who, "words": _values(selection, "personnel").lower()}
        )
    parts = [f"{where}, {who}"]
    for name in NARROWING:
        if name in selection.values:
            parts.append(labelled(name, _values(selection, name)))
    return _("; ").join(parts)


def capitalised_scope(scope: Scope) -> str:
    """ "All peace operations, all personnel"."""
    return wording.capitalised(str(scope.label))


def causes_in_words(selection: Selection) -> str:
    """ "malicious act or accident"; blank without a filter by cause."""
    return _values(selection, "cause").lower() if "cause" in selection.values else ""


def scope_with_causes(selection: Selection) -> str:
    """The line under a chart's title: scope and, where they are chosen, causes."""
    causes = causes_in_words(selection)
    return _("; ").join(filter(None, (scope_in_words(selection), causes)))


def period_in_words(selection: Selection, years: range, until: date | None) -> str:
    """ "1948 to 21 Nov 2023": the years of incidents that the figures cover."""
    if selection.by_day:
        return years_in_words(selection)
    if not years:
        return years_in_words(selection) or "–"
    last = str(years[-1])
    if until and until.year == years[-1]:
        return pgettext("to a day", "%(first)s to %(last)s") % {
            "first": years[0],
            "last": wording.dated(until, "j M Y"),
        }
    return str(years[0]) if last == str(years[0]) else _("%(first)s to %(last)s") % {"first": years[0], "last": last}


def is_filtered(selection: Selection) -> bool:
    """Whether anything but the address itself narrows the selection; an earlier day narrows nothing."""
    return any(name not in selection.fixed and name != "known_at" for name in selection.values)


def _values(selection: Selection, name: str) -> str:
    return either(values_in_words(selection, name))


def either(items: "list[str] | tuple[str, ...]") -> str:
    """ "Chad, Mali or Niger"."""
    if len(items) < 2:
        return "".join(items)
    return _("%(items)s or %(last)s") % {"items": ", ".join(items[:-1]), "last": items[-1]}
