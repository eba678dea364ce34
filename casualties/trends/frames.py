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

# In this order, after the dimension columns. The two changes and the two ranks are nullable integers.
WINDOW_COLUMNS = [
    FIRST_YEAR,
    LAST_YEAR,
    PERSONS,
    CHANGE_FROM_PREVIOUS_WINDOW,
    CHANGE_ON_ONE_YEAR,
    RANK,
    WOULD_BE_RANK,
    RECORD,
    COMPLETE,
    PROVISIONAL,
]
