"""The form that adds or edits a published statement. What can be asked is decided where the table is checked too."""

from datetime import date
from functools import partial
from typing import Any

import pghistory
from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from casualties.models import Statement
from casualties.statements import published_of, published_text, refusals
from missions.models import User

KEY_LENGTH = 60
FIELDS = ("source", "address", "wording", "selection", "measure", "value", "since", "obstacle", "note")


class StatementForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such subscript
    """A statement in our own words. An invalid query string is refused by the name and the value that are wrong."""

    published = forms.CharField(
        label=_("Published"), max_length=10, help_text=_("A day, a month or a year: 2018-01-22")
    )
    reason = forms.CharField(label=_("Why"), max_length=200, required=False, help_text=_("Kept in the history"))

    class Meta:
        model = Statement
        fields = FIELDS
        field_classes = {"address": partial(forms.URLField, assume_scheme="https")}
        labels = {"since": _("Since (year)"), "obstacle": _("What the data do not hold"), "wording": _("What was said")}
        help_texts = {
            "selection": _("The part of an incident explorer's address after the question mark"),
            "value": _("The number said; of the highest window or year, if there is one"),
            "wording": _("In our own words, short"),
            "since": _("Of the highest year since: the last year that may be as high"),
            "note": _("How it was read, or why it may differ"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["reason"].required = True
            self.initial["published"] = published_text(self.instance.published_on, self.instance.published_precision)
            if self.instance.value is not None and self.instance.value == int(self.instance.value):
                self.initial["value"] = int(self.instance.value)
        self.order_fields(["source", "address", "published", *FIELDS[2:], "reason"])

    def clean_published(self) -> tuple[date, str]:
        try:
            return published_of(self.cleaned_data["published"])
        except ValueError as reason:
            raise forms.ValidationError(f"{self.cleaned_data['published']} {reason}") from None

    def clean_selection(self) -> str:
        return str(self.cleaned_data["selection"]).strip().removeprefix("?")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if {"selection", "measure", "value", "since", "obstacle"} & set(self.errors):
            return found
        asked = {name: found[name] for name in ("selection", "measure", "value", "since", "obstacle")}
        for refusal in refusals(**asked):
            self.add_error(refusal.field, refusal.reason)
        return found

    def _post_clean(self) -> None:
        published = self.cleaned_data.get("published")
        if published and "published" not in self.errors:
            self.instance.published_on, self.instance.published_precision = published
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out

    def keep(self, by: User) -> Statement:
        """Write the statement with who and why; a new one gets its key from year and source."""
        statement: Statement = self.instance
        statement.edited_by = by
        if not statement.key:
            statement.key = free_key(statement.published_on.year, statement.source)
        with pghistory.context(user=by.pk, reason=self.cleaned_data["reason"] or "published statement added"):
            statement.save()
        return statement


def free_key(year: int, source: str) -> str:
    """A key that nobody has yet: "2018-un-note-to-correspondents", with a number behind it where there are several."""
    stem = f"{year}-{slugify(source)[:KEY_LENGTH].strip('-') or 'statement'}"
    taken = set(Statement.objects.filter(key__startswith=stem).values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
