"""What is kept: incidents and their people, what was known when, tallies, windows, statements, exports, reports."""

from casualties.models.casualty import COUNTED_COLUMNS, COUNTED_VALUES, Casualty, CasualtyVersion
from casualties.models.export import Export, ExportEntry
from casualties.models.incident import Incident
from casualties.models.saved_report import ReportMail, SavedReport
from casualties.models.saved_selection import SavedSelection
from casualties.models.series_tests import SeriesTests
from casualties.models.signed_report import SignedReport
from casualties.models.statement import Statement, StatementCheck
from casualties.models.tally import AnnualTally, MissionTally
from casualties.models.trend_window import RebuildRun, TrendWindow

__all__ = [
    "COUNTED_COLUMNS",
    "COUNTED_VALUES",
    "AnnualTally",
    "Casualty",
    "CasualtyVersion",
    "Export",
    "ExportEntry",
    "Incident",
    "MissionTally",
    "RebuildRun",
    "ReportMail",
    "SavedReport",
    "SavedSelection",
    "SeriesTests",
    "SignedReport",
    "Statement",
    "StatementCheck",
    "TrendWindow",
]
