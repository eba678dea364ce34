"""Numbers of a sentence that lead to the people behind them. Charts know no addresses: pages say where one leads."""

from datetime import date
from typing import Protocol

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
