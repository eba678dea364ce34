"""Deaths by the seat of their mission, as dots on a map of coastlines: the area of a dot means persons.

The axes are longitude and latitude, drawn at one scale along the parallels of 34 degrees, between which most missions
lie. Coastlines are no part of the figure: static/js/map.js fetches them from our own server when the map comes near.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Cell, Embed, Heading, Row, Table, cell, sentences, words
from casualties.charts.filling import filled
from casualties.charts.leading import linked

LARGEST = 46  # pixels across the largest dot
SMALLEST = 4  # a dot of one person can still be seen; below it area would say less than nothing
STRETCH = 1.2  # 1 / cos(34 degrees)
NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Place:
    """Missions with one seat and their persons together."""

    missions: tuple[str, ...]
    seat: str
    longitude: float
    latitude: float
    persons: int

    @property
    def label(self) -> str:
        return wording.listed(self.missions)


def deaths_by_place(
    places: Sequence[Place],
    *,
    elsewhere: Sequence[tuple[str, int]],
    scope: str,
    span: str,
    outcome: str,
    csv_url: str,
    source: str,
    address: Callable[[Sequence[str]], str] | None = None,
) -> Embed:
    """A dot for every place with somebody; `elsewhere` are missions without an established place and their persons.

    `address` says where the people of some missions are shown (of none named: of all); figures are then links.
    """
    shown = sorted((place for place in places if place.persons), key=lambda place: -place.persons)
    counted = wording.noun(outcome)
    title = _title(shown, outcome)
    return Embed(
        id="map",
        title=title,
        linked_title=_title(shown, outcome, address),
        subtitle=_("%(counted)s by headquarters of the mission, %(span)s. %(scope)s.")
        % {"counted": counted, "span": span, "scope": wording.capitalised(scope)},
        figure=_figure(shown) if shown else None,
        narrow={"annotations": []},
        description=_("Map of dots; the area of a dot means %(counted)s. %(title)s.")
        % {"counted": wording.persons_of(wording.ALL_CAUSES, outcome), "title": title},
        table=_table(shown, elsewhere, counted, address),
        caveat=sentences(
            _("Dots stand at mission headquarters, not at places of death."),
            _without_place(elsewhere, address),
            _(
                "The map shows coastlines (United Nations geodata, as published with plotly.js) and no boundaries; "
                "neither the map nor a name on it expresses an opinion on the legal status of any country, territory "
                "or area, or on its frontiers."
            ),
        ),
        csv_url=csv_url,
        source=source,
        height=420,
    )


def _title(shown: Sequence[Place], outcome: str, address: Callable[[Sequence[str]], str] | None = None) -> str:
    """Where most were: "Most deaths were in missions at Naqoura (UNIFIL), with 326"."""
    if not shown:
        return _("No place with anybody in this selection")
    first = shown[0]
    facts = {
        "counted": wording.persons_of(wording.ALL_CAUSES, outcome),
        "seat": first.seat or _("one place"),
        "missions": first.label,
        "n": linked(first.persons, address(first.missions) if address else ""),
    }
    return filled(
        _("Most %(counted)s were in missions with headquarters in %(seat)s (%(missions)s), with %(n)s"), facts
    )


def _without_place(elsewhere: Sequence[tuple[str, int]], address: Callable[[Sequence[str]], str] | None) -> str:
    persons = sum(n for _name, n in elsewhere)
    if not persons:
        return ""
    named = [name for name, n in elsewhere if n]
    missions = len(named)
    said = ngettext(
        "%(n)s more are of a mission or office without an established place, in the table.",
        "%(n)s more are of %(missions)s missions and offices without an established place, in the table.",
        missions,
    )
    led = linked(persons, address(named) if address else "")
    return filled(said, {"n": led, "missions": wording.count(missions)})


def _figure(shown: Sequence[Place]) -> go.Figure:
    highest = shown[0].persons
    dots = theme.scatter(
        mode="markers",
        x=[place.longitude for place in shown],
        y=[place.latitude for place in shown],
        customdata=[f"{place.label}: {wording.count(place.persons)}" for place in shown],
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "size": [max(SMALLEST, LARGEST * math.sqrt(place.persons / highest)) for place in shown],
            "color": theme.token("all"),
            "opacity": 0.55,
            "line": {"color": theme.token("paper"), "width": 0.8},
        },
    )
    named: list[dict[str, object]] = [
        {
            "x": place.longitude,
            "y": place.latitude,
            "text": f"{place.missions[0]} {wording.count(place.persons)}"
            if len(place.missions) == 1
            else f"{place.seat} {wording.count(place.persons)}",
            "showarrow": False,
            "xanchor": "left",
            "xshift": LARGEST * math.sqrt(place.persons / highest) / 2 + 4,
            "bgcolor": theme.CLEAR,
        }
        for place in _apart(shown)
    ]
    bare = {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "showticklabels": False}
    layout = {
        "hovermode": "closest",
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "xaxis": {**bare, "range": [-125, 160], "constrain": "domain"},
        "yaxis": {**bare, "range": [-42, 62], "constrain": "domain", "scaleanchor": "x", "scaleratio": STRETCH},
        "annotations": named,
    }
    return theme.figure([dots], layout)


def _apart(shown: Sequence[Place]) -> list[Place]:
    """The places to name: the largest ones that do not stand in each other's way."""
    chosen: list[Place] = []
    for place in shown:
        near = any(
            abs(place.latitude - other.latitude) < 8 and abs(place.longitude - other.longitude) < 40 for other in chosen
        )
        if len(chosen) < NAMED and not near:
            chosen.append(place)
    return chosen


def _table(
    shown: Sequence[Place],
    elsewhere: Sequence[tuple[str, int]],
    counted: str,
    address: Callable[[Sequence[str]], str] | None,
) -> Table:
    """A row per place, then the missions without one, then all of them."""

    def number(persons: int, missions: Sequence[str]) -> Cell:
        return replace(cell(persons), url=address(missions) if address and persons else "")

    rows = [
        Row(cells=(words(place.seat or "–"), words(place.label), number(place.persons, place.missions)))
        for place in shown
    ]
    rows += [Row(cells=(words(_("Not established")), words(name), number(n, [name]))) for name, n in elsewhere if n]
    total = sum(place.persons for place in shown) + sum(n for _name, n in elsewhere)
    rows.append(Row(cells=(words(_("All")), words(""), number(total, ())), total=True))
    headings = (
        Heading(text=_("Headquarters"), number=False),
        Heading(text=_("Missions"), number=False),
        Heading(text=counted),
    )
    return Table(headings=headings, rows=tuple(rows))
