"""How the cells of files are read that are more than a field: each gives its SQL for a selection."""

from typing import Any

from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from casualties.choices import Outcome
from casualties.exports.columns.column import Cell
from casualties.exports.expressions import TEXT, iso_date, iso_time, neutral_text, only_in, word_for_blank
from casualties.filters import NOT_RECORDED, UNDETERMINED, Selection
from missions.models import UNDETERMINED_COUNTRY


def for_staff(cell: Any) -> Cell:
    """The cell for the missions whose details the viewer may see, empty elsewhere."""
    return lambda selection: only_in(selection.viewer.missions, cell)


def nationality(selection: Selection) -> Any:
    """The code of the country, or the word of the address where there is none."""
    return Case(
        When(nationality=None, then=Value(NOT_RECORDED)),
        When(nationality=UNDETERMINED_COUNTRY, then=Value(UNDETERMINED)),
        default=F("nationality_id"),
        output_field=TEXT,
    )


def nationality_name(selection: Selection) -> Any:
    """The name of the country, or why there is none."""
    return Case(
        When(nationality=None, then=Value("Not recorded")),
        When(nationality=UNDETERMINED_COUNTRY, then=Value("Undetermined")),
        default=neutral_text("nationality__name"),
        output_field=TEXT,
    )


def severity(selection: Selection) -> Any:
    """Of an injury; a death has none."""
    stated = word_for_blank("severity", "not-stated")
    return Case(When(outcome=Outcome.INJURY, then=stated), default=None, output_field=TEXT)


def release(selection: Selection) -> Any:
    """The date of the release that the selection rests on."""
    return Value(selection.release.date.isoformat() if selection.release else None, output_field=TEXT)


def known_at(selection: Selection) -> Any:
    """Since when the values are known; as known at an earlier date a row is a version, which began on that day."""
    return iso_date("known_at" if selection.basis.is_current else "known_from")


def time_of_rescue(name: str) -> Cell:
    """A time of the rescue, which is not among what is known by date: it is read from the record."""
    return lambda selection: only_in(
        selection.viewer.missions, iso_time(name if selection.basis.is_current else f"casualty__{name}")
    )


def mark(selection: Selection) -> Any:
    """p for a person or incident of the year that the release leaves open."""
    open_year = selection.basis.last_covered_year
    return Case(When(year=open_year, then=Value("p")), default=None, output_field=TEXT)


def chosen(selection: Selection) -> Q:
    """The selected people within rows that were widened to every outcome."""
    return Q() if selection.outcome == "all" else Q(outcome=selection.outcome)


def people_selected(outcome: Outcome) -> Cell:
    """People of an incident with that outcome, of those that the filters select but for their outcome."""

    def cell(selection: Selection) -> Any:
        if outcome == Outcome.INJURY and not selection.basis.injuries_recorded:
            return Value(None, output_field=TEXT)  # nobody recorded them: not 0
        return Coalesce(Sum("persons", filter=Q(outcome=outcome)), 0)

    return cell


def people_of_all(outcome: Outcome) -> Cell:
    """People of an incident with that outcome, whatever the filters, as far as the viewer may see them."""

    def cell(selection: Selection) -> Any:
        if outcome == Outcome.INJURY and not selection.basis.injuries_recorded:
            return Value(None, output_field=TEXT)
        anybody = selection.everybody.filter(outcome=outcome, incident=OuterRef("incident_id"))
        of_incident = anybody.order_by().values("incident")
        return Coalesce(Subquery(of_incident.annotate(everybody=Sum("persons")).values("everybody")), 0)

    return cell
