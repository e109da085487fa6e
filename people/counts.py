"""The embedded cache: per process, but what limits attempts to sign in is counted for all processes of the machine.

Readers never write to the shared part: only who signs in is counted.
"""

from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache

__all__ = ["COUNTED", "EmbeddedCache"]

# How allauth's rate limits begin the keys of their counts and locks.
COUNTED = "allauth:rl:"


class EmbeddedCache(LocMemCache):
    """Memory of this process, except for counts, which go to the cache `counts`."""

    def add(self, key: str, value: Any, *args: Any, **kwargs: Any) -> bool:
        """Locks of the counts are shared, too."""
        shared = self._shared(key)
        return shared.add(key, value, *args, **kwargs) if shared else super().add(key, value, *args, **kwargs)

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        """From where the key belongs."""
        shared = self._shared(key)
        return shared.get(key, *args, **kwargs) if shared else super().get(key, *args, **kwargs)

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        """To where the key belongs."""
        shared = self._shared(key)
        (shared.set if shared else super().set)(key, value, *args, **kwargs)

    def delete(self, key: str, *args: Any, **kwargs: Any) -> bool:
        """From where the key belongs."""
        shared = self._shared(key)
        return bool((shared.delete if shared else super().delete)(key, *args, **kwargs))

    def _shared(self, key: str) -> BaseCache | None:
        return caches["counts"] if key.startswith(COUNTED) else None
