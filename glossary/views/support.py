"""After publication: an organisation joins, confirms, files a dissent, withdraws it, or ends its support."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from glossary.actions.support import declare_support
from glossary.forms.rounds import SupportForm
from glossary.models import ConsensusEntry, Position, Term
from glossary.policy import acting_organisations
from glossary.queries import standing_today
from glossary.states import SupportKind
from glossary.views.base import (
    UNPROCESSABLE,
    chosen_organisation,
    crumbs,
    demand,
    new_submission_key,
    person,
    refuse,
    renewed,
    show,
    signed_in,
    term_crumb,
    with_term,
)
from people.models import Organisation
from record.errors import DomainError, Stale


@signed_in
@with_term
def support(request: HttpRequest, term: Term, number: int) -> HttpResponse:
    """Form and sending; there is a choice of organisation when a person speaks for two."""
    entries = ConsensusEntry.objects.select_related("wording", "round")
    entry = get_object_or_404(entries, term=term, number=number)
    entry.term = term
    demand(request, "declare_support", entry)
    organisations = {
        m.organisation.key: m.organisation
        for m in acting_organisations(request.user, "declare_support", entry)
    }
    if not organisations:
        raise PermissionDenied(_("Only people who speak for an organisation can do this."))
    chosen = chosen_organisation(request, organisations)
    if chosen is None:
        return _page(request, entry, organisations, None, None)
    kinds = possible_kinds(entry, chosen)
    initial = {"organisation": chosen.key, "submission_key": new_submission_key()}
    if len(kinds) == 1:
        initial["kind"] = kinds[0]
    form = SupportForm(request.POST or None, kinds=kinds, initial=initial)
    if request.method != "POST":
        return _page(request, entry, organisations, chosen, form)
    if not form.is_valid():
        return _page(request, entry, organisations, chosen, form, status=UNPROCESSABLE)
    return _send(request, entry, organisations, chosen, form)


def possible_kinds(entry: ConsensusEntry, organisation: Organisation) -> list[str]:
    """What an organisation can say from where it stands now."""
    standing = standing_today(entry).get(organisation.key)
    if standing is not None and standing.carries:
        kinds: list[str] = [SupportKind.DISSENTS, SupportKind.ENDS]
        return [SupportKind.CONFIRMS, *kinds] if _was_provisional(entry, organisation) else kinds
    if standing is not None and standing.dissents:
        return [SupportKind.WITHDRAWS_DISSENT]
    return [SupportKind.JOINS, SupportKind.DISSENTS]


def _was_provisional(entry: ConsensusEntry, organisation: Organisation) -> bool:
    """Its answer in the round was subject to a committee's decision, and it has not been confirmed yet."""
    if entry.supports.filter(organisation=organisation, kind=SupportKind.CONFIRMS).exists():
        return False
    positions = Position.objects.filter(seat__round=entry.round_id, seat__organisation=organisation)
    newest = positions.order_by("-number").first()
    return newest is not None and newest.provisional_until is not None


def _send(
    request: HttpRequest,
    entry: ConsensusEntry,
    organisations: dict[str, Organisation],
    chosen: Organisation,
    form: SupportForm,
) -> HttpResponse:
    data = form.cleaned_data
    dissenting = data["kind"] == SupportKind.DISSENTS
    try:
        declare_support(
            entry=entry,
            by=person(request),
            organisation=chosen,
            kind=data["kind"],
            made_on=data["made_on"],
            evidence=data["evidence"],
            reason=data["reason"] if dissenting else "",
            passage=data["passage"].strip() if dissenting else "",
            alternative=data["alternative"] if dissenting else "",
            submission_key=data["submission_key"] or None,
        )
    except Stale as error:
        return _page(request, entry, organisations, chosen, form, status=renewed(form, error))
    except DomainError as error:
        return _page(request, entry, organisations, chosen, form, status=refuse(form, error))
    messages.success(
        request, _("Stored. The page of record shows how %(organisation)s stands.") % {"organisation": chosen}
    )
    return redirect(entry)


def _page(
    request: HttpRequest,
    entry: ConsensusEntry,
    organisations: dict[str, Organisation],
    chosen: Organisation | None,
    form: SupportForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "term": entry.term,
        "entry": entry,
        "organisations": sorted(organisations.values(), key=lambda o: o.name),
        "chosen": chosen,
        "form": form,
        "breadcrumb": crumbs(
            term_crumb(entry.term),
            (_("Version %(number)s") % {"number": entry.number}, entry.get_absolute_url()),
        ),
    }
    return show(request, "support", context, status=status)
