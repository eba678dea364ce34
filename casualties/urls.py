"""Addresses of the pages and files, as a site map."""

from django.urls import include, path

from casualties.views import health, imports, method, missions, places, trends
from casualties.views.causes import page as causes
from casualties.views.compare import page as compare
from casualties.views.contributors import index as contributors
from casualties.views.contributors import page as contributor
from casualties.views.data import page as data
from casualties.views.data import reference
from casualties.views.explorer import page as incidents
from casualties.views.explorer import saved
from casualties.views.exports import adding as export_adding
from casualties.views.exports import log as export_log
from casualties.views.exports import page as exports
from casualties.views.files import columns
from casualties.views.files import selected as files
from casualties.views.files import series as series_files
from casualties.views.incident import page as incident
from casualties.views.mapping import page as columns_of_file
from casualties.views.mission import brief as mission_brief
from casualties.views.mission import page as mission
from casualties.views.mission import shares_file as mission_shares
from casualties.views.open_cases import page as open_cases
from casualties.views.overview import page as overview
from casualties.views.reports import build as build_report
from casualties.views.reports import files as report_files
from casualties.views.reports import index as reports
from casualties.views.reports import page as report
from casualties.views.reports import saved as saved_report
from casualties.views.reports import sign as sign_report
from casualties.views.reports import signed as signed_report
from casualties.views.revisions import page as revisions
from casualties.views.statements import page as statement
from casualties.views.statements import register as statements
from peacekeeping.language import choose_language

# /language/
language_urls = [
    path("language/", choose_language, name="language"),
]

# /
overview_urls = [
    path("", overview.overview, name="overview"),
]

# /missions/
mission_urls = [
    path("missions/", missions.missions, name="missions"),
    path("missions/<str:acronym>/", mission.mission, name="mission"),
    path("missions/<str:acronym>/shares.csv", mission_shares.shares_csv, name="mission-shares-csv"),
    path("missions/<str:acronym>/shares.xlsx", mission_shares.shares_csv, {"form": "xlsx"}, name="mission-shares-xlsx"),
    path("missions/<str:acronym>/brief.pdf", mission_brief.brief, name="mission-brief"),
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

# /compare/
compare_urls = [
    path("compare/", compare.compare, name="compare"),
    path("compare.csv", compare.compare_csv, name="compare-csv"),
    path("compare.xlsx", compare.compare_csv, {"form": "xlsx"}, name="compare-xlsx"),
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

# /saved/
saved_urls = [
    path("saved/", saved.saved, name="saved"),
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

# /reports/
report_urls = [
    path("reports/", reports.index, name="reports"),
    path("reports/build/", build_report.build, name="report-build"),
    path("reports/saved/", saved_report.saved_reports, name="saved-reports"),
    path("reports/saved/<int:saved_id>/", saved_report.saved_report, name="saved-report"),
    path("reports/signed/", signed_report.signed_reports, name="signed-reports"),
    path("reports/signed/<int:signed_id>/", signed_report.signed_report, name="signed-report"),
    path("reports/signed/<int:signed_id>.csv", signed_report.signed_file, {"form": "csv"}, name="signed-report-csv"),
    path("reports/signed/<int:signed_id>.xlsx", signed_report.signed_file, {"form": "xlsx"}, name="signed-report-xlsx"),
    path("reports/<slug:name>/sign", sign_report.sign_report, name="report-sign"),
    path("reports/<slug:name>/", report.report, name="report"),
    path("reports/<slug:name>.csv", report_files.report_file, {"form": "csv"}, name="report-csv"),
    path("reports/<slug:name>.xlsx", report_files.report_file, {"form": "xlsx"}, name="report-xlsx"),
]

# *.csv and *.xlsx
file_urls = [
    path("columns/", columns.columns, name="columns"),
    path("casualties.csv", files.casualties, name="casualties-csv"),
    path("incidents.csv", files.incidents, name="incidents-csv"),
    path("figures.csv", files.figures, name="figures-csv"),
    path("trends.csv", series_files.trends_csv, name="trends-csv"),
    path("rates.csv", series_files.rates_csv, name="rates-csv"),
    path("shares.csv", series_files.shares_csv, name="shares-csv"),
    path("trend-tests.csv", series_files.trend_tests_csv, name="trend-tests-csv"),
    path("statements.csv", statements.register_csv, name="statements-csv"),
    path("places.csv", places.places_csv, name="places-csv"),
    path("places.xlsx", places.places_csv, {"form": "xlsx"}, name="places-xlsx"),
    path("same-days.csv", series_files.same_days_csv, name="same-days-csv"),
    path("revisions.csv", revisions.revisions_csv, name="revisions-csv"),
    path("open-cases.csv", open_cases.open_cases_csv, name="open-cases-csv"),
    path("open-case-ages.csv", open_cases.open_case_ages_csv, name="open-case-ages-csv"),
    path("open-case-ages.xlsx", open_cases.open_case_ages_csv, {"form": "xlsx"}, name="open-case-ages-xlsx"),
    path("late-registrations.csv", open_cases.late_registrations_csv, name="late-registrations-csv"),
    path("casualties.xlsx", files.casualties, {"form": "xlsx"}, name="casualties-xlsx"),
    path("incidents.xlsx", files.incidents, {"form": "xlsx"}, name="incidents-xlsx"),
    path("figures.xlsx", files.figures, {"form": "xlsx"}, name="figures-xlsx"),
    path("trends.xlsx", series_files.trends_csv, {"form": "xlsx"}, name="trends-xlsx"),
    path("statements.xlsx", statements.register_csv, {"form": "xlsx"}, name="statements-xlsx"),
    path("same-days.xlsx", series_files.same_days_csv, {"form": "xlsx"}, name="same-days-xlsx"),
    path("revisions.xlsx", revisions.revisions_csv, {"form": "xlsx"}, name="revisions-xlsx"),
    path("open-cases.xlsx", open_cases.open_cases_csv, {"form": "xlsx"}, name="open-cases-xlsx"),
    path("rates.xlsx", series_files.rates_csv, {"form": "xlsx"}, name="rates-xlsx"),
    path("shares.xlsx", series_files.shares_csv, {"form": "xlsx"}, name="shares-xlsx"),
    path("trend-tests.xlsx", series_files.trend_tests_csv, {"form": "xlsx"}, name="trend-tests-xlsx"),
    path("late-registrations.xlsx", open_cases.late_registrations_csv, {"form": "xlsx"}, name="late-xlsx"),
]

# /exports/
export_urls = [
    path("exports/", exports.index, name="exports"),
    path("exports/add", export_adding.add, name="export-add"),
    path("exports/log/", export_log.log, name="export-log"),
    path("exports/<int:export_id>/file", exports.file, name="export-file"),
    path("exports/<int:export_id>/cancel", exports.cancel, name="export-cancel"),
    path("exports/<int:export_id>/delete", exports.delete, name="export-delete"),
]

# /imports/
import_urls = [
    path("imports/", imports.index, name="imports"),
    path("imports/<int:batch_id>/", imports.batch, name="import"),
    path("imports/<int:batch_id>/apply", imports.apply, name="import-apply"),
    path("imports/<int:batch_id>/discard", imports.discard, name="import-discard"),
    path("imports/<int:batch_id>/problems.csv", imports.problems_csv, name="import-problems"),
    path("imports/<int:batch_id>/changes.csv", imports.changes_csv, name="import-changes"),
    path("imports/<int:batch_id>/columns", columns_of_file.columns, name="import-columns"),
    path("imports/mappings/<int:mapping_id>/remove", columns_of_file.remove, name="mapping-remove"),
]

# /data/, /api/
api_urls = [
    path("data/", data.data, name="data"),
    path("data/dictionary/", data.dictionary, name="data-dictionary"),
    path("data/dictionary.csv", data.dictionary_csv, name="data-dictionary-csv"),
    path("datapackage.json", data.datapackage, name="datapackage"),
    path("api/", reference.reference, name="api-reference"),
    path("api/openapi.yaml", reference.openapi, name="api-openapi"),
    path("api/v1/", include("casualties.api.urls")),
]

# For machines
health_urls = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

urlpatterns = [
    *language_urls,
    *overview_urls,
    *mission_urls,
    *contributor_urls,
    *cause_urls,
    *compare_urls,
    *trend_urls,
    *upkeep_urls,
    *incident_urls,
    *saved_urls,
    *statement_urls,
    *method_urls,
    *report_urls,
    *file_urls,
    *export_urls,
    *import_urls,
    *api_urls,
    *health_urls,
]
