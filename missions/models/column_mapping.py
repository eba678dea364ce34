"""How the columns of a file of another shape become those of our own format, under a name."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from missions.models.people import User


class ColumnMapping(models.Model):
    """A mapping, and the headings by which later files of the same shape find it.

    An import keeps a copy of the mapping that it was read with, so that one may be changed or removed at any time.
    """

    name = models.CharField(max_length=80)
    definition = models.JSONField(help_text="Our fields and where they come from; checked before it is kept")
    headings = ArrayField(models.TextField(), help_text="Of the file that it was made on, in their order")
    headings_key = models.CharField(max_length=64, db_index=True, help_text="The same for all files of these headings")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = [Lower("name")]
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="column_mapping_name_is_one")]

    def __str__(self) -> str:
        return self.name
