"""THE allow-list: what may stand in a file, what each column means, who may have it, and how it is read.

A field that is not listed here is in no file. Cells hold the words of the addresses, so that a value of a file can be
put into a filter. docs/data-dictionary.md is printed from these lists.
"""

from casualties.exports.columns.cells import chosen
from casualties.exports.columns.column import Column, UnknownColumn, allowed_columns, columns_for
from casualties.exports.columns.lists import INCIDENTS, PEOPLE

__all__ = ["INCIDENTS", "PEOPLE", "Column", "UnknownColumn", "allowed_columns", "chosen", "columns_for"]
