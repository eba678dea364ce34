"""Records of our own in years that no release covers yet: they are in no figure, and the explorer names them."""

from typing import Any

from django.db.models import Max, Min

from casualties.charts import wording
from casualties.filters import Selection

MOST_KEYS = 20


def later_years(selection: Selection) -> dict[str, Any] | None:
    """Their years in words, the first keys of their incidents, and how many more there are; None without any."""
    if not selection.basis.may_hold_later_years:
        return None
    people = selection.of_later_years
    years = people.aggregate(first=Min("year"), last=Max("year"))
    if years["first"] is None:
        return None
    keys = people.filter(incident__isnull=False).order_by("incident__key").values_list("incident__key", flat=True)
    found = list(keys.distinct())
    return {
        "years": wording.years(years["first"], years["last"]),
        "covered": selection.basis.last_covered_year,
        "keys": found[:MOST_KEYS],
        "more": len(found) - MOST_KEYS if len(found) > MOST_KEYS else 0,
    }
