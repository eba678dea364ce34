"""Site map, and what answers where nothing else does."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# One sign-in, that of /accounts/login/: Django's own would know neither the second factor nor the limit of attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("casualties.urls")),
]

handler400 = "casualties.views.errors.not_understood"
handler403 = "casualties.views.errors.not_allowed"
handler404 = "casualties.views.errors.not_found"
handler500 = "casualties.views.errors.failed"
