"""Where the numbers of a page lead: to the incidents and people behind them, under the same selection."""

from collections.abc import Callable
from datetime import date

from django.utils.http import urlencode

from casualties.charts.leading import Lead, linked
from casualties.counts import same_day
from casualties.filters import PARAMETERS, PERIOD, Selection
from casualties.views.addresses import everywhere, path_of, with_query


def addresses(selection: Selection) -> Callable[..., str]:
    """The explorer for a selection with some parameters set to checked values: a table asks for hundreds."""
    values = dict(everywhere(selection).values)

    def address(*, path: str = "", **changes: str) -> str:
        changed = {**values, **{name: (value,) for name, value in changes.items()}}
        pairs = [(name, value) for name in PARAMETERS for value in changed.get(name, ())]
        return with_query(path or path_of("incidents"), urlencode(pairs))

    return address


def leading(selection: Selection) -> Lead:
    """The numbers of a selection as links to their people; years and days stand in the place of its period.

    Of a selection of days a year is as much of it as lies within them, as its charts count it.
    """
    of_all = addresses(selection)
    anytime = addresses(selection.change(**dict.fromkeys(PERIOD)))

    def lead(
        n: int,
        *,
        text: str = "",
        cause: str = "",
        years: tuple[int, int] | None = None,
        up_to: tuple[int, date] | None = None,
    ) -> str:
        if not n:
            return linked(n, "", text)
        narrow = {"cause": cause} if cause else {}
        if years and selection.by_day:
            url = of_all(**narrow, **days_of_year(selection, years[0]))
        elif years:
            url = anytime(**narrow, **{"from": str(years[0]), "to": str(years[1])})
        elif up_to:
            year, day = up_to
            url = anytime(**narrow, date_from=f"{year}-01-01", date_to=same_day(day, year).isoformat())
        else:
            url = of_all(**narrow)
        return linked(n, url, text)

    return lead


def days_of_year(selection: Selection, year: int) -> dict[str, str]:
    """The parameters of the part of a year that lies within a selection of days."""
    cut = selection.in_year(year)
    return {name: cut.values[name][0] for name in ("date_from", "date_to") if name in cut.values}
