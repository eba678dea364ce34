"""The administrators' pages: accounts, roles and postings. Facts and figures are not edited here."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm

from missions.models import Posting, User


class UserCreation(AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("email",)
        field_classes: ClassVar = {"email": forms.EmailField}


class PostingInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Posting
    extra = 0


@admin.register(User)
class StaffAdmin(UserAdmin):  # type: ignore[type-arg]
    """Groups say what somebody may do, postings in which missions."""

    add_form = UserCreation
    inlines = (PostingInline,)
    ordering = ("email",)
    list_display = ("email", "first_name", "last_name", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("email", "first_name", "last_name")
    filter_horizontal = ("groups",)
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        ("Person", {"fields": ("first_name", "last_name")}),
        ("Rights", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)
