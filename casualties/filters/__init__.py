"""Choosing: query parameters and a viewer become one Selection, or a refusal that names what is wrong."""

from casualties.filters.loading import forget_basis, load_basis
from casualties.filters.once import (
    SWITCH,
    Parameters,
    allowed_word,
    first_word,
    given_words,
    one_word,
    said_twice,
)
from casualties.filters.parameters import (
    NOT_RECORDED,
    NOT_STATED,
    OUTCOMES,
    PARAMETERS,
    PERIOD,
    TEXT_SEARCH,
    UNDETERMINED,
    Parameter,
)
from casualties.filters.problems import FilterProblem, ProblemKind
from casualties.filters.reading import NOT_A_DAY, NOT_AVAILABLE, Fixed, strict_day
from casualties.filters.selection import Selection, SelectionRefused, select, whole_periods_within
from casualties.filters.viewer import EVERYTHING, PUBLIC, Viewer, viewer_of
from casualties.filters.vocabulary import Basis, MissionEntry, RecordedStrengths
from casualties.filters.words import chips, in_words, labelled, numbered, people, values_in_words, years_in_words

__all__ = [
    "EVERYTHING",
    "NOT_AVAILABLE",
    "NOT_A_DAY",
    "NOT_RECORDED",
    "NOT_STATED",
    "OUTCOMES",
    "PARAMETERS",
    "PERIOD",
    "PUBLIC",
    "SWITCH",
    "TEXT_SEARCH",
    "UNDETERMINED",
    "Basis",
    "FilterProblem",
    "Fixed",
    "MissionEntry",
    "Parameter",
    "Parameters",
    "ProblemKind",
    "RecordedStrengths",
    "Selection",
    "SelectionRefused",
    "Viewer",
    "allowed_word",
    "chips",
    "first_word",
    "forget_basis",
    "given_words",
    "in_words",
    "labelled",
    "load_basis",
    "numbered",
    "one_word",
    "people",
    "said_twice",
    "select",
    "strict_day",
    "values_in_words",
    "viewer_of",
    "whole_periods_within",
    "years_in_words",
]
