"""Addresses of what stands behind a figure under the same selection: its incidents, its people, its counts."""

from collections.abc import Mapping, Sequence
from functools import cache

from django.urls import reverse
from django.utils.http import urlencode

from casualties.filters import Selection


@cache
def path_of(name: str) -> str:
    """The path of a page that takes nothing in its path: one page asks for some of them a thousand times."""
    return reverse(name)


def with_query(path: str, query_string: str) -> str:
    """The path with the query string, or alone where there is none."""
    return f"{path}?{query_string}" if query_string else path


def own_first(own: Mapping[str, str] | None, query_string: str) -> str:
    """A query string with what a page takes beside a selection in front of it."""
    return "&".join(part for part in (urlencode(own or {}), query_string) if part)


def incidents_url(selection: Selection, **changes: object) -> str:
    """The incident explorer for a selection with some parameters changed (None takes one out)."""
    return with_query(path_of("incidents"), everywhere(selection, **changes).query_string)


def casualties_csv_url(selection: Selection) -> str:
    """The people of a selection as a file that says scope, filters and release in its head."""
    return _file("casualties-csv", everywhere(selection), [("header", "1")])


def counts_csv_url(selection: Selection, by: Sequence[str], *, measure: str = "persons") -> str:
    """The counts behind a chart as a file: count(selection, by)."""
    own = [("by", ",".join(by)), *([("measure", measure)] if measure != "persons" else [])]
    return _file("figures-csv", everywhere(selection), own)


def trends_url(selection: Selection, **changes: object) -> str:
    """The five-year windows of a selection, as a page."""
    return with_query(path_of("trends"), everywhere(selection, **changes).query_string)


def trends_csv_url(selection: Selection, *, by_cause: bool = False) -> str:
    """The five-year windows of a selection, as a file."""
    return _file("trends-csv", everywhere(selection), [("by", "cause")] if by_cause else [])


def same_days_csv_url(selection: Selection) -> str:
    """The open year and the same days of the years before it by cause, as a file."""
    return _file("same-days-csv", everywhere(selection), [("by", "cause")])


def open_cases_url(selection: Selection) -> str:
    """The open cases of a selection by age and mission."""
    return with_query(path_of("open-cases"), everywhere(selection).query_string)


def revisions_url(selection: Selection) -> str:
    """What the last release says otherwise of a selection; "" as known earlier, where the releases are to be chosen."""
    return "" if selection.basis.known_at else with_query(path_of("revisions"), everywhere(selection).query_string)


def mission_url(acronym: str, query_string: str = "") -> str:
    """The page of a mission."""
    return with_query(reverse("mission", args=[acronym]), query_string)


def mission_of(selection: Selection, acronym: str) -> str:
    """The page of a mission under the other filters of a selection; the page refuses what chooses missions."""
    return mission_url(acronym, everywhere(selection, mission=None, family=None).query_string)


def contributor_url(iso3: str, query_string: str = "") -> str:
    """The page of a contributor."""
    return with_query(reverse("contributor", args=[iso3]), query_string)


def contributor_of(selection: Selection, iso3: str) -> str:
    """The page of a contributor under the other filters of a selection."""
    return contributor_url(iso3, everywhere(selection, nationality=None).query_string)


def cause_url(cause: str, query_string: str = "") -> str:
    """The page of a cause."""
    return with_query(reverse("cause", args=[cause]), query_string)


def cause_links(selection: Selection) -> dict[str, str]:
    """For the keys of a page's charts: what the pages of causes are asked, so that they show the same selection."""
    return {"query": everywhere(selection, cause=None).query_string}


def everywhere(selection: Selection, **changes: object) -> Selection:
    """The selection as another page has to say it: what its own address says becomes a parameter."""
    return selection.change(**{**selection.fixed, **changes})


def _file(name: str, selection: Selection, own: Sequence[tuple[str, str]]) -> str:
    parts = [urlencode(own), selection.query_string]
    return with_query(path_of(name), "&".join(part for part in parts if part))
