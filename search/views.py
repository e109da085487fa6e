"""The search page and its suggestions. Both only read."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from glossary.models import Term
from glossary.text.stemming import fold
from search.analysis import MOST_WIDER, Piece, highlight, parse, snippet, title_key
from search.documents import KIND_LABELS
from search.engine import engine
from search.forms import SearchForm, chosen_kind
from search.port import Hit, Query

PAGE_SIZE = 15
LAST_PAGE = 50
MOST_SUGGESTIONS = 8
STATUS_LABELS: dict[str, str | Promise] = {
    "agreed": gettext_lazy("Agreed"),
    "in_force": gettext_lazy("In force"),
    "superseded": gettext_lazy("Superseded"),
    "retired": gettext_lazy("Retired"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "set_aside": gettext_lazy("Set aside"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """One hit, ready for the page."""

    title: list[Piece]
    text: list[Piece]
    url: str
    kind: str | Promise
    status: str | Promise
    organisation: str
    language: str


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Search everything everybody may read; one tab per kind, with counts."""
    form = SearchForm(request.GET)
    text = form.cleaned_data.get("q", "") if form.is_valid() else ""
    kind = chosen_kind(request.GET.get("kind", ""))
    found = engine()
    query = parse(text, wider=lambda part: found.words_containing(part, limit=MOST_WIDER))
    number = _number(request.GET.get("page", ""))
    page = found.search(query, kind=kind, start=(number - 1) * PAGE_SIZE, size=PAGE_SIZE)
    if not page.counts and len(query.words) > 1:
        query = replace(query, some=True)
        page = found.search(query, kind=kind, start=(number - 1) * PAGE_SIZE, size=PAGE_SIZE)
    pages = Paginator(range(min(page.total, PAGE_SIZE * LAST_PAGE)), PAGE_SIZE).get_page(number)
    context: dict[str, Any] = {
        "form": form,
        "text": text,
        "kind": kind,
        "some": query.some,
        "total": page.total,
        "everything": sum(page.counts.values()),
        "tabs": _tabs(text, kind, page.counts),
        "results": [_result(hit, query) for hit in page.hits],
        "page_obj": pages,
        "term": _term(text) if number == 1 else None,
    }
    return render(request, "search/index.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles that begin like what is typed, from the second letter on."""
    text = title_key(request.GET.get("q", "")[:80]).strip()
    found = engine().suggest(text, limit=MOST_SUGGESTIONS) if len(text) >= 2 else []
    rows = [
        {"title": title, "url": localised(url), "kind": str(KIND_LABELS[kind])} for title, url, kind in found
    ]
    return JsonResponse({"suggestions": rows})


def _number(value: str) -> int:
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
    return max(1, min(number, LAST_PAGE))


def localised(url: str) -> str:
    """The address in the reader's language: documents hold the German one."""
    return f"/en{url}" if get_language() == "en" else url


def _result(hit: Hit, query: Query) -> Result:
    body = f"{hit.lead} {hit.body}" if hit.body else hit.lead
    return Result(
        title=highlight(hit.title, query),
        text=snippet(body, query),
        url=localised(hit.url),
        kind=KIND_LABELS[hit.kind],
        status=STATUS_LABELS.get(hit.status, ""),
        organisation=hit.organisation,
        language=hit.language,
    )


def _tabs(text: str, chosen: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    address = reverse("search:index")

    def tab(title: str | Promise, kind: str, count: int) -> dict[str, Any]:
        url = f"{address}?{urlencode({'q': text, **({'kind': kind} if kind else {})})}"
        return {"title": title, "url": url, "active": kind == chosen, "count": count}

    kinds = [tab(label, kind, counts[kind]) for kind, label in KIND_LABELS.items() if counts.get(kind)]
    return [tab(_("Everything"), "", sum(counts.values())), *kinds]


def _term(text: str) -> Term | None:
    """The term the query names, if it names exactly one by any of its labels."""
    if not text:
        return None
    wanted = fold(text)
    rows = Term.objects.current().filter(labels__text__iexact=text).distinct().with_labels()[:2]
    found = [term for term in rows if any(fold(label.text) == wanted for label in term.labels.all())]
    return found[0] if len(found) == 1 else None
