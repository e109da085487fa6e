"""Writing into threads. Each route asks first whether the person may see the object at all: if not, there is nothing.

(dependencies.md: the library's reply and API routes show comments on unpublished and removed objects to anyone.)
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from discussion.actions.comments import (
    delete_comment,
    edit_comment,
    hide_comment,
    post_comment,
    restore_comment,
    set_members_only,
)
from discussion.forms import CommentForm, HideForm
from discussion.models import Comment
from discussion.policy import is_own, may_be_answered, may_edit, may_moderate, may_see_thread, may_write
from discussion.queries import PAGE_PARAMETER, page_of, settings_of
from discussion.registry import NotDiscussed, model_of, policy_of
from people.forms import UNPROCESSABLE
from people.models import User
from record.errors import DomainError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, kind: str, object_pk: str) -> HttpResponse:
    """A new contribution. GET leads to the thread."""
    target = _target(request, kind, object_pk)
    if request.method != "POST" or not request.user.is_authenticated:
        return HttpResponseRedirect(f"{policy_of(target).url(target)}#diskussion")
    form = CommentForm(request.POST)
    comment = _post(request, form, target, None)
    if comment is not None:
        return _to_comment(comment, target)
    return _form_page(request, form, target, title=_("Your contribution"), button=_("Post the contribution"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer to a contribution."""
    parent, target = _comment(request, pk)
    if not may_be_answered(parent) or not may_write(request.user, target, settings_of(target)):
        raise Http404
    form = CommentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        comment = _post(request, form, target, parent)
        if comment is not None:
            return _to_comment(comment, target)
    return _form_page(
        request,
        form,
        target,
        title=_("Your answer to this contribution"),
        button=_("Post the answer"),
        quoted=parent,
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own words for 15 minutes."""
    comment, target = _comment(request, pk)
    if not is_own(request.user, comment):
        raise Http404
    initial = {"text": comment.comment}
    form = CommentForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edit_comment(comment=comment, by=_person(request), text=form.cleaned_data["text"])
        except DomainError as error:
            form.refuse(error)
        else:
            return _to_comment(comment, target)
    if request.method != "POST" and not may_edit(request.user, comment):
        messages.info(request, _("You can change a contribution for 15 minutes. Please write a new one."))
        return _to_comment(comment, target)
    return _form_page(request, form, target, title=_("Change your contribution"), button=_("Save"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own contribution, after a page that says what that means."""
    comment, target = _comment(request, pk)
    if not is_own(request.user, comment):
        raise Http404
    if request.method == "POST":
        return _act(request, comment, target, delete_comment, _("The contribution is deleted."))
    return _confirm(request, comment, target, "delete")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """A moderator hides a contribution."""
    comment, target = _comment(request, pk)
    if not may_moderate(request.user, target):
        raise Http404
    form = HideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return _act(request, comment, target, hide_comment, _("The contribution is hidden."), reason=reason)
    return _confirm(request, comment, target, "hide", form)


@login_required
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """A moderator shows a hidden contribution again."""
    comment, target = _comment(request, pk)
    if not may_moderate(request.user, target):
        raise Http404
    return _act(request, comment, target, restore_comment, _("The contribution is visible again."))


@login_required
@require_POST
def audience(request: HttpRequest, kind: str, object_pk: str) -> HttpResponse:
    """A moderator sets who reads a thread."""
    target = _target(request, kind, object_pk)
    if not may_moderate(request.user, target):
        raise Http404
    set_members_only(target=target, by=_person(request), members_only=request.POST.get("members_only") == "1")
    return HttpResponseRedirect(f"{policy_of(target).url(target)}#diskussion")


def _person(request: HttpRequest) -> User:
    """The account behind the request; views that call this have checked that there is one."""
    return User.objects.get(pk=int(request.user.pk or 0))


def _target(request: HttpRequest, kind: str, object_pk: str) -> Model:
    """The object of an address. Raises Http404 alike for what does not exist and what this person may not see."""
    try:
        found = model_of(kind)._default_manager.filter(pk=object_pk).first()
    except (NotDiscussed, ValueError, OverflowError):
        raise Http404 from None
    return _seen(request, found)


def _comment(request: HttpRequest, pk: int) -> tuple[Comment, Model]:
    comment = Comment.objects.select_related("user", "content_type").filter(pk=pk).first()
    if comment is None:
        raise Http404
    return comment, _seen(request, comment.content_object)


def _seen(request: HttpRequest, target: Model | None) -> Model:
    try:
        visible = target is not None and may_see_thread(request.user, target, settings_of(target))
    except NotDiscussed:
        visible = False
    if target is None or not visible:
        raise Http404
    return target


def _post(request: HttpRequest, form: CommentForm, target: Model, parent: Comment | None) -> Comment | None:
    """The comment, or None if the form now says why not."""
    if not form.is_valid():
        return None
    try:
        return post_comment(
            target=target,
            by=_person(request),
            text=form.cleaned_data["text"],
            parent=parent,
            submission_key=form.cleaned_data["submission_key"],
        )
    except DomainError as error:
        form.refuse(error)
        return None


def _act(
    request: HttpRequest, comment: Comment, target: Model, action: Any, done: str, **values: Any
) -> HttpResponse:
    try:
        action(comment=comment, by=_person(request), **values)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, done)
    return _to_comment(comment, target)


def _to_comment(comment: Comment, target: Model) -> HttpResponse:
    number = page_of(comment, target)
    query = f"?{PAGE_PARAMETER}={number}" if number > 1 else ""
    return HttpResponseRedirect(f"{policy_of(target).url(target)}{query}#beitrag-{comment.pk}")


def _context(target: Model) -> dict[str, Any]:
    policy = policy_of(target)
    url = policy.url(target)
    return {
        "target_url": url,
        "target_title": policy.title(target),
        "target_language": policy.language(target),
    }


def _form_page(request: HttpRequest, form: CommentForm, target: Model, **context: Any) -> HttpResponse:
    status = UNPROCESSABLE if form.errors else 200
    return render(
        request, "discussion/form.html", {"form": form, **context, **_context(target)}, status=status
    )


def _confirm(
    request: HttpRequest, comment: Comment, target: Model, act: str, form: HideForm | None = None
) -> HttpResponse:
    context = {"comment": comment, "act": act, "form": form, **_context(target)}
    return render(request, "discussion/confirm.html", context)
