"""Files of another shape: a named mapping turns their rows into rows of our own format, which are then read as such.

Nothing is checked here that the own format's reader checks: the mapping only says which column is which field, what
the file's words mean, and which numbers count people.
"""

from casualties.intake.mapping.checking import MappingProblem, problems_of
from casualties.intake.mapping.definition import CountColumn, Definition, DefinitionError, NamedMapping, Source
from casualties.intake.mapping.guessing import guess
from casualties.intake.mapping.kept import NameTakenError, fitting, keep, kept_mapping, mappings_for, named, remove
from casualties.intake.mapping.profile import ColumnProfile, FileProfile, profile_file

__all__ = [
    "ColumnProfile",
    "CountColumn",
    "Definition",
    "DefinitionError",
    "FileProfile",
    "MappingProblem",
    "NameTakenError",
    "NamedMapping",
    "Source",
    "fitting",
    "guess",
    "keep",
    "kept_mapping",
    "mappings_for",
    "named",
    "problems_of",
    "profile_file",
    "remove",
]
