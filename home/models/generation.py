"""The number that changes with every commit a reader could see."""

from typing import ClassVar

from django.db import models


class Generation(models.Model):
    """One row. Database triggers on every public table raise `value` in the writing transaction.

    Other connections see the new number exactly when they see the data it stands for.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="generation_is_one_row")
        ]

    def __str__(self) -> str:
        return str(self.value)
