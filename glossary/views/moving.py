"""Moving one definition: revise, describe, withdraw, set aside, bring back. One page and one act each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from glossary.actions.definitions import (
    edit_definition,
    return_definition,
    revise_definition,
    set_aside_definition,
    withdraw_definition,
)
from glossary.forms.base import VersionedForm, offer
from glossary.forms.definitions import EditForm, ReviseForm, SetAsideForm
from glossary.models import Definition, Term
from glossary.text.diff import diff
from glossary.views.base import (
    UNPROCESSABLE,
    crumbs,
    demand,
    person,
    refuse,
    show,
    signed_in,
    term_crumb,
    with_term,
)
from glossary.views.compare import pairs
from glossary.views.definition import find_definition
from record.errors import DomainError, Stale


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the page of one act says and does."""

    act: str
    template: str
    form: type[forms.Form]
    run: Callable[[HttpRequest, Definition, dict[str, Any]], Definition]
    done: Callable[[], str]
    initial: Callable[[Definition], dict[str, Any]] = lambda row: {}


def _act(request: HttpRequest, term: Term, key: str, page: Page) -> HttpResponse:
    """One act on one definition: a page that says what follows, and the act. A stale form shows what is there now."""
    row = find_definition(term, key)
    demand(request, page.act, row)
    form = page.form(request.POST or None, initial={"version": row.version, **page.initial(row)})
    if "merged_into" in form.fields:
        others = Definition.objects.filter(term=term).proposed().exclude(pk=row.pk)
        offer(form, "merged_into", others)
    status, stale, typed = 200, None, None
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                row = page.run(request, row, form.cleaned_data)
            except Stale as error:
                row = find_definition(term, key)
                status, stale, typed = error.status, row, form.cleaned_data.get("text")
                form = _again(page, request, row)
            except DomainError as error:
                status = refuse(form, error)
            else:
                messages.success(request, page.done())
                return redirect(row)
    context = {
        "term": term,
        "definition": row,
        "form": form,
        "stale": stale,
        "stale_segments": _stale_segments(row, typed) if stale else None,
        "breadcrumb": crumbs(term_crumb(term), (row.title, row.get_absolute_url())),
    }
    return show(request, page.template, context, status=status)


def _again(page: Page, request: HttpRequest, row: Definition) -> forms.Form:
    """The same input against the version there is now: sending it again is a decision."""
    typed = request.POST.copy()
    typed["version"] = str(row.version)
    form = page.form(typed)
    if "merged_into" in form.fields:
        others = Definition.objects.filter(term=row.term).proposed().exclude(pk=row.pk)
        offer(form, "merged_into", others)
    return form


def _stale_segments(row: Definition, typed: str | None) -> list[tuple[str, str]] | None:
    return pairs(diff(row.wording.text or "", typed)) if typed else None


@signed_in
@with_term
def revise(request: HttpRequest, term: Term, key: str) -> HttpResponse:
    """A new wording for a proposal or the joint draft."""
    page = Page(
        act="revise_definition",
        template="definition_revise",
        form=ReviseForm,
        initial=lambda row: {"text": row.wording.text, "scope": row.wording.scope},
        run=lambda request, row, data: revise_definition(
            definition=row,
            by=person(request),
            text=data["text"],
            scope=data["scope"],
            expected_version=data["version"],
        ),
        done=lambda: _("The new wording is public now. The old one stays readable."),
    )
    return _act(request, term, key, page)


@signed_in
@with_term
def edit(request: HttpRequest, term: Term, key: str) -> HttpResponse:
    """Title and rationale."""
    page = Page(
        act="edit_definition",
        template="definition_edit",
        form=EditForm,
        initial=lambda row: {"title": row.title, "rationale": row.rationale},
        run=lambda request, row, data: edit_definition(
            definition=row,
            by=person(request),
            title=data["title"],
            rationale=data["rationale"],
            expected_version=data["version"],
        ),
        done=lambda: _("Title and rationale are changed."),
    )
    return _act(request, term, key, page)


@signed_in
@with_term
def withdraw(request: HttpRequest, term: Term, key: str) -> HttpResponse:
    """Take one's own definition off the table."""
    page = Page(
        act="withdraw_definition",
        template="definition_withdraw",
        form=VersionedForm,
        run=lambda request, row, data: withdraw_definition(
            definition=row, by=person(request), expected_version=data["version"]
        ),
        done=lambda: _("The definition is withdrawn."),
    )
    return _act(request, term, key, page)


@signed_in
@with_term
def set_aside(request: HttpRequest, term: Term, key: str) -> HttpResponse:
    """The facilitator sets a definition aside."""
    page = Page(
        act="set_aside_definition",
        template="definition_set_aside",
        form=SetAsideForm,
        run=lambda request, row, data: set_aside_definition(
            definition=row,
            by=person(request),
            reason=data["reason"],
            merged_into=data["merged_into"],
            expected_version=data["version"],
        ),
        done=lambda: _("The definition is set aside."),
    )
    return _act(request, term, key, page)


@signed_in
@with_term
def bring_back(request: HttpRequest, term: Term, key: str) -> HttpResponse:
    """Back on the table."""
    page = Page(
        act="return_definition",
        template="definition_return",
        form=VersionedForm,
        run=lambda request, row, data: return_definition(
            definition=row, by=person(request), expected_version=data["version"]
        ),
        done=lambda: _("The definition is on the table again."),
    )
    return _act(request, term, key, page)
