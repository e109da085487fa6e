"""Permanent, language-neutral addresses: they answer 303 to the page there is now."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from glossary.models import ConsensusEntry, Definition, DefinitionRevision, Round, Term, Wording
from glossary.policy import may
from people.models import Organisation
from record.crockford import is_key, normalise_key
from record.models import Key

SEE_OTHER = 303


def identifier(request: HttpRequest, key: str) -> HttpResponse:
    """The page of whatever has this key. Keys of persons lead nowhere."""
    known = _known_key(key)
    kind = get_object_or_404(Key, value=known).kind
    finders: dict[str, Any] = {
        "term": Term,
        "definition": Definition,
        "round": Round,
        "organisation": Organisation,
    }
    if kind in finders:
        found = get_object_or_404(finders[kind], key=known)
        if isinstance(found, Round) and not may(request.user, "read_round", found):
            raise Http404
        return _see(found.get_absolute_url())
    if kind == "wording":
        return _see(_wording_url(get_object_or_404(Wording.objects.select_related("term"), key=known)))
    raise Http404


def identifier_version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The page of record of one agreed version."""
    entry = get_object_or_404(
        ConsensusEntry.objects.select_related("term"), term__key=_known_key(key), number=number
    )
    return _see(entry.get_absolute_url())


def _known_key(typed: str) -> str:
    """What somebody typed or read out, as a key. 404 when it is none."""
    key = normalise_key(typed)
    if not is_key(key):
        raise Http404
    return key


def _wording_url(wording: Wording) -> str:
    entry = ConsensusEntry.objects.filter(wording=wording).select_related("term").first()
    if entry is not None:
        return entry.get_absolute_url()
    revision = DefinitionRevision.objects.filter(wording=wording).select_related("definition__term").first()
    if revision is not None:
        return revision.definition.get_absolute_url()
    return reverse("glossary:term", kwargs={"slug": wording.term.slug})


def _see(url: str) -> HttpResponse:
    return HttpResponse(status=SEE_OTHER, headers={"Location": url})
