"""Wagtail's own sign-in pages lead to ours."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache


@never_cache
def admin_login(request: HttpRequest) -> HttpResponseRedirect:
    """To the sign-in, with the way back. Who is signed in and still not let in would go round in circles: refused."""
    if request.user.is_authenticated:
        raise PermissionDenied(_("Your account may not open this page."))
    following = request.GET.get("next", "")
    query = f"?{urlencode({'next': following}, safe='/')}" if following else ""
    return HttpResponseRedirect(f"{reverse('account_login')}{query}")
