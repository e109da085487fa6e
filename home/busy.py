"""When the database does not answer: which errors mean that, and what of a form can be kept for another try."""

import re
import sqlite3
from typing import Any, NamedTuple

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

__all__ = ["Kept", "is_database_away", "kept_fields"]

# Locked by others for too long, or a disk that takes nothing; an SQL mistake of ours is not among them.
SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PROTOCOL,
    }
)  # fmt: skip
# What is no text of anybody: the token against forgery, which the page gives anew, and what opens an account.
SECRET = re.compile(r"csrf|pass|kennwort|(^|[-_])code$|token", re.IGNORECASE)
# Whole forms that are about nothing else; a word of the glossary may be called the same.
ACCOUNT = re.compile(r"(/en)?/konto/")
LABELS = {
    "title": gettext_lazy("Title"),
    "text": gettext_lazy("Text"),
    "scope": gettext_lazy("Applies to"),
    "rationale": gettext_lazy("Rationale"),
    "reason": gettext_lazy("Reason"),
    "question": gettext_lazy("Question"),
    "passage": gettext_lazy("Passage"),
    "change_wanted": gettext_lazy("What would have to change"),
    "change_reason": gettext_lazy("Reason for the change"),
    "alternative": gettext_lazy("Other wording"),
    "evidence": gettext_lazy("Evidence"),
    "source_title": gettext_lazy("Title of the source"),
    "author": gettext_lazy("Author or institution"),
}


class Kept(NamedTuple):
    """One value of the form: shown for copying, or sent along unseen."""

    name: str
    value: str
    label: str
    shown: bool


def is_database_away(error: BaseException | None) -> bool:
    """The database was locked for too long, or the connection is gone; also where another error was made of that."""
    while error is not None:
        if isinstance(error, InterfaceError):
            return True
        if isinstance(error, OperationalError):
            code = getattr(error.__cause__, "sqlite_errorcode", None)
            # PostgreSQL's operational errors are all of this kind: no connection, lock timeout, shutdown, deadlock.
            return code is None or code & 0xFF in SQLITE_AWAY
        error = error.__cause__ or error.__context__
    return False


def kept_fields(request: HttpRequest) -> list[Kept]:
    """What was typed into a form that could not be stored, without passwords, codes and the token against forgery."""
    if request.method != "POST" or ACCOUNT.match(request.path_info):
        return []
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:  # whatever broke the form must not break this page
        return []
    return [_kept(name, str(value)) for name, value in posted if not SECRET.search(name)]


def _kept(name: str, value: str) -> Kept:
    typed = name in LABELS or (bool(re.search(r"\s", value)) and value[:1] not in "{[")
    shown = bool(value.strip()) and typed
    return Kept(name, value, str(LABELS.get(name, _("Text"))), shown)


def has_files(request: HttpRequest) -> bool:
    """Files were sent with the form: they cannot be kept."""
    files: Any = getattr(request, "_files", None)
    return bool(files)
