"""The own area (/mein/): what waits for me, my organisations, what is new; and the printable handover."""

from datetime import timedelta
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from glossary.models import ConsensusEntry, Definition, Round
from home.dossier import dossier, own_organisations
from home.waiting import waiting_for
from people.models import Organisation, User, WorkingGroup
from people.queries import facilitated_group_ids
from people.roles import is_editor, is_moderator

NEWS_DAYS = 30
NEWS_LENGTH = 8


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What waits for the signed-in person, and where their organisations stand.

    `?fuer=<slug>` narrows to one organisation ("Für wen handeln Sie?"); a foreign one is refused.
    """
    user = cast(User, request.user)
    mandates = own_organisations(user)
    organisations = [found[0].organisation for found in mandates.values()]
    chosen = _chosen(organisations, request.GET.get("fuer", ""))
    shown = [chosen] if chosen else organisations
    context: dict[str, Any] = {
        "waiting": waiting_for(user, organisation_id=chosen.pk if chosen else None),
        "organisations": organisations,
        "chosen": chosen,
        "dossiers": [dossier(organisation, mandates[organisation.pk]) for organisation in shown],
        "groups": WorkingGroup.objects.filter(pk__in=facilitated_group_ids(user)),
        "may_administrate": is_editor(user) or is_moderator(user),
        "news": news(),
        "news_days": NEWS_DAYS,
        "now": timezone.now(),
    }
    return render(request, "home/mine.html", context)


@never_cache
@login_required
@require_safe
def handover(request: HttpRequest, slug: str) -> HttpResponse:
    """All one organisation said, owns and owes, on paper: for whoever takes over."""
    user = cast(User, request.user)
    mandates = own_organisations(user)
    chosen = _chosen([found[0].organisation for found in mandates.values()], slug)
    if chosen is None:
        raise PermissionDenied
    context = {
        "dossier": dossier(chosen, mandates[chosen.pk]),
        "waiting": waiting_for(user, organisation_id=chosen.pk),
        "now": timezone.now(),
        "breadcrumb": [{"title": _("My area"), "url": reverse("home:mine")}],
    }
    return render(request, "home/handover.html", context)


def _chosen(organisations: list[Organisation], slug: str) -> Organisation | None:
    """The organisation named in the address. Raises PermissionDenied for one the person does not act for."""
    if not slug:
        return None
    for organisation in organisations:
        if organisation.slug == slug:
            return organisation
    raise PermissionDenied


def news() -> list[dict[str, Any]]:
    """What happened in the last 30 days, newest first: agreed wordings, rounds, proposals."""
    since = timezone.now() - timedelta(days=NEWS_DAYS)
    found: list[dict[str, Any]] = []
    entries = ConsensusEntry.objects.filter(published_at__gte=since).select_related("term")
    for entry in entries.order_by("-published_at")[:NEWS_LENGTH]:
        title = f"{entry.preferred_label}: " + _("agreed wording %(number)s") % {"number": entry.number}
        found.append(
            {"date": entry.published_at, "title": title, "url": entry.get_absolute_url(), "tone": "good"}
        )
    for item in (
        Round.objects.public().filter(announced_at__gte=since).order_by("-announced_at")[:NEWS_LENGTH]
    ):
        found.append(
            {
                "date": item.announced_at,
                "title": item.question,
                "url": item.get_absolute_url(),
                "tone": "info",
            }
        )
    definitions = Definition.objects.proposed().filter(proposed_at__gte=since).select_related("term")
    for definition in definitions.order_by("-proposed_at")[:NEWS_LENGTH]:
        found.append(
            {
                "date": definition.proposed_at,
                "title": definition.title,
                "url": definition.get_absolute_url(),
                "tone": "quiet",
            }
        )
    return sorted(found, key=lambda item: item["date"], reverse=True)[:NEWS_LENGTH]
