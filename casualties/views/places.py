"""Deaths by the seat of their mission: the map of the overview, the list beside it, and its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from casualties.charts.map import Place, deaths_by_place
from casualties.counts import count
from casualties.exports.meanings import PLACES
from casualties.filters import Selection
from casualties.frames import MISSION, PERSONS
from casualties.views import states
from casualties.views.access import readers
from casualties.views.addresses import incidents_url, with_query
from casualties.views.files.frames import Made, frame_file, one_outcome
from casualties.views.files.sending import own_of
from casualties.views.selecting import selection_of

LISTED = 10


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """A place of the list beside the map; its number leads to the people of its missions."""

    place: Place
    url: str


def by_place(selection: Selection, persons: Mapping[str, int], *, scope: str, span: str, source: str) -> dict[str, Any]:
    """Context of casualties/_map.html; `persons` are those of each mission of the selection."""
    seats: dict[tuple[float, float], list[str]] = {}
    elsewhere = []
    for name, n in persons.items():
        point = selection.basis.missions[name].point
        if point is None:
            elsewhere.append((name, n))
        elif n:
            seats.setdefault(point, []).append(name)
    places = [
        Place(
            missions=tuple(sorted(names, key=lambda name: -persons[name])),
            seat=next((seat for name in names if (seat := selection.basis.missions[name].seat)), ""),
            longitude=point[0],
            latitude=point[1],
            persons=sum(persons[name] for name in names),
        )
        for point, names in seats.items()
    ]
    places.sort(key=lambda place: -place.persons)
    top, rest = places[:LISTED], places[LISTED:]
    return {
        "map": deaths_by_place(
            places,
            elsewhere=elsewhere,
            scope=scope,
            span=span,
            outcome=selection.outcome,
            csv_url=with_query(reverse("places-csv"), selection.query_string),
            source=source,
            address=lambda missions: incidents_url(selection, **({"mission": list(missions)} if missions else {})),
        ),
        "places": [PlaceRow(place=place, url=incidents_url(selection, mission=list(place.missions))) for place in top],
        "places_longest": max((place.persons for place in top), default=0),
        "more_places": len(rest),
        "more_places_url": incidents_url(selection, mission=[name for place in rest for name in place.missions]),
        "more_places_persons": sum(place.persons for place in rest),
        "no_place_missions": len([name for name, n in elsewhere if n]),
        "no_place_persons": sum(n for _name, n in elsewhere),
        "no_place_url": incidents_url(selection, mission=[name for name, n in elsewhere if n]),
        "places_all": sum(persons.values()),
        "places_all_url": incidents_url(selection),
    }


@readers
@require_safe
def places_csv(request: HttpRequest, form: str = "csv") -> HttpResponseBase:
    """One row per mission with somebody: its headquarters, which the map has a dot for, and its people."""
    selection = selection_of(request, own=own_of(form))

    def make() -> Made:
        states.loaded(selection)
        return Made(name="places", selection=selection, frame=places_frame(selection), meanings=PLACES)

    return frame_file(request, [*selection.problems, *one_outcome(selection)], make, form=form)


def places_frame(selection: Selection) -> pd.DataFrame:
    """Mission, seat, longitude, latitude, persons; empty where no headquarters is established."""
    counted = count(selection, [MISSION])
    rows = []
    for name, persons in zip(counted[MISSION], counted[PERSONS], strict=True):
        entry = selection.basis.missions[name]
        rows.append((name, entry.seat or None, *(entry.point or (None, None)), persons))
    return pd.DataFrame(rows, columns=[MISSION, "seat", "longitude", "latitude", PERSONS])
