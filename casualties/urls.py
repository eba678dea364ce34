"""Addresses of the pages and files, as a site map."""

from django.urls import path

from casualties.views import health, imports

# /
overview_urls = []

# /missions/
mission_urls = []

# /trends/
trend_urls = []

# /incidents/
incident_urls = []

# *.csv
file_urls = []

# /imports/
import_urls = [
    path("imports/", imports.index, name="imports"),
    path("imports/<int:batch_id>/", imports.batch, name="import"),
    path("imports/<int:batch_id>/apply", imports.apply, name="import-apply"),
    path("imports/<int:batch_id>/discard", imports.discard, name="import-discard"),
    path("imports/<int:batch_id>/problems.csv", imports.problems_csv, name="import-problems"),
]

# For machines
health_urls = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

urlpatterns = [
    *overview_urls,
    *mission_urls,
    *trend_urls,
    *incident_urls,
    *file_urls,
    *import_urls,
    *health_urls,
]
