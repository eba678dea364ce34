"""The records that the API answers, as docs/openapi.yaml describes them: one schema for each."""

from casualties import frames
from casualties.api.schema_parts import (
    NUMBER,
    NUMBER_OR_NONE,
    PROBLEM,
    TEXT,
    TEXT_OR_NONE,
    TEXTS,
    TRUTH,
    WHOLE,
    WHOLE_OR_NONE,
    Schema,
    a_record,
    an_object,
)
from casualties.choices import Cause, Verdict
from casualties.counts import DIMENSIONS, MEASURES
from casualties.exports.columns import INCIDENTS, PEOPLE
from casualties.exports.ledger import FILE_COLUMNS
from missions.models import Country, Mission, Strength

COMPONENTS: dict[str, Schema] = {
    "Problem": PROBLEM,
    "Casualty": a_record(PEOPLE, of_incidents=False),
    "Incident": a_record(INCIDENTS, of_incidents=True),
    "Mission": an_object(
        {
            **dict.fromkeys(("acronym", "kind", "status"), TEXT),
            **dict.fromkeys(
                ("name", "region", "sub_region", "started_on", "started_precision", "ended_on", "ended_precision"),
                TEXT_OR_NONE,
            ),
            "hosts": TEXTS,
            "seat": TEXT_OR_NONE,
            "latitude": NUMBER_OR_NONE,
            "longitude": NUMBER_OR_NONE,
            "umbrella": {**TEXT_OR_NONE, "description": "Mission under which its records are filed."},
            "family": TEXT_OR_NONE,
            "predecessors": TEXTS,
            "successors": TEXTS,
            "aliases": TEXTS,
            "in_un_list": {**TRUTH, "description": "One of the operations of the UN's own list."},
            "source": TEXT_OR_NONE,
            "kind": {**TEXT, "enum": list(Mission.Kind.values)},
        }
    ),
    "Country": an_object(
        {
            "iso3": TEXT,
            **dict.fromkeys(("iso2", "m49"), TEXT_OR_NONE),
            "name": TEXT,
            **dict.fromkeys(("region", "sub_region"), TEXT_OR_NONE),
            "status": {**TEXT, "enum": list(Country.Status.values)},
            "ended_on": TEXT_OR_NONE,
            "successors": TEXTS,
            "aliases": TEXTS,
            "source": TEXT_OR_NONE,
        }
    ),
    "Strength": an_object(
        {
            "mission": TEXT,
            "year": WHOLE,
            "category": {**TEXT, "enum": list(Strength.Category.values)},
            "person_years": NUMBER,
            "months": {"type": "array", "items": WHOLE, "description": "Months of the year that they cover."},
            "months_filled": {**WHOLE, "description": "How many of them were filled in and not reported."},
            "source": TEXT_OR_NONE,
        }
    ),
    "Figure": an_object(
        {
            **dict.fromkeys(DIMENSIONS, TEXT),
            frames.YEAR: WHOLE,
            frames.MONTH: {**WHOLE_OR_NONE, "description": "Null: only the year is recorded."},
            frames.DAY: {**TEXT_OR_NONE, "description": "Null: only the month or year is recorded."},
            **{name: {**WHOLE, "minimum": 0} for name in MEASURES},
        },
        optional=(*DIMENSIONS, *MEASURES),
    ),
    "Window": an_object(
        {
            "cause": {**TEXT, "enum": [frames.ALL, *Cause.values]},
            **{
                name: {"bool": TRUTH, "int64": WHOLE, "Int64": WHOLE_OR_NONE, "object": TEXT_OR_NONE}.get(
                    kind, NUMBER_OR_NONE
                )
                for name, kind in frames.FULL_KINDS.items()
            },
        },
        optional=("cause",),
    ),
    "Revision": an_object(
        {
            **dict.fromkeys(FILE_COLUMNS, TEXT_OR_NONE),
            "year": WHOLE,
            frames.PERSONS: WHOLE,
            "back_dated": TRUTH,
        }
    ),
    "Statement": an_object(
        {
            **dict.fromkeys(("key", "source", "published_on", "published_precision", "statement", "measure"), TEXT),
            **dict.fromkeys(
                ("address", "selection", "found_until", "other_scopes", "detail", "note", "checked_at", "release"),
                TEXT_OR_NONE,
            ),
            **dict.fromkeys(("said", "found", "difference", "found_then"), NUMBER_OR_NONE),
            "since": WHOLE_OR_NONE,
            "verdict": {**TEXT_OR_NONE, "enum": [*Verdict.values, None]},
            "data_version": WHOLE_OR_NONE,
            **dict.fromkeys(("known_at", "verdict_then", "detail_then"), TEXT_OR_NONE),
        }
    ),
}
