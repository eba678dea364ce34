"""The two-page brief of a mission: what it says (contents), how it is laid out on paper, and where its files are kept.

Nothing here counts. Contents come as words and figures that the mission's page has already counted, in the language of
the reader, so that a file can be made by a worker that knows neither the reader nor the database.
"""

from casualties.briefs.contents import Bars, Contents, Figure, Lines, Row, Table, Window
from casualties.briefs.store import Request, forget_other_versions, make, request_of

__all__ = [
    "Bars",
    "Contents",
    "Figure",
    "Lines",
    "Request",
    "Row",
    "Table",
    "Window",
    "forget_other_versions",
    "make",
    "request_of",
]
