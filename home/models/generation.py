"""The number that changes with every commit a reader could see."""

from typing import ClassVar

from django.db import models


class Generation(models.Model):
    """One row. Database triggers on every public table raise `value` and draw `token` anew in the writing transaction.

    Other connections see the new row exactly when they see the data it stands for. Pages are kept under the token: a
    number alone would come back after a rollback or a restored backup, and mean other data.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.PositiveBigIntegerField(default=1)
    token = models.CharField(max_length=32, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="generation_is_one_row")
        ]

    def __str__(self) -> str:
        return str(self.value)
