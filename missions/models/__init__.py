"""Where and how many: missions, countries, strengths, people, and what came in."""

from missions.models.api_client import ApiClient, issue_client, revoke_client
from missions.models.column_mapping import ColumnMapping
from missions.models.country import UNDETERMINED_COUNTRY, Country
from missions.models.data_version import DataChange, DataVersion, touch_data_version
from missions.models.import_batch import (
    ImportBatch,
    ImportProblem,
    Release,
    covering,
    current_release,
    release_in_force,
    releases_of,
)
from missions.models.import_change import ImportChange
from missions.models.mission import Mission
from missions.models.people import SEES_CONFIRMED, Posting, Role, User
from missions.models.saved_columns import SavedColumns, saved_columns
from missions.models.strength import Strength

__all__ = [
    "SEES_CONFIRMED",
    "UNDETERMINED_COUNTRY",
    "ApiClient",
    "ColumnMapping",
    "Country",
    "DataChange",
    "DataVersion",
    "ImportBatch",
    "ImportChange",
    "ImportProblem",
    "Mission",
    "Posting",
    "Release",
    "Role",
    "SavedColumns",
    "Strength",
    "User",
    "covering",
    "current_release",
    "issue_client",
    "release_in_force",
    "releases_of",
    "revoke_client",
    "saved_columns",
    "touch_data_version",
]
