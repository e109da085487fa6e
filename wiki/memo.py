"""Keeps what was computed for readers as long as nothing readers could see has changed.

The data generation (raised by the database with every such change, put on the request by whoever reads it first) and the
local day are part of every key; without a generation nothing is kept. Per process, bounded.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

Result = TypeVar("Result")
LIMIT = 2000
_kept: tuple[str, dict[Hashable, Any]] = ("", {})


def remembered(request: HttpRequest | None, key: Hashable, compute: Callable[[], Result]) -> Result:
    """The kept result for this key, in the reader's language, or the computed one. Callers must not change it."""
    global _kept
    generation: str = getattr(request, "data_generation", None) or ""
    if not generation:
        return compute()
    if _kept[0] != generation or len(_kept[1]) >= LIMIT:
        _kept = (generation, {})
    results = _kept[1]
    full = (key, get_language(), timezone.localdate())
    if full not in results:
        results[full] = compute()
    found: Result = results[full]
    return found
