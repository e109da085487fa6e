"""What every immutable row shares: salt, digest, the number of its form, and redaction."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from record.canonical import SALT_BYTES, canonical_json, digest, new_salt, sha256_hex


class ImmutableRow(models.Model):
    """A row that never changes and is never deleted; triggers on both engines hold it.

    Redaction is the one exception: free text, its hash and the salt become NULL and `redacted_at` is set.
    """

    RECORD_KIND: ClassVar[str]
    # Free text that a redaction empties, and what is computed from it. Everything else stays.
    REDACTED: ClassVar[tuple[str, ...]]
    # Numbers of the forms `canonical` knows.
    FORMATS: ClassVar[frozenset[int]] = frozenset({1})
    # What `canonical` reads beside the row, so that verifying costs few queries.
    VERIFY_RELATED: ClassVar[tuple[str, ...]] = ()
    VERIFY_PREFETCH: ClassVar[tuple[str, ...]] = ()

    format = models.PositiveSmallIntegerField(default=1, editable=False)
    salt = models.BinaryField(max_length=SALT_BYTES, null=True, default=new_salt, editable=False)
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

    def compute_rest(self) -> str:
        """What still proves a redacted row: a hash over what was kept and the digest of what it was.

        The redaction's record row carries it, so that the facts of the row stay provable without its text.
        """
        kept = {**self.canonical(), "digest": self.digest}
        return sha256_hex(canonical_json(kept))
