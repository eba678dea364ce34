"""Published statements: the register's table of facts, what can be asked, and checking them against the data."""

from casualties.statements.asking import refusals, selected
from casualties.statements.checking import (
    SCOPE_NAMES,
    check_now,
    check_statements,
    latest_checks,
    statements_due,
)
from casualties.statements.columns import COLUMNS, EXACT, cells, until_of
from casualties.statements.judging import difference_words, number_words
from casualties.statements.load import load_statements
from casualties.statements.table import TableError, published_of, published_text

__all__ = [
    "COLUMNS",
    "EXACT",
    "SCOPE_NAMES",
    "TableError",
    "cells",
    "check_now",
    "check_statements",
    "difference_words",
    "latest_checks",
    "load_statements",
    "number_words",
    "published_of",
    "published_text",
    "refusals",
    "selected",
    "statements_due",
    "until_of",
]
