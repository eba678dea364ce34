"""Selection -> frame: the only way to a number."""

from casualties.counts.counting import count, count_by_incident, count_records, total
from casualties.counts.dimensions import (
    DIMENSIONS,
    MEASURES,
    NO_INJURIES,
    Measure,
    NotAvailable,
    refuse_unrecorded,
)
from casualties.counts.each import count_each, figures_each
from casualties.counts.gender_years import ends_before_gender, gender_since, genders_since
from casualties.counts.years import fill_years, left_out_by_days, open_period, same_day, same_days

__all__ = [
    "DIMENSIONS",
    "MEASURES",
    "NO_INJURIES",
    "Measure",
    "NotAvailable",
    "count",
    "count_by_incident",
    "count_each",
    "count_records",
    "ends_before_gender",
    "figures_each",
    "fill_years",
    "gender_since",
    "genders_since",
    "left_out_by_days",
    "open_period",
    "refuse_unrecorded",
    "same_day",
    "same_days",
    "total",
]
