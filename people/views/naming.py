"""Who acts for an organisation, outside the admin: speakers propose, facilitators confirm, mandates end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.actions.invitations import is_open, revoke_invitation
from people.actions.mandates import end_mandate, taken_place
from people.actions.naming import (
    confirm_proposal,
    name_person,
    propose_mandate,
    refuse_proposal,
    withdraw_proposal,
)
from people.forms import UNPROCESSABLE
from people.forms_naming import EndForm, NamingForm, RefusalForm
from people.models import (
    Invitation,
    Mandate,
    MandateProposal,
    MandateRole,
    Organisation,
    ProposalState,
    User,
    WorkingGroup,
)
from people.naming import Desk, desk_for, first_day, mandate_of
from people.policy import may
from people.queries import by_role
from people.views.moved import follows_address
from record.errors import DomainError

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@login_required
@follows_address
def mandates(request: HttpRequest, slug: str) -> HttpResponse:
    """Who acts for the organisation, now and later; what waits; what this person may do about it."""
    organisation, desk = _desk(request, slug)
    user = _person(request)
    proposals = _proposals(user, organisation=organisation)
    rows = organisation.mandates.filter(_not_over()).select_related("user", "group", "organisation")
    today = timezone.localdate()
    context = {
        "organisation": organisation,
        "desk": desk,
        "mandates": [
            {"mandate": row, "may_end": may(user, "end_mandate", row) and row.valid_until != today}
            for row in by_role(rows)
        ],
        "waiting": [row for row in proposals if row.state == ProposalState.PROPOSED],
        "invited": [row for row in proposals if row.state == ProposalState.CONFIRMED],
        "today": today,
        "breadcrumb": _crumbs(organisation, here=True),
    }
    return render(request, "people/mandates.html", context)


@never_cache
@login_required
@form_methods
@follows_address
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Name somebody: speakers propose, the desk of the group names."""
    organisation, desk = _desk(request, slug)
    if not desk.scopes:
        raise PermissionDenied(_("Only the speaker and the moderation name somebody."))
    data = request.POST if request.method == "POST" else None
    form = NamingForm(data, organisation=organisation, scopes=desk.scopes)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                proposal = _named(request, desk, form)
            except DomainError as error:
                status = form.refuse(error)
            else:
                messages.success(request, _said(proposal))
                return redirect("people:mandates", slug=organisation.slug)
    context = {
        "organisation": organisation,
        "desk": desk,
        "form": form,
        "breadcrumb": _crumbs(organisation),
    }
    return render(request, "people/mandate_propose.html", context, status=status)


@never_cache
@login_required
@form_methods
@follows_address
def end(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """End a mandate: the own one, one beside the speaker, or any as the moderation."""
    rows = Mandate.objects.select_related("organisation", "group", "user").filter(_not_over())
    mandate = get_object_or_404(rows, key=key, organisation__slug=slug)
    user = _person(request)
    if not may(user, "end_mandate", mandate):
        raise PermissionDenied(_("You may not do this, or not at this time."))
    form = EndForm(
        request.POST if request.method == "POST" else None,
        initial={"valid_until": max(timezone.localdate(), mandate.valid_from)},
    )
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                end_mandate(mandate=mandate, by=user, valid_until=form.cleaned_data["valid_until"])
            except DomainError as error:
                status = form.refuse(error)
            else:
                messages.success(request, _("The last day is stored. Everybody concerned gets a mail."))
                return _after_end(user, mandate.organisation)
    context = {
        "organisation": mandate.organisation,
        "mandate": mandate,
        "own": mandate.user_id == user.pk,
        "speaker": mandate.role == MandateRole.SPEAKER,
        "form": form,
        "breadcrumb": _crumbs(mandate.organisation),
    }
    return render(request, "people/mandate_end.html", context, status=status)


@never_cache
@login_required
@form_methods
@follows_address
def proposal(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A proposal: the moderation confirms or refuses, whoever proposed may take it back."""
    user = _person(request)
    row = get_object_or_404(_rows(), key=key, organisation__slug=slug)
    acts = {name for name in ("decide_proposal", "withdraw_proposal") if may(user, name, row)}
    if not acts:
        raise Http404
    form = RefusalForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                message = _decide(request.POST.get("act", ""), row, user, form.cleaned_data["reason"])
            except DomainError as error:
                status = form.refuse(error)
            else:
                messages.success(request, message)
                return redirect("home:mine")
    context = {
        "organisation": row.organisation,
        "proposal": row,
        "open": row.state == ProposalState.PROPOSED,
        "invited": row.invitation is not None and is_open(row.invitation),
        "decides": "decide_proposal" in acts,
        "begins": first_day(row),
        "host": row.email.rpartition("@")[2],
        "speaker": taken_place(mandate_of(row, row.user)),
        "form": form,
        "breadcrumb": _crumbs(row.organisation),
    }
    return render(request, "people/proposal.html", context, status=status)


@require_safe
@never_cache
@login_required
def group_mandates(request: HttpRequest, slug: str) -> HttpResponse:
    """For the moderation: every member organisation with those who act for it in this group, and what waits."""
    group = get_object_or_404(WorkingGroup, slug=slug)
    user = _person(request)
    if not may(user, "give_mandate", group):
        raise PermissionDenied(_("Only the moderation of this working group sees this page."))
    today = timezone.localdate()
    members = Organisation.objects.filter(pk__in=group.memberships.valid_on(today).values("organisation_id"))
    acting = Mandate.objects.valid_on(today).filter(Q(group=group) | Q(group=None)).select_related("user")
    held: dict[int, list[Mandate]] = {}
    for mandate in by_role(acting.filter(organisation__in=members)):
        held.setdefault(mandate.organisation_id, []).append(mandate)
    waiting = _proposals(user, group=group, state=ProposalState.PROPOSED)
    context = {
        "group": group,
        "rows": [{"organisation": row, "mandates": held.get(row.pk, [])} for row in members.order_by("name")],
        "waiting": waiting,
        "breadcrumb": [
            {"title": _("Working groups"), "url": reverse("people:groups")},
            {"title": group.name, "url": group.get_absolute_url()},
        ],
    }
    return render(request, "people/group_mandates.html", context)


# ---- steps


def _person(request: HttpRequest) -> User:
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied


def _desk(request: HttpRequest, slug: str) -> tuple[Organisation, Desk]:
    organisation = get_object_or_404(Organisation, slug=slug)
    desk = desk_for(_person(request), organisation)
    if not desk.is_open:
        raise PermissionDenied(_("You do not act for this organisation here."))
    return organisation, desk


def _not_over() -> Q:
    return Q(valid_until=None) | Q(valid_until__gte=timezone.localdate())


def _rows() -> QuerySet[MandateProposal]:
    return MandateProposal.objects.select_related(
        "organisation", "group", "user", "proposed_by", "decided_by", "invitation"
    )


def _proposals(user: User, **about: Any) -> list[MandateProposal]:
    """Waiting proposals and open invitations that came of one, as far as this person decides or takes back."""
    invitations = Invitation.objects.open_at(timezone.now())
    open_invitation = Q(state=ProposalState.CONFIRMED, invitation__in=invitations)
    found = _rows().filter(Q(state=ProposalState.PROPOSED) | open_invitation, **about)
    return [row for row in found if _concerns(user, row)]


def _concerns(user: User, row: MandateProposal) -> bool:
    return may(user, "decide_proposal", row) or may(user, "withdraw_proposal", row)


def _named(request: HttpRequest, desk: Desk, form: NamingForm) -> MandateProposal:
    naming, by = form.naming(), _person(request)
    act = name_person if naming.group in desk.names else propose_mandate
    return act(naming=naming, by=by)


def _said(row: MandateProposal) -> str:
    if row.state == ProposalState.PROPOSED:
        return _("Your proposal waits for the moderation. You get a mail when it is decided.")
    if row.invitation_id:
        return _("The invitation is on its way. The role begins when it is accepted.")
    return _("The role is entered. Everybody concerned gets a mail.")


def _decide(act: str, row: MandateProposal, by: User, reason: str) -> str:
    """Do what the button says. Raises DomainError, PermissionDenied for a button that does not exist."""
    if act == "confirm":
        done = confirm_proposal(proposal=row, by=by)
        return _said(done)
    if act == "refuse":
        refuse_proposal(proposal=row, by=by, reason=reason)
        return _("The proposal is refused. Whoever made it gets a mail.")
    if act == "withdraw":
        withdraw_proposal(proposal=row, by=by)
        return _("Your proposal is taken back.")
    if act == "revoke" and row.invitation is not None:
        revoke_invitation(invitation=row.invitation, by=by)
        return _("The invitation is revoked. The link leads nowhere any more.")
    raise PermissionDenied


def _after_end(user: User, organisation: Organisation) -> HttpResponse:
    if desk_for(user, organisation).is_open:
        return redirect("people:mandates", slug=organisation.slug)
    return redirect("home:mine")


def _crumbs(organisation: Organisation, *, here: bool = False) -> list[dict[str, str]]:
    """The way to these pages."""
    steps = [
        {"title": _("Organisations"), "url": reverse("people:organisations")},
        {"title": organisation.name, "url": organisation.get_absolute_url()},
    ]
    own = {
        "title": _("Who acts"),
        "url": reverse("people:mandates", kwargs={"slug": organisation.slug}),
    }
    return steps if here else [*steps, own]
