"""The administrators' pages: accounts, roles, postings, clients of the API. Facts and figures are not edited here."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from missions.models import ApiClient, Posting, User, revoke_client
from missions.models.api_client import hash_of, new_token


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


class ApiClientForm(forms.ModelForm):  # type: ignore[type-arg]
    scopes = forms.MultipleChoiceField(choices=ApiClient.Scope.choices, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = ApiClient
        fields = ("name", "owner", "scopes", "rate", "expires_on")


@admin.register(ApiClient)
class ApiClientAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Saving a new client shows its token, once. Clients are revoked and never deleted, so that it stays known."""

    form = ApiClientForm
    list_display = ("name", "key", "owner", "scopes", "rate", "expires_on", "revoked_at", "last_used_on")
    readonly_fields = ("key", "created_at", "created_by", "revoked_at", "revoked_by", "last_used_on")
    actions = ("revoke",)

    def save_model(self, request: HttpRequest, obj: ApiClient, form: Any, change: bool) -> None:
        if change:
            return obj.save(update_fields=form.changed_data)
        assert isinstance(request.user, User)  # noqa: S101 - the administrators' pages are for accounts
        obj.key, token = new_token()
        obj.token_hash, obj.created_by = hash_of(token), request.user
        obj.save()
        words = _("The token of %(client)s is shown this once: %(token)s")
        return self.message_user(request, words % {"client": obj, "token": token}, messages.WARNING)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Revoke: their tokens are refused from now on", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiClient]) -> None:
        assert isinstance(request.user, User)  # noqa: S101
        done = sum(revoke_client(client, at=timezone.now(), by_user=request.user) for client in queryset)
        self.message_user(request, _("Revoked: %(n)s") % {"n": done})
