"""Addresses under /api/v1/."""

from django.urls import path, re_path

from casualties.api import figures, records, reference, root, upkeep

urlpatterns = [
    path("", root.index, name="api"),
    path("figures/", figures.figures, name="api-figures"),
    path("trends/", figures.trends, name="api-trends"),
    path("statements/", upkeep.statements, name="api-statements"),
    path("statements/<slug:key>/", upkeep.statement, name="api-statement"),
    path("casualties/", records.casualties, name="api-casualties"),
    path("casualties/<path:reference>/", records.casualty, name="api-casualty"),
    path("incidents/", records.incidents, name="api-incidents"),
    path("incidents/<str:key>/", records.incident, name="api-incident"),
    path("withdrawn/", records.withdrawn, name="api-withdrawn"),
    path("revisions/", upkeep.revisions, name="api-revisions"),
    path("missions/", reference.missions, name="api-missions"),
    path("missions/<str:acronym>/", reference.mission, name="api-mission"),
    path("countries/", reference.countries, name="api-countries"),
    path("countries/<str:iso3>/", reference.country, name="api-country"),
    path("strengths/", reference.strengths, name="api-strengths"),
    re_path(r"^(?P<rest>.*)$", root.nothing_here),
]
