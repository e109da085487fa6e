"""The admin's own search: Wagtail's database backend, with what people type cleaned first.

A quotation mark alone is a syntax error to SQLite's full text search, in every listing and chooser.
"""

import re
from typing import Any

from wagtail.search.backends.database import SearchBackend as database_backend

_NOT_A_WORD = re.compile(r"[^\w\s@.-]+", re.UNICODE)


def cleaned(query: Any) -> Any:
    """Words only; objects that are queries already stay as they are."""
    return _NOT_A_WORD.sub(" ", query).strip() if isinstance(query, str) else query


class CleaningSearchBackend:
    """Hands everything to the backend of the database, search words cleaned."""

    def __init__(self, params: dict[str, Any]) -> None:
        self._backend = database_backend(params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Whole words."""
        return self._backend.search(cleaned(query), *args, **kwargs)

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """Beginnings of words."""
        return self._backend.autocomplete(cleaned(query), *args, **kwargs)


SearchBackend = CleaningSearchBackend
