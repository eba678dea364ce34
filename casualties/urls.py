"""Addresses of the pages and files, as a site map."""

from django.urls import include, path

from casualties.views import health, imports, method, missions, overview, trends
from casualties.views.causes import page as causes
from casualties.views.contributors import index as contributors
from casualties.views.contributors import page as contributor
from casualties.views.explorer import page as incidents
from casualties.views.files import selected as files
from casualties.views.files import series as series_files
from casualties.views.incident import page as incident
from casualties.views.mission import page as mission
from casualties.views.open_cases import page as open_cases
from casualties.views.revisions import page as revisions
from casualties.views.statements import page as statement
from casualties.views.statements import register as statements

# /
overview_urls = [
    path("", overview.overview, name="overview"),
]

# /missions/
mission_urls = [
    path("missions/", missions.missions, name="missions"),
    path("missions/<str:acronym>/", mission.mission, name="mission"),
]

# /contributors/
contributor_urls = [
    path("contributors/", contributors.contributors, name="contributors"),
    path("contributors/<str:iso3>/", contributor.contributor, name="contributor"),
]

# /causes/
cause_urls = [
    path("causes/<str:cause>/", causes.cause, name="cause"),
]

# /trends/
trend_urls = [
    path("trends/", trends.trends, name="trends"),
]

# /revisions/, /open-cases/
upkeep_urls = [
    path("revisions/", revisions.revisions, name="revisions"),
    path("open-cases/", open_cases.open_cases, name="open-cases"),
]

# /incidents/
incident_urls = [
    path("incidents/", incidents.index, name="incidents"),
    path("incidents/<str:key>/", incident.incident, name="incident"),
]

# /statements/
statement_urls = [
    path("statements/", statements.index, name="statements"),
    path("statements/add", statement.add, name="statement-add"),
    path("statements/<slug:key>/", statement.statement, name="statement"),
    path("statements/<slug:key>/edit", statement.edit, name="statement-edit"),
]

# /method/
method_urls = [
    path("method/", method.method, name="method"),
]

# *.csv
file_urls = [
    path("casualties.csv", files.casualties, name="casualties-csv"),
    path("incidents.csv", files.incidents, name="incidents-csv"),
    path("figures.csv", files.figures, name="figures-csv"),
    path("trends.csv", series_files.trends_csv, name="trends-csv"),
    path("statements.csv", statements.register_csv, name="statements-csv"),
    path("same-days.csv", series_files.same_days_csv, name="same-days-csv"),
    path("revisions.csv", revisions.revisions_csv, name="revisions-csv"),
    path("open-cases.csv", open_cases.open_cases_csv, name="open-cases-csv"),
    path("late-registrations.csv", open_cases.late_registrations_csv, name="late-registrations-csv"),
]

# /imports/
import_urls = [
    path("imports/", imports.index, name="imports"),
    path("imports/<int:batch_id>/", imports.batch, name="import"),
    path("imports/<int:batch_id>/apply", imports.apply, name="import-apply"),
    path("imports/<int:batch_id>/discard", imports.discard, name="import-discard"),
    path("imports/<int:batch_id>/problems.csv", imports.problems_csv, name="import-problems"),
]

# /api/v1/
api_urls = [
    path("api/v1/", include("casualties.api.urls")),
]

# For machines
health_urls = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

urlpatterns = [
    *overview_urls,
    *mission_urls,
    *contributor_urls,
    *cause_urls,
    *trend_urls,
    *upkeep_urls,
    *incident_urls,
    *statement_urls,
    *method_urls,
    *file_urls,
    *import_urls,
    *api_urls,
    *health_urls,
]
