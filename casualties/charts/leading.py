"""Numbers of a sentence that lead to the people behind them. Charts know no addresses: pages say where one leads."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from django.utils.html import format_html

from casualties.charts import wording


class Lead(Protocol):
    """Writes a number of people as a link to them; 0 leads nowhere.

    They are those of a selection, or of one `cause` of it, of the `years` (first and last), or of a year `up_to` the
    same day as that of the date. `text` stands for the number where a sentence names something else, as a window by its
    years.
    """

    def __call__(
        self,
        n: int,
        *,
        text: str = "",
        cause: str = "",
        years: tuple[int, int] | None = None,
        up_to: tuple[int, date] | None = None,
    ) -> str: ...


def plain(
    n: int,
    *,
    text: str = "",
    cause: str = "",
    years: tuple[int, int] | None = None,
    up_to: tuple[int, date] | None = None,
) -> str:
    """The number alone, for texts without links."""
    return text or wording.count(n)


def linked(n: object, url: str, text: str = "") -> str:
    """A number of people as a link to an address; alone where there is none, or nobody. `text` stands for it."""
    words = text or wording.count(n)
    return format_html('<a href="{}">{}</a>', url, words) if n and url else words


def lowest_and_highest(by_year: Mapping[int, int], lead_to: Callable[[int, int], str]) -> tuple[str, str]:
    """The fewest and the most of some years in their order, as `lead_to` writes (number, the last year that had it)."""
    last_with = {n: year for year, n in by_year.items()}
    low, high = min(last_with), max(last_with)
    return lead_to(low, last_with[low]), lead_to(high, last_with[high])
