"""The own account: data, language, where one is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from people.actions.accounts import change_account, end_sessions
from people.forms import UNPROCESSABLE, AccountForm
from people.models import User
from people.queries import valid_mandates
from record.errors import DomainError


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show and change the own data."""
    # The form writes into its instance; what the page shows of the person must stay as stored.
    user = User.objects.get(pk=int(request.user.pk or 0))
    form = AccountForm(
        request.POST if request.method == "POST" else None, instance=User.objects.get(pk=user.pk)
    )
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                change_account(user=user, by=user, **form.cleaned_data)
            except DomainError as error:
                status = form.refuse(error)
            else:
                messages.success(request, _("Your data has been saved."))
                return redirect("people:account")
    context = {
        "form": form,
        "person": user,
        "mandates": valid_mandates(user),
    }
    return render(request, "people/account.html", context, status=status)


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End all sessions but this one."""
    user = User.objects.get(pk=int(request.user.pk or 0))
    end_sessions(user=user, by=user, keep=request.session.session_key)
    messages.success(request, _("You are signed in only here now."))
    return redirect("people:account")
