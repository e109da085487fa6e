"""The one URL configuration: our own routes first, then Wagtail's pages.

German has no prefix, English lives under /en/ for everything people read.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.views.admin_login import admin_login
from home.views.media import media
from home.views.pages import serve

handler400 = "home.views.errors.bad_request"
handler403 = "home.views.errors.permission_denied"
handler404 = "home.views.errors.page_not_found"
handler500 = "home.views.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    # Wagtail's own sign-in would go round allauth (and later a second factor).
    path("admin/login/", admin_login),
    path("admin/", include("people.urls_admin")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.urls_plain")),
    path("id/", include("glossary.urls_identifiers")),
]

if settings.SERVE_MEDIA:
    urlpatterns += [
        re_path(r"^media/(?P<path>.*)$", media, name="media"),
    ]

urlpatterns += i18n_patterns(
    # Wagtail's other sign-in, for pages with view restrictions, would go round allauth, too.
    path("_util/login/", admin_login),
    path("konto/", include("people.urls_account")),
    path("glossar/", include("glossary.urls")),
    path("diskussion/", include("discussion.urls")),
    path("suche/", include("search.urls")),
    path("", include("people.urls")),
    path("", include("home.urls")),
    path("", include("wiki.urls")),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
