"""Rows that addresses and the record name: by a public key, never by the number inside."""

from typing import Any, ClassVar

from django.db import models

from record.keys import issue_key


class KeyedRow(models.Model):
    """Gets its key when it is stored for the first time; a row that is only tried out uses none up."""

    KEY_KIND: ClassVar[str]

    key = models.CharField(max_length=8, unique=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As usual."""
        if not self.key:
            self.key = issue_key(kind=self.KEY_KIND)
        super().save(*args, **kwargs)
