"""Addresses of organisations never die: what was cited or mailed under an older one leads on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from people.models import OrganisationSlug

View = Callable[..., HttpResponse]
MOVED, MOVED_WITH_WHAT_WAS_SENT = 301, 308


def follows_address(view: View) -> View:
    """A page below an organisation's address: where it finds nothing, the address may be an older one."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, slug, **kwargs)
        except Http404:
            old = OrganisationSlug.objects.select_related("organisation").filter(slug=slug).first()
            if old is None or old.organisation.slug == slug:
                raise
        name = request.resolver_match.view_name if request.resolver_match else "people:organisation"
        answer = HttpResponse(status=MOVED if request.method in {"GET", "HEAD"} else MOVED_WITH_WHAT_WAS_SENT)
        answer["Location"] = reverse(name, kwargs={**kwargs, "slug": old.organisation.slug})
        # An address may be taken up again: a browser that kept the redirect would go in circles.
        answer["Cache-Control"] = "no-cache"
        return answer

    return found
