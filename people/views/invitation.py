"""Accepting an invitation: the link shows, the button accepts."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people.actions.invitations import accept_invitation, find_open
from people.forms import UNPROCESSABLE, InvitationForm
from people.models import MandateProposal, User
from record.errors import DomainError

BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the invitation is for; POST accepts it. GET changes nothing."""
    found = find_open(token)
    if found is None:
        return _answer(render(request, "people/invitation_over.html", status=410))
    known = User.objects.filter(email__iexact=found.email).first()
    signed_in = request.user if request.user.is_authenticated else None
    stranger = signed_in is not None and (known is None or known.pk != signed_in.pk)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if known is not None:
        form.fields.clear()
    status = 200
    if request.method == "POST":
        answer = UNPROCESSABLE if not form.is_valid() else _accept(request, token, form, known)
        if not isinstance(answer, int):
            return _answer(answer)
        status = answer
    proposal = MandateProposal.objects.filter(invitation=found).first()
    context = {"invitation": found, "proposal": proposal, "form": form, "known": known, "stranger": stranger}
    return _answer(render(request, "people/invitation.html", context, status=status))


def _accept(request: HttpRequest, token: str, form: InvitationForm, known: User | None) -> HttpResponse | int:
    """Where to go on; or the status, if the action refused, which the form then says."""
    signed_in = request.user if isinstance(request.user, User) else None
    try:
        user = accept_invitation(token=token, signed_in=signed_in, **form.cleaned_data)
    except DomainError as error:
        return form.refuse(error)
    if known is not None:
        if signed_in is None:
            messages.success(request, _("The invitation is accepted. Please sign in."))
            return redirect("account_login")
        messages.success(request, _("The invitation is accepted."))
        return redirect("home:mine")
    login(request, user, backend=BACKEND)
    messages.success(request, _("Welcome! Your account is ready."))
    return redirect("home:mine")


def _answer(response: HttpResponse) -> HttpResponse:
    """The address of this page is a secret: no other page may learn it."""
    response["Referrer-Policy"] = "no-referrer"
    return response
