"""A selection that somebody keeps under a name of their own."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class SavedSelection(models.Model):
    """An address within the site: a page and its canonical query. What it counts is counted when it is opened."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_selections")
    name = models.CharField(max_length=100)
    page = models.CharField(max_length=40)  # the name of an address of casualties.urls
    query = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "name"], name="saved_selection_name_is_own")]

    def __str__(self) -> str:
        return self.name
