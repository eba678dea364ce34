"""Forms that write."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from casualties.templatetags import figures


class UploadForm(forms.Form):
    """A release or a file in our own format. What is in it is checked by the intake, not here."""

    file = forms.FileField(label=_("File"), help_text=_("CSV or JSON of the UN's open data, or this system's own CSV"))
    release_date = forms.DateField(
        label=_("Release date"),
        required=False,
        help_text=_("Only where the file does not say it (YYYY-MM-DD)"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    as_of = forms.BooleanField(
        label=_("An older release: fill in what was known at its date, change nothing that stands now"), required=False
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > settings.UPLOAD_LIMIT_BYTES:
            limit = figures.size(settings.UPLOAD_LIMIT_BYTES)
            raise forms.ValidationError(
                _("The file has %(size)s; the limit is %(limit)s.") % {"size": figures.size(file.size), "limit": limit}
            )
        return file
