"""Publishing what a round agreed on: the facilitator has stated the outcome, an editor publishes."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from glossary.actions.consensus import publish_entry
from glossary.forms.rounds import PublishForm
from glossary.models import ConsensusEntry, Round
from glossary.states import CARRYING, ChangeClass, Stance
from glossary.text.diff import diff
from glossary.views.base import (
    UNPROCESSABLE,
    crumbs,
    demand,
    new_submission_key,
    person,
    refuse,
    show,
    signed_in,
    term_crumb,
)
from glossary.views.compare import pairs
from glossary.views.pieces import seats_of
from glossary.views.rounds import find_round, result_of
from glossary.views.sources import sources_by_wording
from record.errors import DomainError

REVIEW_AFTER = timedelta(days=2 * 365)


@signed_in
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Form, preview of the entry, publishing; `step` says which button was pressed."""
    row = find_round(request, key)
    if hasattr(row, "entry"):
        row.entry.term = row.term
        if request.method == "POST":
            messages.info(
                request, _("This wording has been published already. Here you see what was stored.")
            )
        return redirect(row.entry)
    demand(request, "publish_entry", row)
    before = (
        ConsensusEntry.objects.filter(term=row.term).select_related("wording").order_by("-number").first()
    )
    form = PublishForm(request.POST or None, first=before is None, initial=_initial(before))
    step = request.POST.get("step", "preview")
    if request.method != "POST" or step == "edit":
        return _page(request, row, before, form)
    if not form.is_valid():
        return _page(request, row, before, form, status=UNPROCESSABLE)
    if step != "send":
        return _page(
            request, row, before, form, template="round_publish_preview", **_preview(row, before, form)
        )
    data = form.cleaned_data
    try:
        entry = publish_entry(
            round=row,
            by=person(request),
            valid_from=data["valid_from"],
            change_class=data.get("change_class", ""),
            change_reason=data.get("change_reason", ""),
            review_on=data["review_on"],
            submission_key=data["submission_key"] or None,
        )
    except DomainError as error:
        return _page(request, row, before, form, status=refuse(form, error))
    messages.success(request, _("Version %(number)s is published.") % {"number": entry.number})
    return redirect(entry)


def _initial(before: ConsensusEntry | None) -> dict[str, Any]:
    today = timezone.localdate()
    earliest = max(today, before.valid_from) if before else today
    return {
        "valid_from": earliest,
        "review_on": earliest + REVIEW_AFTER,
        "submission_key": new_submission_key(),
    }


def _page(
    request: HttpRequest,
    row: Round,
    before: ConsensusEntry | None,
    form: PublishForm,
    *,
    status: int = 200,
    template: str = "round_publish",
    **more: Any,
) -> HttpResponse:
    segments = None
    if before is not None and before.wording is not None:
        segments = pairs(diff(before.wording.text or "", row.wording.text or ""))
    context = {
        "round": row,
        "term": row.term,
        "form": form,
        "before": before,
        "number": before.number + 1 if before else 1,
        "segments": segments,
        "result": result_of(row, seats_of(row)),
        "breadcrumb": crumbs(term_crumb(row.term), (row.question, row.get_absolute_url())),
        **more,
    }
    return show(request, template, context, status=status)


def _preview(row: Round, before: ConsensusEntry | None, form: PublishForm) -> dict[str, Any]:
    """The page of record as it will be: who carries it, who dissents, sources."""
    seats = seats_of(row)
    carrying = [s.seat.organisation_name for s in seats if s.current and s.current.value in CARRYING]
    objecting = [s for s in seats if s.current and s.current.value == Stance.OBJECTION]
    change = form.cleaned_data.get("change_class", "")
    return {
        "data": form.cleaned_data,
        "carrying": carrying,
        "asked": len(seats),
        "objecting": objecting,
        "change": ChangeClass(change).label if change else "",
        "sources": sources_by_wording([row.wording_id]).get(row.wording_id, []),
        "hidden": [(name, value) for name, value in form.data.items() if name in form.fields],
    }
