"""Names of the columns of every frame that travels between counting, trends, charts and exports.

A frame is a pandas DataFrame in long form: one row per combination of dimensions, measures as integer columns.
Dimension columns carry the stored words ("malicious-act", "MINUSMA", "CHD"), never display texts.
"""

# Dimensions
YEAR = "year"
MONTH = "month"
DAY = "day"
MISSION = "mission"
FAMILY = "family"
KIND = "kind"
REGION = "region"
CAUSE = "cause"
OUTCOME = "outcome"
PERSONNEL = "personnel"
NATIONALITY = "nationality"
GENDER = "gender"

# Measures
PERSONS = "persons"
INCIDENTS = "incidents"

# Columns of a frame of five-year windows
FIRST_YEAR = "first_year"
LAST_YEAR = "last_year"
CHANGE_FROM_PREVIOUS_WINDOW = "change_from_previous_window"
CHANGE_ON_ONE_YEAR = "change_on_one_year"
COMPLETE = "complete"
PROVISIONAL = "provisional"
RANK = "rank"
WOULD_BE_RANK = "would_be_rank"
RECORD = "record"

# Column -> type, in this order, after the dimension columns. The two changes and the two ranks may be missing.
WINDOW_KINDS = {
    FIRST_YEAR: "int64",
    LAST_YEAR: "int64",
    PERSONS: "int64",
    CHANGE_FROM_PREVIOUS_WINDOW: "Int64",
    CHANGE_ON_ONE_YEAR: "Int64",
    RANK: "Int64",
    WOULD_BE_RANK: "Int64",
    RECORD: "bool",
    COMPLETE: "bool",
    PROVISIONAL: "bool",
}
WINDOW_COLUMNS = list(WINDOW_KINDS)
