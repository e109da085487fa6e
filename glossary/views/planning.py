"""Planning a consent round and changing the plan. Members see it; nothing is frozen yet."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from glossary.actions.rounds import change_round, plan_round
from glossary.forms.base import offer
from glossary.forms.rounds import ChangeForm, PlanForm
from glossary.models import Definition, Round, Term
from glossary.policy import may
from glossary.procedure import CONSENT_RULES
from glossary.sentences import rules_sentences
from glossary.states import DefinitionOrigin, RoundKind, RoundState
from glossary.views.base import (
    UNPROCESSABLE,
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
from glossary.views.pieces import full_name
from glossary.views.rounds import find_round
from glossary.views.steering import steer
from record.errors import DomainError, Stale

EVENING = time(18, 0)


@signed_in
@with_term
def plan(request: HttpRequest, term: Term) -> HttpResponse:
    """A consent round about one of the proposals or the joint draft. Members see it; nothing is frozen yet."""
    askable = _askable(request, term)
    if not askable:
        raise PermissionDenied(
            _("Only the moderation plans rounds, and only about a proposal or the joint draft.")
        )
    asking = _announced(term)
    if request.method == "GET" and asking:
        messages.warning(
            request, _("This round about the term is announced. Plan the next one when it is over.")
        )
        return redirect(asking)
    initial = _plan_initial(request, term, askable)
    form: Any = _offered(PlanForm(request.POST or None, initial=initial), askable)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if asking:
            form.add_error(
                None, _("Another round about this term is announced. Plan the next one when it is over.")
            )
        elif form.is_valid():
            try:
                data = form.cleaned_data
                planned = plan_round(
                    by=person(request), **{**data, "submission_key": data["submission_key"] or None}
                )
            except Stale as error:
                status = renewed(form, error)
            except DomainError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("The round is planned. Announce it when everything is right."))
                return redirect(planned)
    context = {
        "term": term,
        "form": form,
        "askable": askable,
        "asking": asking,
        "rules": rules_sentences(CONSENT_RULES),
        "breadcrumb": crumbs(term_crumb(term)),
    }
    return show(request, "round_plan", context, status=status)


@signed_in
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is planned: the wording, the question, the days."""
    row = find_round(request, key)
    demand(request, "change_round", row)
    askable = _askable(request, row.term)
    initial = {
        "definition": row.definition.key if row.definition else "",
        "question": row.question,
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "version": row.version,
    }
    form: Any = _offered(ChangeForm(request.POST or None, initial=initial), askable)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            data = dict(form.cleaned_data)
            try:
                change_round(round=row, by=person(request), expected_version=data.pop("version"), **data)
            except DomainError as error:
                if isinstance(error, Stale):
                    typed = {**request.POST.dict(), "version": str(error.current.version)}
                    form = _offered(ChangeForm(typed), askable)
                status = refuse(form, error)
            else:
                messages.success(
                    request, _("The plan is changed. Announce the round when everything is right.")
                )
                return redirect(row)
    more = {"askable": askable, "rules": rules_sentences(CONSENT_RULES)}
    return steer(request, row, form, "round_change", status, **more)


def _askable(request: HttpRequest, term: Term) -> list[Definition]:
    """The proposals and the joint draft this person may put to a round."""
    proposals = Definition.objects.filter(term=term).proposed().exclude(origin=DefinitionOrigin.SOURCE)
    rows = list(proposals.select_related("wording", "organisation", "group"))
    for row in rows:
        row.term = term
    return [row for row in rows if may(request.user, "plan_round", row)]


def _offered(form: Any, askable: list[Definition]) -> Any:
    offer(form, "definition", Definition.objects.filter(pk__in=[row.pk for row in askable]))
    return form


def _announced(term: Term) -> Round | None:
    """The consent round of the term that is announced and not closed: there is one at a time."""
    return Round.objects.filter(term=term, state=RoundState.ANNOUNCED, kind=RoundKind.CONSENT).first()


def _plan_initial(request: HttpRequest, term: Term, askable: list[Definition]) -> dict[str, Any]:
    """Sensible beginnings: the joint draft, tomorrow morning, the usual duration, an evening."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    zone = timezone.get_default_timezone()
    keys = [row.key for row in askable]
    joint = next((row.key for row in askable if row.origin == DefinitionOrigin.JOINT_DRAFT), keys[0])
    wanted = request.GET.get("definition", "")
    return {
        "definition": wanted if wanted in keys else joint,
        "question": _("Can you carry this wording of “%(term)s”?") % {"term": full_name(term)},
        "opens_at": datetime.combine(tomorrow, time(8, 0), zone),
        "closes_at": datetime.combine(tomorrow + timedelta(days=CONSENT_RULES.duration_days), EVENING, zone),
        "submission_key": new_submission_key(),
    }
