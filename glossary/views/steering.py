"""Steering a round: announce, move the end, call off, close, state the outcome. Final acts say what follows."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from glossary.actions.closing import close_round, state_outcome
from glossary.actions.rounds import announce_round, cancel_round, move_end
from glossary.forms.base import ReasonForm, VersionedForm
from glossary.forms.rounds import CloseForm, MoveForm, StatementForm
from glossary.models import Round
from glossary.procedure import CONSENT_RULES
from glossary.sentences import rules_sentences
from glossary.states import RoundPhase
from glossary.views.base import (
    UNPROCESSABLE,
    crumbs,
    demand,
    person,
    refuse,
    show,
    signed_in,
    term_crumb,
)
from glossary.views.pieces import seats_of, voices
from glossary.views.rounds import find_round, result_of
from people.models import GroupMembership, Organisation
from record.errors import DomainError, Stale


def steer(
    request: HttpRequest, row: Round, form: forms.Form, template: str, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "round": row,
        "term": row.term,
        "form": form,
        "breadcrumb": crumbs(term_crumb(row.term), (row.question, row.get_absolute_url())),
        **more,
    }
    return show(request, template, context, status=status)


def _refused(form: forms.Form, error: DomainError, row: Round) -> tuple[forms.Form, int]:
    """A stale form keeps what was typed and carries the version there is now, so that the person can decide."""
    if isinstance(error, Stale) and "version" in form.fields:
        typed = {**form.data.dict(), "version": str(error.current.version)}  # type: ignore[attr-defined]
        form = type(form)(typed)
    return form, refuse(form, error)


@signed_in
def announce(request: HttpRequest, key: str) -> HttpResponse:
    """Announcing freezes: the page says what, and who will be asked."""
    row = find_round(request, key)
    demand(request, "announce_round", row)
    form: forms.Form = VersionedForm(request.POST or None, initial={"version": row.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            announce_round(round=row, by=person(request), expected_version=form.cleaned_data["version"])
        except DomainError as error:
            form, status = _refused(form, error, row)
        else:
            messages.success(request, _("The round is announced. Everybody who is asked gets a mail."))
            return redirect(row)
    wording = row.definition.wording if row.definition else row.wording
    members = GroupMembership.objects.valid_on(timezone.localdate()).filter(group=row.group)
    asked = Organisation.objects.active_on(timezone.localdate()).filter(
        pk__in=members.values("organisation_id")
    )
    more = {
        "wording": wording,
        "asked": list(asked.order_by("name")),
        "rules": rules_sentences(CONSENT_RULES),
        "past": row.opens_at <= timezone.now(),
    }
    return steer(request, row, form, "round_announce", status, **more)


@signed_in
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Another end, with a reason that is mailed to everybody."""
    row = find_round(request, key)
    demand(request, "move_end", row)
    form: forms.Form = MoveForm(
        request.POST or None, initial={"version": row.version, "closes_at": row.closes_at}
    )
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            data = form.cleaned_data
            try:
                move_end(
                    round=row, by=person(request), closes_at=data["closes_at"], reason=data["reason"],
                    expected_version=data["version"],
                )  # fmt: skip
            except DomainError as error:
                form, status = _refused(form, error, row)
            else:
                messages.success(request, _("The end is moved. Everybody who is asked gets a mail."))
                return redirect(row)
    return steer(request, row, form, "round_move", status)


@signed_in
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Call a round off before its end."""
    row = find_round(request, key)
    demand(request, "cancel_round", row)
    form: forms.Form = ReasonForm(request.POST or None, initial={"version": row.version})
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            data = form.cleaned_data
            try:
                cancel_round(
                    round=row, by=person(request), reason=data["reason"], expected_version=data["version"]
                )
            except DomainError as error:
                form, status = _refused(form, error, row)
            else:
                messages.success(request, _("The round is called off."))
                return redirect(row)
    spoke = sum(seat.spoke for seat in seats_of(row))
    return steer(request, row, form, "round_cancel", status, spoke=spoke)


@signed_in
def close(request: HttpRequest, key: str) -> HttpResponse:
    """The last look before the outcome is stored: count, result, what follows."""
    row = find_round(request, key)
    if row.phase() == RoundPhase.CLOSED:
        return redirect(row)
    demand(request, "close_round", row)
    seats = seats_of(row)
    form: forms.Form = CloseForm(request.POST or None, initial={"version": row.version})
    status = 200
    if request.method == "POST":
        try:
            close_round(round=row, by=person(request))
        except DomainError as error:
            form.is_valid()
            status = refuse(form, error)
        else:
            messages.success(request, _("The round is closed and its outcome is stored."))
            return redirect("glossary:round_statement", key=row.key)
    more = {"result": result_of(row, seats), "voices": voices(seats, row.wording.language)}
    return steer(request, row, form, "round_close", status, **more)


@signed_in
def statement(request: HttpRequest, key: str) -> HttpResponse:
    """The outcome statement: once, and for good. `step` shows a preview first."""
    row = find_round(request, key)
    demand(request, "state_outcome", row)
    seats = seats_of(row)
    form = StatementForm(request.POST or None)
    status, preview = 200, ""
    if request.method == "POST":
        if not form.is_valid():
            status = UNPROCESSABLE
        elif request.POST.get("step") == "send":
            try:
                state_outcome(round=row, by=person(request), text=form.cleaned_data["text"])
            except DomainError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("The outcome statement is public now."))
                return redirect(row)
        elif request.POST.get("step") != "edit":
            preview = form.cleaned_data["text"]
    more = {
        "result": result_of(row, seats),
        "voices": voices(seats, row.wording.language),
        "preview": preview,
    }
    return steer(request, row, form, "round_statement", status, **more)
