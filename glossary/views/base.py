"""What all glossary views share: finding the term, answering with a page, turning domain errors into form errors."""

from collections.abc import Callable, Mapping
from copy import copy
from functools import wraps
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from glossary.models import Term
from glossary.policy import may
from people.models import Organisation, User
from record.errors import DomainError

View = Callable[..., HttpResponse]

UNPROCESSABLE = 422
# Pages of the tree: who "we" are, and how a wording is negotiated.
US, HOW = "/wer-wir-sind/", "/so-geht-es/"


def with_bare_term(view: View) -> View:
    """Replace `slug` by the term. An address it had earlier answers 301, the rest of it kept."""
    return _with_term(view, Term.objects.select_related("steward"))


def with_term(view: View) -> View:
    """The same, and its labels are loaded: most pages show the term's name several times."""
    return _with_term(view, Term.objects.select_related("steward").prefetch_related("labels"))


def _with_term(view: View, terms: QuerySet[Term]) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        term = get_object_or_404(terms, slugs__slug=slug)
        if term.slug != slug and request.method in {"GET", "HEAD"}:
            match = request.resolver_match
            url = reverse(match.view_name, kwargs={**match.kwargs, "slug": term.slug}) if match else "/"
            query = request.META.get("QUERY_STRING")
            answer = HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)
            # An address may be taken up again: a browser that kept the redirect would go in circles.
            answer["Cache-Control"] = "no-cache"
            return answer
        return view(request, term, **kwargs)

    return wrapper


def signed_in(view: View) -> View:
    """Send readers without an account to sign in first."""
    return login_required(view)


def person(request: HttpRequest) -> User:
    """Who is signed in; for views behind `signed_in`. Raises PermissionDenied for anybody else."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied


def demand(request: HttpRequest, act: str, obj: Any) -> None:
    """403 in the site's dress when this person may not do this now; the action checks again under its lock."""
    if not may(request.user, act, obj):
        raise PermissionDenied(_("You may not do this, or not at this time."))


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    language: str | None = None,
    canonical: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with its canonical and alternate addresses.

    `language` is that of the negotiated text; the canonical address is then the page in that language. `canonical`
    names another path (filtered lists, superseded wordings).
    """
    site = {"us_url": local(US), "how_url": local(HOW)}
    head = addresses(request.path, canonical or request.path, language)
    return render(request, f"glossary/{template}.html", {**site, **context, "head": head}, status=status)


def local(path: str) -> str:
    """The address of a page of the tree in the reader's language."""
    return f"/en{path}" if (get_language() or "de").startswith("en") else path


def addresses(path: str, canonical: str, language: str | None = None) -> dict[str, Any]:
    """Canonical address and this page per language, absolute."""
    chosen = language or (get_language() or "de")[:2]
    return {
        "canonical": _absolute(canonical, chosen),
        "alternates": [(code, _absolute(path, code)) for code in ("de", "en")],
    }


def _absolute(path: str, language: str) -> str:
    """The address of a page in one language: German has no prefix."""
    plain = path.removeprefix("/en") if path.startswith("/en/") else path
    return f"{settings.PUBLIC_URL}/en{plain}" if language == "en" else f"{settings.PUBLIC_URL}{plain}"


def refuse(form: Form, error: DomainError) -> int:
    """Put what the action refused beside its field, or above the form. Answers with the HTTP status."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, str(error.message))
    return UNPROCESSABLE if error.status == 400 else error.status


def renewed(form: Form, error: DomainError) -> int:
    """The refusal on the form as it was typed, with a fresh key, so that it can be sent on purpose."""
    data: Any = copy(form.data)
    data["submission_key"] = new_submission_key()
    form.data = data
    return refuse(form, error)


def new_submission_key() -> str:
    """A key for one filled-in form: sent twice, it does its work once."""
    return str(uuid4())


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way to this page below the glossary."""
    items = [{"title": _("Glossary"), "url": reverse("glossary:index")}]
    return items + [{"title": title, "url": url} for title, url in steps]


def term_crumb(term: Term) -> tuple[str, str]:
    """The term as a step on the way."""
    return term.name, term.get_absolute_url()


def chosen_organisation(request: HttpRequest, by_key: Mapping[str, Organisation]) -> Organisation | None:
    """Whom this request acts for: the form's choice, the address's, or the only one there is.

    A form sent for an organisation the person does not act for (any more) is refused: falling back to another one would
    bind that one with words written for somebody else. Raises PermissionDenied.
    """
    sent = request.POST.get("organisation", "") if request.method == "POST" else ""
    if sent and sent not in by_key:
        raise PermissionDenied(_("You do not act for this organisation. Nothing was stored or sent."))
    wanted = sent or request.GET.get("fuer", "")
    return by_key.get(wanted) or (next(iter(by_key.values())) if len(by_key) == 1 else None)


def row_number(value: str) -> int | None:
    """A primary key or version from outside; None for what cannot be one."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None
