"""The record (Chronik): one append-only chain, its head, the register of public keys, and the mark of a restore.

Knows keys, not models: what a row speaks about is named by key, never by foreign key.
"""

from typing import ClassVar

from django.db import models


class Key(models.Model):
    """One public key ever issued. Unique over everything that has a key; never deleted, never reused."""

    value = models.CharField(max_length=8, primary_key=True)
    kind = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.value


class RecordHead(models.Model):
    """The single row every act locks last: number and hash of the newest record row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="record_head_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"


class RecordRow(models.Model):
    """One act. `body` is stored exactly as hashed; the other columns repeat parts of it for queries."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    prev = models.CharField(max_length=64, unique=True)
    body = models.TextField()
    hash = models.CharField(max_length=64, unique=True)
    time = models.DateTimeField()
    act = models.CharField(max_length=64)
    actor_key = models.CharField(max_length=8, blank=True)
    organisation_key = models.CharField(max_length=8, blank=True)
    object_kind = models.CharField(max_length=32, blank=True)
    object_key = models.CharField(max_length=64, blank=True, db_index=True)
    object_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["seq"]
        constraints: ClassVar = [
            # Every immutable row is named by exactly one record row.
            models.UniqueConstraint(
                fields=["object_digest"],
                condition=~models.Q(object_digest=""),
                name="record_digest_named_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"


class Restore(models.Model):
    """One row while the site runs on a backup nobody has confirmed: until it is gone, no act is recorded.

    Set by `manage.py restored_from_backup`, taken away by `manage.py record_restored`.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    marked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="record_restore_is_one_row"),
        ]

    def __str__(self) -> str:
        return self.marked_at.isoformat()
