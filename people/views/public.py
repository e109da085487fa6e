"""Public pages of organisations and working groups. Acts appear under organisation and role, names only for members."""

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.contributions import sections_for
from people.models import (
    Facilitation,
    GroupMembership,
    Mandate,
    Organisation,
    WorkingGroup,
)
from people.naming import desk_for
from people.policy import is_participant, may
from people.queries import by_role
from people.views.moved import follows_address


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations; those that have ended below."""
    today = timezone.localdate()
    rows = list(Organisation.objects.prefetch_related(_memberships_on(today)))
    context = {
        "active": [row for row in rows if row.ended_on is None or row.ended_on >= today],
        "ended": [row for row in rows if row.ended_on is not None and row.ended_on < today],
    }
    return render(request, "people/organisations.html", context)


@require_safe
@follows_address
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Who they are, who acts for them by role, what they brought in."""
    rows = Organisation.objects.select_related("successor").prefetch_related("predecessors")
    found = get_object_or_404(rows, slug=slug)
    today = timezone.localdate()
    context = {
        "organisation": found,
        "ended": found.ended_on is not None and found.ended_on < today,
        "memberships": found.memberships.valid_on(today).select_related("group").order_by("group__name"),
        "mandates": by_role(_mandates_on(today).filter(organisation=found)),
        "show_names": is_participant(request.user),
        "changes": request.user.is_authenticated and desk_for(request.user, found).is_open,
        "sections": sections_for(found),
        "breadcrumb": [{"title": _("Organisations"), "url": reverse("people:organisations")}],
    }
    return render(request, "people/organisation.html", context)


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """All working groups."""
    today = timezone.localdate()
    member = Q(memberships__valid_from__lte=today) & (
        Q(memberships__valid_until=None) | Q(memberships__valid_until__gte=today)
    )
    rows = WorkingGroup.objects.annotate(member_count=Count("memberships", filter=member))
    context = {
        "active": [row for row in rows if row.ended_on is None or row.ended_on >= today],
        "ended": [row for row in rows if row.ended_on is not None and row.ended_on < today],
    }
    return render(request, "people/groups.html", context)


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Its commission, its members, its moderation, its terms and rounds."""
    found = get_object_or_404(WorkingGroup, slug=slug)
    today = timezone.localdate()
    memberships = found.memberships.select_related("organisation").order_by("organisation__name")
    facilitations = Facilitation.objects.valid_on(today).filter(group=found).select_related("user")
    context = {
        "group": found,
        "ended": found.ended_on is not None and found.ended_on < today,
        "memberships": memberships.valid_on(today),
        "former": memberships.filter(valid_until__lt=today),
        "facilitations": list(facilitations.order_by("valid_from", "pk")),
        "show_names": is_participant(request.user),
        "changes": request.user.is_authenticated and may(request.user, "give_mandate", found),
        "sections": sections_for(found),
        "breadcrumb": [{"title": _("Working groups"), "url": reverse("people:groups")}],
    }
    return render(request, "people/group.html", context)


def _memberships_on(day: date) -> Prefetch:
    rows = GroupMembership.objects.valid_on(day).select_related("group").order_by("group__name")
    return Prefetch("memberships", queryset=rows, to_attr="current_memberships")


def _mandates_on(day: date) -> QuerySet[Mandate]:
    return Mandate.objects.valid_on(day).select_related("user", "group").order_by("valid_from", "pk")
