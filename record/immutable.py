"""What rows share that never change: redaction; and immutable rows beside it salt, digest and the number of their form."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from record.canonical import SALT_BYTES, canonical_json, digest, new_salt, sha256_hex


class RedactableRow(models.Model):
    """A row that never changes and is never deleted, but may lose its free text; triggers on both engines hold it."""

    RECORD_KIND: ClassVar[str]
    # Free text that a redaction empties, and what is computed from it. Everything else stays.
    REDACTED: ClassVar[tuple[str, ...]]
    # What naming the row reads beside it.
    VERIFY_RELATED: ClassVar[tuple[str, ...]] = ()

    redacted_at = models.DateTimeField(_("redacted at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def record_key(self) -> str:
        """How the record names this row."""
        raise NotImplementedError

    def emptied(self) -> dict[str, Any]:
        """Columns and what a redaction leaves in them."""
        raise NotImplementedError

    def compute_rest(self) -> str:
        """A hash over what a redaction kept: its record row carries it, so that the facts stay provable."""
        raise NotImplementedError


class ImmutableRow(RedactableRow):
    """A row the record names by its digest.

    Redaction is the one change it knows: free text, its hash and the salt become NULL and `redacted_at` is set.
    """

    # Numbers of the forms `canonical` knows.
    FORMATS: ClassVar[frozenset[int]] = frozenset({1})
    # What `canonical` reads beside the row, so that verifying costs few queries.
    VERIFY_PREFETCH: ClassVar[tuple[str, ...]] = ()

    format = models.PositiveSmallIntegerField(default=1, editable=False)
    salt = models.BinaryField(max_length=SALT_BYTES, null=True, default=new_salt, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        abstract = True

    def canonical(self) -> dict[str, Any]:
        """The content the digest covers, by the literal field list of this row's format number."""
        raise NotImplementedError

    def emptied(self) -> dict[str, Any]:
        """Text, hash and salt are gone."""
        return {**dict.fromkeys(self.REDACTED), "salt": None}

    def parts(self) -> list[tuple[str, str, datetime | None]]:
        """Rows whose text is part of this one's digest: kind and key in the record, and when it was redacted."""
        return []

    def compute_digest(self) -> str:
        """The digest recomputed from the row. Raises ValueError when the row is redacted."""
        if self.salt is None:
            raise ValueError("A redacted row has no salt.")
        return digest(bytes(self.salt), self.canonical())

    def compute_rest(self) -> str:
        """What still proves a redacted row: a hash over what was kept and the digest of what it was."""
        kept = {**self.canonical(), "digest": self.digest}
        return sha256_hex(canonical_json(kept))
