"""What a file would change of people who are kept: one row per person and field, until it is applied or discarded."""

from typing import ClassVar

from django.db import models

from missions.models.import_batch import ImportBatch


class ImportChange(models.Model):
    """A field of a kept person that the file says otherwise; `state` is that of the record, counted or withdrawn.

    `line` is that of the file; None where the file no longer holds the person. A count of people has no `reference`.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    line = models.IntegerField(null=True, blank=True)
    reference = models.TextField(blank=True)
    mission = models.CharField(max_length=20)
    occurred_on = models.DateField()
    persons = models.IntegerField()
    field = models.CharField(max_length=30)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["batch", "id"]

    def __str__(self) -> str:
        return f"{self.reference}, {self.field}: {self.before} -> {self.after}"
