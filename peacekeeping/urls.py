"""Site map, and what answers where nothing else does."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("casualties.urls")),
]

handler403 = "casualties.views.errors.not_allowed"
handler404 = "casualties.views.errors.not_found"
handler500 = "casualties.views.errors.failed"
