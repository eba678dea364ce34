"""Deaths by the seat of their mission, as dots on a map of coastlines: the area of a dot means persons.

The axes are longitude and latitude, drawn at one scale along the parallels of 34 degrees, between which most missions
lie. Coastlines are no part of the figure: static/js/map.js fetches them from our own server when the map comes near.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from plotly import graph_objects as go

from casualties.charts import theme, wording
from casualties.charts.embed import Cell, Embed, Heading, Row, Table, cell, sentences, words
from casualties.charts.filling import filled
from casualties.charts.label_boxes import Box, Spot, around, free
from casualties.charts.leading import linked
from casualties.charts.window_titles import NAMED_TIES

LARGEST = 46  # pixels across the largest dot
SMALLEST = 4  # a dot of one person can still be seen; below it area would say less than nothing
STRETCH = 1.2  # 1 / cos(34 degrees)
WEST, EAST, SOUTH, NORTH = -125, 160, -42, 62
NAMED = 5
Frame = tuple[int, int]  # width and height in pixels
HEIGHT = 420
FRAMES = ((640, HEIGHT), (770, HEIGHT), (1024, HEIGHT))  # pixels; charts.js draws no names on a narrower map
FULL_WIDTH = 770  # charts.js shrinks the dots of a narrower map


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
    """A dot for every place with somebody; `elsewhere` are missions whose place is not known and their persons.

    `address` says where the people of some missions are shown (of none named: of all); figures are then links.
    """
    shown = sorted((place for place in places if place.persons), key=lambda place: -place.persons)
    counted = wording.noun(outcome)
    total = sum(place.persons for place in shown) + sum(n for _name, n in elsewhere)
    title = _title(shown, total, outcome)
    return Embed(
        id="map",
        title=title,
        linked_title=_title(shown, total, outcome, address),
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
        height=HEIGHT,
    )


def _title(
    shown: Sequence[Place], total: int, outcome: str, address: Callable[[Sequence[str]], str] | None = None
) -> str:
    """Where most were: "680 of 4,344 deaths were in missions with headquarters in Kinshasa (MONUSCO and
    MONUC), more than at any other headquarters on the map"."""
    if not shown:
        return _("No place with anybody in this selection")
    most = [place for place in shown if place.persons == shown[0].persons]
    missions = [name for place in most for name in place.missions] if len(most) == 1 else []
    facts: dict[str, object] = {
        "counted": wording.persons_of(wording.ALL_CAUSES, outcome),
        "places": wording.listed([_place_words(place) for place in most]),
        "many": wording.number_word(len(most)),
        "n": linked(most[0].persons, address(missions) if address and missions else ""),
        "total": linked(total, address(()) if address else ""),
    }
    if most[0].persons == total:
        said = _("All %(counted)s were in missions with headquarters in %(places)s: %(n)s")
    elif len(most) == 1:
        said = _(
            "%(n)s of %(total)s %(counted)s were in missions with headquarters in %(places)s, "
            "more than at any other headquarters on the map"
        )
    elif len(most) <= NAMED_TIES:
        said = _(
            "%(n)s of %(total)s %(counted)s each were in missions with headquarters in %(places)s, "
            "more than at any other headquarters on the map"
        )
    else:
        said = _(
            "%(n)s of %(total)s %(counted)s were in missions at each of %(many)s headquarters, "
            "more than at any other headquarters on the map"
        )
    return filled(said, facts)


def _place_words(place: Place) -> str:
    return _("%(seat)s (%(missions)s)") % {"seat": place.seat or _("one place"), "missions": place.label}


def _without_place(elsewhere: Sequence[tuple[str, int]], address: Callable[[Sequence[str]], str] | None) -> str:
    persons = sum(n for _name, n in elsewhere)
    if not persons:
        return ""
    named = [name for name, n in elsewhere if n]
    missions = len(named)
    said = ngettext(
        "%(n)s more are of a mission or office whose place is not known, in the table.",
        "%(n)s more are of %(missions)s missions and offices whose place is not known, in the table.",
        missions,
    )
    led = linked(persons, address(named) if address else "")
    return filled(said, {"n": led, "missions": wording.count(missions)})


def _figure(shown: Sequence[Place]) -> go.Figure:
    dots = theme.scatter(
        mode="markers",
        x=[place.longitude for place in shown],
        y=[place.latitude for place in shown],
        customdata=[f"{place.label}: {wording.count(place.persons)}" for place in shown],
        hovertemplate="%{customdata}<extra></extra>",
        marker={
            "size": _sizes(shown),
            "color": theme.token("all"),
            "opacity": 0.55,
            "line": {"color": theme.token("paper"), "width": 0.8},
        },
    )
    bare = {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "showticklabels": False}
    layout = {
        "hovermode": "closest",
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "xaxis": {**bare, "range": [WEST, EAST], "constrain": "domain"},
        "yaxis": {**bare, "range": [SOUTH, NORTH], "constrain": "domain", "scaleanchor": "x", "scaleratio": STRETCH},
        "annotations": _names(shown),
    }
    return theme.figure([dots], layout)


def _sizes(shown: Sequence[Place]) -> list[float]:
    """The diameters of the dots in pixels."""
    return [max(SMALLEST, LARGEST * math.sqrt(place.persons / shown[0].persons)) for place in shown]


def _names(shown: Sequence[Place]) -> list[dict[str, object]]:
    """The names of the largest places beside their dots; one that finds no room free of dots and names is left out."""
    sizes = _sizes(shown)
    boxes = {frame: _dots(shown, sizes, frame) for frame in FRAMES}
    named: list[dict[str, object]] = []
    for place, size in zip(shown, sizes, strict=True):
        if len(named) == NAMED:
            break
        text = f"{place.seat or place.label} {wording.count(place.persons)}"
        spot = next((spot for spot in around(size / 2 + 3) if _has_room(place, text, spot, boxes)), None)
        if spot is None:
            continue
        for frame, taken in boxes.items():
            taken.append(spot.box(text, _pixel(place, frame)))
        anchors = {"xanchor": spot.xanchor, "yanchor": spot.yanchor, "xshift": spot.dx, "yshift": -spot.dy}
        at = {"x": place.longitude, "y": place.latitude}
        named.append({**at, "text": text, "showarrow": False, "bgcolor": theme.CLEAR, **anchors})
    return named


def _has_room(place: Place, text: str, spot: Spot, boxes: Mapping[Frame, Sequence[Box]]) -> bool:
    """Whether a name lies on no dot and on no other name in any frame."""
    return all(
        free(spot.box(text, _pixel(place, frame)), inside=Box(0, 0, *frame), taken=taken)
        for frame, taken in boxes.items()
    )


def _pixel(place: Place, frame: Frame) -> tuple[float, float]:
    """Where a place lies on a map, which stands in the middle of its frame at one scale."""
    width, height = frame
    scale = min(width / (EAST - WEST), height / (NORTH - SOUTH) / STRETCH)
    x = width / 2 + scale * (place.longitude - (WEST + EAST) / 2)
    return x, height / 2 - scale * STRETCH * (place.latitude - (SOUTH + NORTH) / 2)


def _dots(shown: Sequence[Place], sizes: Sequence[float], frame: Frame) -> list[Box]:
    """The squares around the dots."""
    found = []
    for place, size in zip(shown, sizes, strict=True):
        (x, y), half = _pixel(place, frame), size * min(1, frame[0] / FULL_WIDTH) / 2
        found.append(Box(x - half, y - half, x + half, y + half))
    return found


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
    rows += [Row(cells=(words(_("Not known")), words(name), number(n, [name]))) for name, n in elsewhere if n]
    total = sum(place.persons for place in shown) + sum(n for _name, n in elsewhere)
    rows.append(Row(cells=(words(_("All")), words(""), number(total, ())), total=True))
    headings = (
        Heading(text=_("Headquarters"), number=False),
        Heading(text=_("Missions"), number=False),
        Heading(text=counted),
    )
    return Table(headings=headings, rows=tuple(rows))
