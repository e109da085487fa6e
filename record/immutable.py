"""What every immutable row shares: salt, digest, the number of its form, and redaction."""

import secrets
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from record.canonical import digest


def new_salt() -> bytes:
    """16 random bytes: a digest without its salt tells nothing about short texts."""
    return secrets.token_bytes(16)


class ImmutableRow(models.Model):
    """A row that never changes and is never deleted; triggers on both engines hold it.

    Redaction is the one exception: free text, its hash and the salt become NULL and `redacted_at` is set.
    """

    RECORD_KIND: ClassVar[str]

    format = models.PositiveSmallIntegerField(default=1, editable=False)
    salt = models.BinaryField(max_length=16, null=True, default=new_salt, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    redacted_at = models.DateTimeField(_("redacted at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def canonical(self) -> dict[str, Any]:
        """The content the digest covers, by the literal field list of this row's format number."""
        raise NotImplementedError

    def record_key(self) -> str:
        """How the record names this row."""
        raise NotImplementedError

    def compute_digest(self) -> str:
        """The digest recomputed from the row. Raises ValueError when the row is redacted."""
        if self.salt is None:
            raise ValueError("A redacted row has no salt.")
        return digest(bytes(self.salt), self.canonical())
