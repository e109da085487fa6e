"""Keys: 8 random characters of Crockford's base 32 in lower case (no i, l, o, u), safe to read out and to retype.

40 bits: unique is what the database's constraint makes them; whoever creates a row tries again when it collides.
"""

import re
import secrets

__all__ = ["ALPHABET", "KEY_LENGTH", "is_key", "normalise_key", "random_key"]

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
KEY_LENGTH = 8

_KEY = re.compile(f"[{ALPHABET}]{{{KEY_LENGTH}}}")
_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RETYPED = str.maketrans(
    {
        **{letter: letter.lower() for letter in _UPPER},
        **dict.fromkeys("iIlL", "1"),
        **dict.fromkeys("oO", "0"),
    }
)
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]+")


def random_key() -> str:
    """A new random key."""
    return "".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH))


def is_key(text: str) -> bool:
    """True for a key exactly as stored (lower case, nothing around it)."""
    return _KEY.fullmatch(text) is not None


def normalise_key(text: str) -> str:
    """What somebody typed, as the key they meant: lower case, i and l read as 1, o as 0, blanks and dashes dropped.

    Promises no key: ask `is_key` about the result.
    """
    return _SEPARATORS.sub("", text).translate(_RETYPED)
