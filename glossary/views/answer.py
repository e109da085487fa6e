"""Answering in a round: form, preview, receipt. Everything works without script, and nothing typed is ever lost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from glossary.actions.drafts import discard_draft, save_draft
from glossary.actions.positions import take_position
from glossary.errors import RoundNotOpen, StalePosition
from glossary.forms.positions import AnswerForm, TakeBackForm
from glossary.models import Position, Round
from glossary.phrases import long_moment
from glossary.states import DraftKind, RoundPhase, Stance
from glossary.views.base import (
    UNPROCESSABLE,
    crumbs,
    new_submission_key,
    person,
    refuse,
    row_number,
    show,
    signed_in,
    term_crumb,
)
from glossary.views.desk import Desk, desk_for
from glossary.views.pieces import SeatNow, seats_of, voices
from glossary.views.rounds import against_current, find_round, objections
from people.models import Organisation
from people.queries import valid_mandates
from record.errors import DomainError, Stale

CONFLICT = 409


@signed_in
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """The form, its preview, and the sending of it; `step` says which button was pressed."""
    row = find_round(request, key)
    desk = desk_for(request, row)
    if not desk.organisations:
        raise PermissionDenied(
            _("Only people who speak for an organisation that is asked can answer in this round.")
        )
    if request.method != "POST":
        return _open_form(request, desk)
    if desk.chosen is None:
        return _page(request, desk, None, status=UNPROCESSABLE)
    form = AnswerForm(request.POST, wording=row.wording)
    step = request.POST.get("step", "preview")
    if row.phase() != RoundPhase.OPEN:
        return _too_late(request, desk, form)
    if step == "draft":
        return _save_draft(request, desk, form)
    if step == "edit":
        return _page(request, desk, AnswerForm(initial=request.POST.dict(), wording=row.wording))
    if not form.is_valid():
        return _page(request, desk, form, status=UNPROCESSABLE)
    return _send(request, desk, form) if step == "send" else _preview(request, desk, form)


def _open_form(request: HttpRequest, desk: Desk) -> HttpResponse:
    if desk.round.phase() != RoundPhase.OPEN:
        return redirect(desk.round)
    return _page(request, desk, desk.form() if desk.chosen else None)


def _context(desk: Desk) -> dict[str, Any]:
    row = desk.round
    return {
        "round": row,
        "term": row.term,
        "desk": desk,
        "breadcrumb": crumbs(term_crumb(row.term), (row.question, row.get_absolute_url())),
    }


def _page(
    request: HttpRequest, desk: Desk, form: AnswerForm | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    row = desk.round
    raised = objections(row, seats_of(row))
    before = {**against_current(row), "raised": len(raised)}
    return show(request, "answer", {**_context(desk), **before, "form": form, **more}, status=status)


def _preview(request: HttpRequest, desk: Desk, form: AnswerForm) -> HttpResponse:
    """How everybody will see it. Nothing is stored yet."""
    data = form.position()
    seat, chosen = desk.seat, desk.chosen
    if seat is None or chosen is None:
        raise Http404
    mandate = desk.speaking.get(chosen.key) or desk.drafting[chosen.key]
    shown = Position(
        seat=seat,
        number=data["replaces"] + 1,
        value=data["value"],
        reason=data["reason"],
        provisional_until=data["provisional_until"],
        provisional_body=data["provisional_body"],
        role=mandate.role,
    )
    context = {
        **_context(desk),
        "form": form,
        "data": data,
        "voices": voices([SeatNow(seat=seat, positions=[shown])], desk.round.wording.language),
        "hidden": [(name, value) for name, value in form.data.items() if name in form.fields],
    }
    return show(request, "answer_preview", context)


def _send(request: HttpRequest, desk: Desk, form: AnswerForm) -> HttpResponse:
    if desk.seat is None:
        raise Http404
    try:
        position = take_position(seat=desk.seat, by=person(request), **form.position())
    except StalePosition as error:
        return _stale(request, desk, form, error.current)
    except RoundNotOpen as error:
        return _too_late(request, desk, form, error)
    except DomainError as error:
        return _page(request, desk, form, status=refuse(form, error))
    return redirect(receipt_url(desk.round, position))


def _stale(request: HttpRequest, desk: Desk, form: AnswerForm, current: Position | None) -> HttpResponse:
    """Somebody of the same organisation answered meanwhile: show both, and let the person decide."""
    typed = request.POST.copy()
    typed["replaces"] = str(current.number if current else 0)
    typed["submission_key"] = new_submission_key()
    again = AnswerForm(typed, wording=desk.round.wording)
    if desk.seat is None:
        raise Http404
    seat = SeatNow(seat=desk.seat, positions=[current] if current else [])
    now = voices([seat], desk.round.wording.language)
    return _page(request, desk, again, status=CONFLICT, stale=current, stale_voices=now)


def _too_late(
    request: HttpRequest, desk: Desk, form: AnswerForm, error: DomainError | None = None
) -> HttpResponse:
    """The round takes no answers: say so, and give back what was typed."""
    message = (
        str(error.message)
        if error
        else _("This round does not take answers now. Your answer was not stored.")
    )
    typed = [
        (form.fields[name].label, value)
        for name, value in form.raw().items()
        if form.fields[name].label and value
    ]
    context = {**_context(desk), "message": message, "typed": typed}
    return show(request, "answer_too_late", context, status=CONFLICT)


def _save_draft(request: HttpRequest, desk: Desk, form: AnswerForm) -> HttpResponse:
    """Keep what was typed for the organisation's other people, valid or not."""
    version = request.POST.get("draft_version", "")
    try:
        draft = save_draft(
            by=person(request),
            kind=DraftKind.POSITION,
            organisation=desk.chosen,
            round=desk.round,
            term=desk.round.term,
            content=form.raw(),
            expected_version=row_number(version) if desk.draft else None,
        )
    except Stale as error:
        typed = request.POST.copy()
        typed["draft_version"] = str(desk.draft.version if desk.draft else "")
        again = AnswerForm(initial=typed.dict(), wording=desk.round.wording)
        return _page(
            request, desk, again, status=CONFLICT, draft_conflict=desk.draft, conflict_message=error.message
        )
    except DomainError as error:
        form.is_valid()
        return _page(request, desk, form, status=refuse(form, error))
    messages.success(
        request,
        _("The draft is saved. Only %(organisation)s sees it; nothing has been sent.")
        % {"organisation": draft.organisation},
    )
    return redirect(
        f"{reverse('glossary:round_answer', kwargs={'key': desk.round.key})}?fuer={draft.organisation.key if draft.organisation else ''}"
    )


@signed_in
def discard_answer_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Throw the organisation's unsent answer away."""
    row = find_round(request, key)
    desk = desk_for(request, row)
    if desk.draft is None or desk.chosen is None:
        return redirect(row)
    if request.method == "POST":
        discard_draft(draft=desk.draft, by=person(request))
        messages.success(request, _("The draft is deleted."))
        return redirect(row)
    return show(request, "answer_discard", _context(desk))


@signed_in
def take_back(request: HttpRequest, key: str) -> HttpResponse:
    """Take an answer back: the seat then counts as not having spoken."""
    row = find_round(request, key)
    desk = desk_for(request, row)
    if not desk.may_send or desk.current is None or desk.seat is None or desk.chosen is None:
        raise PermissionDenied(_("There is no answer you could take back."))
    initial = {
        "organisation": desk.chosen.key,
        "replaces": desk.current.number,
        "submission_key": new_submission_key(),
    }
    form = TakeBackForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            position = take_position(
                seat=desk.seat,
                by=person(request),
                value=Stance.TAKEN_BACK,
                replaces=form.cleaned_data["replaces"],
                submission_key=form.cleaned_data["submission_key"] or None,
            )
        except DomainError as error:
            status = refuse(form, error)
        else:
            return redirect(receipt_url(row, position))
    seat = SeatNow(seat=desk.seat, positions=[desk.current])
    context = {**_context(desk), "form": form, "voices": voices([seat], row.wording.language)}
    return show(request, "answer_take_back", context, status=status)


def receipt_url(row: Round, position: Position) -> str:
    """Where the receipt of an answer is."""
    kwargs = {"key": row.key, "organisation": position.seat.organisation.key, "number": position.number}
    return reverse("glossary:round_receipt", kwargs=kwargs)


@signed_in
def receipt(request: HttpRequest, key: str, organisation: str, number: int) -> HttpResponse:
    """What was stored, for the files of the organisation: date, wording, answer, check sum."""
    row = find_round(request, key)
    position = get_object_or_404(
        Position.objects.select_related("seat__organisation", "objection", "mandate"),
        seat__round=row,
        seat__organisation__key=organisation,
        number=number,
    )
    own = {mandate.organisation_id for mandate in valid_mandates(request.user)}
    if position.seat.organisation_id not in own:
        raise PermissionDenied(_("Receipts are for the people of the organisation."))
    newest = position.seat.positions.order_by("-number").values_list("number", flat=True).first()
    seat = SeatNow(seat=position.seat, positions=[position])
    context = {
        "round": row,
        "term": row.term,
        "position": position,
        "replaced": newest != position.number,
        "voices": voices([seat], row.wording.language),
        "until": long_moment(row.closes_at),
        "is_open": row.phase() == RoundPhase.OPEN,
        "still_to_answer": _still_to_answer(request, row, position),
        "breadcrumb": crumbs(term_crumb(row.term), (row.question, row.get_absolute_url())),
    }
    return show(request, "answer_receipt", context)


def _still_to_answer(request: HttpRequest, row: Round, position: Position) -> list[Organisation]:
    """The other organisations this person speaks for that have not answered yet."""
    if row.phase() != RoundPhase.OPEN:
        return []
    speaking = desk_for(request, row).speaking
    waiting = {s.seat.organisation_id for s in seats_of(row) if not s.spoke and s.seat != position.seat}
    return [m.organisation for m in speaking.values() if m.organisation_id in waiting]
