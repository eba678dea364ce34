"""Which columns somebody wants in a kind of file: a preference, and never a right."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from missions.models.people import User


class SavedColumns(models.Model):
    """The columns that a user chose for a kind of file, in their order.

    What they may see is asked when the file is made: a column that is theirs no more is left out of the choice.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_columns")
    file = models.SlugField(max_length=40, help_text="The kind of file: casualties, incidents")
    columns = ArrayField(models.CharField(max_length=60))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "file"], name="saved_columns_one_choice")]

    def __str__(self) -> str:
        return f"{self.file}: {', '.join(self.columns)}"


def saved_columns(user: User, file: str) -> list[str]:
    """The columns that a user chose for a kind of file; none when nothing is saved."""
    found = SavedColumns.objects.filter(user=user, file=file).values_list("columns", flat=True).first()
    return list(found or ())
