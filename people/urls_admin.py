"""Side doors of Wagtail's admin, closed before Wagtail's own routes are asked.

Choosers, the admin API and tag completion ask for no page right: whoever may enter the admin reads unpublished and
restricted things there. So everybody but editors finds only what is named in `OPEN`.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path, reverse
from django.views.decorators.cache import never_cache
from wagtail.admin import urls as wagtail_urls
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from people.roles import is_editor
from people.views.admin_account import AdminAccountView

View = Callable[..., HttpResponseBase]

# First segments below /admin/ for those who are no editors: the start, the own settings, the moderators' desk.
OPEN = frozenset(
    {"", "account", "contributions", "dismissibles", "jsi18n", "login", "logout", "password_reset", "sprite"}
)


def no_bulk(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """Wagtail's bulk actions on accounts would delete, close and promote people past our actions."""
    raise Http404


def only_for_editors(view: View) -> View:
    """Refuse as Wagtail does what is not open to all staff; readers without a session are asked to sign in by Wagtail."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rest = request.path_info.removeprefix(reverse("wagtailadmin_home"))
        if rest.split("/")[0] in OPEN or not request.user.is_authenticated or is_editor(request.user):
            return view(request, *args, **kwargs)
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return view(request, *args, **kwargs)
        refusal: HttpResponse = permission_denied(request)
        return refusal

    return guarded


decorate_urlpatterns(wagtail_urls.urlpatterns, only_for_editors)

urlpatterns: list[URLPattern] = [
    re_path(r"^bulk/(?:people|auth)/", no_bulk),
    path(
        "account/",
        never_cache(require_admin_access(AdminAccountView.as_view())),
        name="wagtailadmin_account",
    ),
]
