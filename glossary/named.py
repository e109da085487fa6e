"""What a term is called, as one hash: the record carries it after every act on words."""

from collections.abc import Iterable

from glossary.models import Label
from record.canonical import canonical_json, sha256_hex


def labels_hash(labels: Iterable[Label]) -> str:
    """SHA-256 over all words of a term with language, status, type and note, in one order."""
    rows = sorted([x.language, str(x.status), str(x.type), x.text, x.note] for x in labels)
    return sha256_hex(canonical_json(rows))
