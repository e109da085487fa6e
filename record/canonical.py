"""Canonical JSON, instants and digests: the exact bytes the record and every immutable row are hashed as.

The rules are those of the domain's "Keys, slugs, record". They never change: a changed byte here would break every
digest ever published. What is not covered (floats, dates, other types) is refused, never guessed at.

- UTF-8; every string and key in Unicode NFC; object keys sorted by code point *after* NFC; no blanks.
- Only str, int, bool, None, list and dict. Subclasses of str and int (enumerations) count as their plain value.
- Escapes: only quote, backslash and U+0000–U+001F (short forms for backspace, tab, LF, FF, CR; otherwise lower-case hex).
- Integers stay within ±(2^53 − 1), so that any JSON reader reads the same number.
"""

import hashlib
import json
import secrets
import unicodedata
from datetime import UTC, date, datetime

__all__ = [
    "SALT_BYTES", "NotCanonical", "canonical_json", "day", "digest", "instant", "new_salt", "sha256_hex",
]  # fmt: skip

SALT_BYTES = 16
MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32


class NotCanonical(ValueError):
    """The value has no canonical form; `path` says where in it the trouble is (`$.a[2]`)."""

    def __init__(self, problem: str, path: str = "$") -> None:
        super().__init__(f"{path}: {problem}")
        self.problem = problem
        self.path = path


def canonical_json(value: object) -> bytes:
    """The one byte sequence that stands for `value`. Raises NotCanonical."""
    plain = _plain(value, "$", 0)
    return json.dumps(
        plain, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def instant(moment: datetime) -> str:
    """A moment as text in UTC with six decimals: `2026-03-03T17:00:00.000000Z`. Raises NotCanonical if naive."""
    if moment.utcoffset() is None:
        raise NotCanonical("a moment without a time zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def day(value: date) -> str:
    """A calendar day as text: `2026-03-03`. Raises NotCanonical for a moment: which day it is depends on the zone."""
    if isinstance(value, datetime):
        raise NotCanonical("a moment where a day is meant")
    return value.isoformat()


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def new_salt() -> bytes:
    """A fresh salt for one immutable row."""
    return secrets.token_bytes(SALT_BYTES)


def digest(salt: bytes, content: object) -> str:
    """SHA-256 of salt + canonical JSON. The salt has one fixed length, so no two pairs give the same bytes.

    Raises NotCanonical for the content and ValueError for a salt of another length.
    """
    salt = bytes(salt)
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, this one {len(salt)}")
    return sha256_hex(salt + canonical_json(content))


def _plain(value: object, path: str, depth: int) -> object:
    """A copy of `value` in plain types and NFC, or NotCanonical."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, path)
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise NotCanonical("an integer beyond 2^53 - 1", path)
        return int(value)
    if depth >= MAX_DEPTH:
        raise NotCanonical(f"nested more than {MAX_DEPTH} deep", path)
    if isinstance(value, list):
        return [_plain(item, f"{path}[{index}]", depth + 1) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return _object(value, path, depth)
    raise NotCanonical(f"a {type(value).__name__} has no canonical form", path)


def _object(value: dict[object, object], path: str, depth: int) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"a key that is a {type(key).__name__}, not a string", path)
        name = _text(key, path)
        if name in plain:
            raise NotCanonical(f"two keys that are both {name!r} in NFC", path)
        plain[name] = _plain(item, f"{path}.{name}", depth + 1)
    return plain


def _text(value: str, path: str) -> str:
    text = unicodedata.normalize("NFC", str.__str__(value))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical(f"a lone surrogate at {error.start}", path) from None
    return text
