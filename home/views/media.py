"""Serves uploads where no proxy does (make run, make dev): pictures in their sizes, never files to take along.

Documents have rights of their own; they go through Wagtail's view under /documents/, which asks for them.
"""

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

PRIVATE_FOLDERS = ("documents",)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file below MEDIA_ROOT. Raises Http404 for what is not public by its address."""
    # As the file system will read it: "./documents", "//documents" and "images/../documents" are the same folder.
    folder = posixpath.normpath(f"/{path}").lstrip("/").split("/", maxsplit=1)[0]
    if folder.casefold() in PRIVATE_FOLDERS:
        raise Http404
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
