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
SEVERITY = "severity"
MEANS = "means"
CONTEXT = "context"
ACCIDENT_TYPE = "accident_type"

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

# Columns of frames of rates, by year or by window; docs/method.md says what each means. Missing is never 0.
RATE_PERSONS = "rate_persons"  # the numerator: uniformed persons in mission-months that the person-years cover
LEFT_OUT = "left_out"  # uniformed persons in other mission-months
UNDATED = "undated"  # uniformed persons of whom it cannot be said which
PERSON_YEARS = "person_years"
MONTHS = "months"  # which months of a year, as a sequence of 1 to 12
MONTHS_COVERED = "months_covered"  # calendar months in which at least one mission has person-years
MISSION_MONTHS = "mission_months"  # the same months counted once for each mission
MONTHS_FILLED = "months_filled"  # mission-months that were filled in and not reported
PARTIAL = "partial"  # months without person-years, or persons left out
RATE = "rate"
RATE_LOW = "rate_low"
RATE_HIGH = "rate_high"
NO_RATE = "no_rate"  # why there is none; blank where there is one
COUNT_LOW = "count_low"
COUNT_HIGH = "count_high"

# Incidents as the unit
INCIDENT = "incident"
SQUARES = "squares"  # sum over incidents of (persons of the incident) squared
LARGEST = "largest"  # persons of the largest incident
DISPERSION = "dispersion"
COUNT_LOW_CLUSTERED = "count_low_clustered"
COUNT_HIGH_CLUSTERED = "count_high_clustered"
RATE_LOW_CLUSTERED = "rate_low_clustered"
RATE_HIGH_CLUSTERED = "rate_high_clustered"

# A window against the preceding one that shares no year with it
RATIO = "ratio"
RATIO_LOW = "ratio_low"
RATIO_HIGH = "ratio_high"
P_VALUE = "p_value"
RATIO_BASIS = "ratio_basis"  # "rate", "count", or blank where the two cannot be compared
RATIO_LOW_CLUSTERED = "ratio_low_clustered"
RATIO_HIGH_CLUSTERED = "ratio_high_clustered"
P_VALUE_CLUSTERED = "p_value_clustered"

# Column -> type of what statistics add to a frame of windows, in this order, after WINDOW_KINDS.
STATISTIC_KINDS = {
    COUNT_LOW: "float64",
    COUNT_HIGH: "float64",
    DISPERSION: "float64",
    COUNT_LOW_CLUSTERED: "float64",
    COUNT_HIGH_CLUSTERED: "float64",
    RATE_PERSONS: "Int64",
    LEFT_OUT: "Int64",
    UNDATED: "Int64",
    PERSON_YEARS: "float64",
    MONTHS_COVERED: "Int64",
    MISSION_MONTHS: "Int64",
    MONTHS_FILLED: "Int64",
    PARTIAL: "bool",
    RATE: "float64",
    RATE_LOW: "float64",
    RATE_HIGH: "float64",
    RATE_LOW_CLUSTERED: "float64",
    RATE_HIGH_CLUSTERED: "float64",
    NO_RATE: "object",
    RATIO: "float64",
    RATIO_LOW: "float64",
    RATIO_HIGH: "float64",
    P_VALUE: "float64",
    RATIO_LOW_CLUSTERED: "float64",
    RATIO_HIGH_CLUSTERED: "float64",
    P_VALUE_CLUSTERED: "float64",
    RATIO_BASIS: "object",
}
STATISTIC_COLUMNS = list(STATISTIC_KINDS)

# A window with its statistics, as it is stored and answered
FULL_KINDS = WINDOW_KINDS | STATISTIC_KINDS
FULL_COLUMNS = list(FULL_KINDS)

# The word in a cell of all causes, or of all that a dimension holds: a blank one would say that it is missing
ALL = "all"

# Shares
OF_ALL = "of_all"
SHARE = "share"
