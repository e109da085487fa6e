"""Putting definitions forward and moving them: propose, joint draft, revise, withdraw, set aside, bring back."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from glossary.actions.drafts import discard_draft, save_draft
from glossary.actions.proposing import propose_definition, start_joint_draft
from glossary.forms.base import offer
from glossary.forms.definitions import (
    JointDraftForm,
    ProposeForm,
    source_initial,
)
from glossary.models import Definition, Draft, Source, Term
from glossary.policy import acting_organisations, may
from glossary.states import DraftKind
from glossary.views.base import (
    UNPROCESSABLE,
    chosen_organisation,
    crumbs,
    demand,
    new_submission_key,
    person,
    refuse,
    renewed,
    row_number,
    show,
    signed_in,
    term_crumb,
    with_term,
)
from glossary.views.definition import find_definition
from glossary.views.sources import source_line
from people.models import Organisation
from record.errors import DomainError, Stale


@dataclass(slots=True, kw_only=True)
class WritingDesk:
    """For which organisation a person writes, and the draft they continue."""

    term: Term
    speaking: dict[str, Organisation] = field(default_factory=dict)
    drafting: dict[str, Organisation] = field(default_factory=dict)
    chosen: Organisation | None = None
    draft: Draft | None = None
    # The form continues a draft that a colleague has sent or deleted meanwhile.
    draft_is_gone: bool = False

    @property
    def organisations(self) -> list[Organisation]:
        """All of them, by name."""
        return sorted({**self.drafting, **self.speaking}.values(), key=lambda organisation: organisation.name)

    def acting(self) -> Organisation:
        """The organisation that was chosen. Raises Http404 when none was."""
        if self.chosen is None:
            raise Http404
        return self.chosen

    @property
    def may_send(self) -> bool:
        """Speakers and deputies put forward; others prepare a draft."""
        return self.chosen is not None and self.chosen.key in self.speaking


def _desk(request: HttpRequest, term: Term) -> WritingDesk:
    desk = WritingDesk(term=term)
    if not may(request.user, "propose_definition", term) and not may(request.user, "save_draft", term):
        raise PermissionDenied(
            _("Only people who speak or write for a member organisation can propose a definition.")
        )
    if term.retired_on is not None:
        raise PermissionDenied(_("This term has been retired."))
    for mandate in acting_organisations(request.user, "propose_definition", term):
        desk.speaking[mandate.organisation.key] = mandate.organisation
    for mandate in acting_organisations(request.user, "save_draft", term):
        desk.drafting[mandate.organisation.key] = mandate.organisation
    desk.draft = _draft(request, term)
    desk.draft_is_gone = desk.draft is None and bool(request.POST.get("draft"))
    by_key = {organisation.key: organisation for organisation in desk.organisations}
    desk.chosen = chosen_organisation(request, by_key)
    if desk.draft is not None and desk.draft.organisation is not None:
        if desk.chosen not in (None, desk.draft.organisation) and request.method == "POST":
            raise PermissionDenied(_("This draft belongs to another organisation."))
        desk.chosen = by_key.get(desk.draft.organisation.key)
    if not by_key:
        raise PermissionDenied(
            _("Only people who speak or write for a member organisation can propose a definition.")
        )
    return desk


def _draft(request: HttpRequest, term: Term) -> Draft | None:
    """The draft this form continues; 404 for somebody else's. What was typed survives a draft that is gone."""
    number = row_number(request.POST.get("draft") or request.GET.get("entwurf") or "")
    if number is None:
        return None
    drafts = Draft.objects.filter(term=term, kind=DraftKind.DEFINITION, organisation__isnull=False)
    draft = drafts.select_related("organisation", "updated_by", "term").filter(pk=number).first()
    if draft is None and request.method == "POST":
        return None
    if draft is None or not may(request.user, "read_draft", draft):
        raise Http404
    return draft


@signed_in
@with_term
def propose(request: HttpRequest, term: Term) -> HttpResponse:
    """Form, preview and sending of a definition; `step` says which button was pressed."""
    desk = _desk(request, term)
    if request.method != "POST":
        return _propose_page(request, desk, _empty(request, desk) if desk.chosen else None)
    if desk.chosen is None:
        return _propose_page(request, desk, None, status=UNPROCESSABLE)
    typed = request.POST.copy()
    if desk.draft_is_gone:
        typed["draft"] = typed["draft_version"] = ""
    form = ProposeForm(typed)
    step = request.POST.get("step", "preview")
    if step == "draft":
        return _save(request, desk, form)
    if step == "edit":
        return _propose_page(request, desk, ProposeForm(initial=typed.dict()))
    if not form.is_valid():
        return _propose_page(request, desk, form, status=UNPROCESSABLE)
    if desk.draft_is_gone and not _was_sent(form):
        # Perhaps a colleague has published this very text: look again before there are two of it.
        return _propose_page(request, desk, form, status=409)
    if step == "send":
        return _send(request, desk, form)
    source = form.source()
    context = {
        **_context(desk),
        "form": form,
        "data": form.cleaned_data,
        "sources": [source_line(Source(**asdict(source)))] if source else [],
        "hidden": [(name, value) for name, value in form.data.items() if name in form.fields],
    }
    return show(request, "propose_preview", context)


def _was_sent(form: ProposeForm) -> bool:
    """This very form has been sent already: the button was pressed twice."""
    key = form.cleaned_data["submission_key"]
    return bool(key) and Definition.objects.filter(submission_key=key).exists()


def _context(desk: WritingDesk) -> dict[str, Any]:
    return {"term": desk.term, "desk": desk, "breadcrumb": crumbs(term_crumb(desk.term))}


def _propose_page(
    request: HttpRequest, desk: WritingDesk, form: ProposeForm | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    return show(request, "propose", {**_context(desk), "form": form, **more}, status=status)


def _empty(request: HttpRequest, desk: WritingDesk) -> ProposeForm:
    """A fresh form, one filled from the draft, or one that starts from another definition (`grundlage`)."""
    initial: dict[str, Any] = {}
    if desk.draft is not None:
        initial = {k: v for k, v in desk.draft.content.items() if k in ProposeForm.base_fields}
        initial |= {"draft": desk.draft.pk, "draft_version": desk.draft.version}
    elif basis := request.GET.get("grundlage"):
        row = find_definition(desk.term, basis)
        first = row.wording.sources.first()
        initial = {"text": row.wording.text or "", "scope": row.wording.scope}
        initial |= source_initial(first) if first else {}
    initial |= {
        "organisation": desk.chosen.key if desk.chosen else "",
        "submission_key": new_submission_key(),
    }
    return ProposeForm(initial=initial)


def _send(request: HttpRequest, desk: WritingDesk, form: ProposeForm) -> HttpResponse:
    data = form.cleaned_data
    source = form.source()
    try:
        row = propose_definition(
            term=desk.term,
            by=person(request),
            organisation=desk.acting(),
            title=data["title"],
            text=data["text"],
            scope=data["scope"],
            rationale=data["rationale"],
            origin=data["origin"],
            sources=[source] if source else [],
            draft=desk.draft,
            submission_key=data["submission_key"] or None,
        )
    except Stale as error:
        return _propose_page(request, desk, form, status=renewed(form, error), known=error.current)
    except DomainError as error:
        return _propose_page(request, desk, form, status=refuse(form, error))
    messages.success(request, _("Your definition is public now. The others can discuss it."))
    return redirect(row)


def _save(request: HttpRequest, desk: WritingDesk, form: ProposeForm) -> HttpResponse:
    version = request.POST.get("draft_version", "")
    try:
        draft = save_draft(
            by=person(request),
            kind=DraftKind.DEFINITION,
            organisation=desk.chosen,
            term=desk.term,
            content={k: v for k, v in form.raw().items() if k not in {"draft", "organisation"}},
            draft=desk.draft,
            expected_version=row_number(version) if desk.draft else None,
        )
    except Stale as error:
        version = str(desk.draft.version) if desk.draft else ""
        again = ProposeForm(initial={**dict(form.data.items()), "draft_version": version})
        return _propose_page(
            request, desk, again, status=409, draft_conflict=desk.draft, conflict_message=error.message
        )
    except DomainError as error:
        form.is_valid()
        return _propose_page(request, desk, form, status=refuse(form, error))
    if desk.draft_is_gone:
        messages.info(
            request,
            _("A colleague has sent or deleted the draft meanwhile. This is a new one with your text."),
        )
    text = _("The draft is saved. Only %(organisation)s sees it; nothing has been sent.")
    messages.success(request, text % {"organisation": desk.chosen})
    return redirect(f"{reverse('glossary:propose', kwargs={'slug': desk.term.slug})}?entwurf={draft.pk}")


@signed_in
@with_term
def discard(request: HttpRequest, term: Term, pk: int) -> HttpResponse:
    """Throw a draft away."""
    draft = get_object_or_404(Draft.objects.select_related("organisation", "updated_by"), pk=pk, term=term)
    if not may(request.user, "read_draft", draft):
        raise Http404
    demand(request, "discard_draft", draft)
    if request.method == "POST":
        discard_draft(draft=draft, by=person(request))
        messages.success(request, _("The draft is deleted."))
        return redirect(term)
    return show(
        request, "draft_discard", {"term": term, "draft": draft, "breadcrumb": crumbs(term_crumb(term))}
    )


@signed_in
@with_term
def joint_draft(request: HttpRequest, term: Term) -> HttpResponse:
    """The facilitator starts the joint draft, from definitions that are on the table."""
    demand(request, "start_joint_draft", term)
    proposed = list(Definition.objects.filter(term=term).proposed().select_related("wording", "organisation"))
    chosen = [d for d in proposed if d.key in request.GET.getlist("aus")]
    initial: dict[str, Any] = {"submission_key": new_submission_key(), "parents": [d.key for d in chosen]}
    if chosen:
        initial |= {"text": chosen[0].wording.text, "scope": chosen[0].wording.scope}
    form = JointDraftForm(request.POST or None, initial=initial)
    offer(form, "parents", Definition.objects.filter(pk__in=[d.pk for d in proposed]))
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            data = form.cleaned_data
            try:
                row = start_joint_draft(
                    term=term, by=person(request), title=data["title"], text=data["text"], scope=data["scope"],
                    rationale=data["rationale"], parents=list(data["parents"]),
                    submission_key=data["submission_key"] or None,
                )  # fmt: skip
            except Stale as error:
                status = renewed(form, error)
            except DomainError as error:
                status = refuse(form, error)
            else:
                messages.success(request, _("The joint draft is public now."))
                return redirect(row)
    for row in proposed:
        row.term = term
    context = {"term": term, "form": form, "proposed": proposed, "breadcrumb": crumbs(term_crumb(term))}
    return show(request, "joint_draft", context, status=status)
