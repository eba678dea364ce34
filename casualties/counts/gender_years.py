"""Since which year the data say that somebody was a woman, or a man. Before it nobody wrote it down, which is no 0."""

from collections.abc import Mapping

from django.db.models import Min

from casualties.choices import Outcome
from casualties.filters import NOT_RECORDED, Selection
from casualties.frames import GENDER
from casualties.models import AnnualTally


def genders_since(selection: Selection) -> Mapping[str, int]:
    """By gender the first year in which it is recorded of anybody whom the viewer may see, as known at the date of the
    selection, with its outcome; its other filters are left aside."""
    people = selection.everybody
    if selection.basis.is_current:
        people = AnnualTally.objects.filter(selection.viewer.conditions)
    if selection.outcome in Outcome.values:
        people = people.filter(outcome=selection.outcome)
    found = people.exclude(gender="").order_by().values_list("gender").annotate(first=Min("year"))
    return {str(gender): int(first) for gender, first in found}


def gender_since(selection: Selection) -> int | None:
    """The first year in which a gender of the selection is recorded of anybody; None: it names none.

    After the last covered year where nobody is recorded with it.
    """
    chosen = selection.values.get(GENDER, ())
    if not chosen or NOT_RECORDED in chosen:
        return None
    known = genders_since(selection)
    never = (selection.basis.last_covered_year or 0) + 1
    return min(known.get(gender, never) for gender in chosen)


def ends_before_gender(selection: Selection) -> bool:
    """Whether the period of the selection ends before a gender that it names was recorded of anybody."""
    end = selection.period[1]
    since = None if end is None else gender_since(selection)
    return end is not None and since is not None and end.year < since
