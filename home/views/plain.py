"""Small texts for machines: robots.txt, security.txt, and the address of the site for what is printed."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /konto/
Disallow: /mein/
Disallow: /en/konto/
Disallow: /en/mein/
Disallow: /suche/
Disallow: /en/suche/

Sitemap: {base}/sitemap.xml
"""
SECURITY = """\
Contact: {contact}
Expires: {expires}
Preferred-Languages: de, en
Canonical: {base}/.well-known/security.txt
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything public but search results."""
    return HttpResponse(ROBOTS.format(base=settings.PUBLIC_URL), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It expires a year from today, so that a site nobody tends does not promise for ever."""
    expires = (timezone.now() + timedelta(days=365)).replace(hour=0, minute=0, second=0, microsecond=0)
    text = SECURITY.format(
        contact=settings.SECURITY_CONTACT,
        expires=expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        base=settings.PUBLIC_URL,
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86400)
def print_address(request: HttpRequest) -> HttpResponse:
    """Where links of this site lead, for `print.css`: on paper a path alone leads nowhere, and files know no host."""
    return HttpResponse(
        f':root {{ --site: "{settings.PUBLIC_URL}"; }}\n', content_type="text/css; charset=utf-8"
    )
