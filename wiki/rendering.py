"""The text pipeline: a page's texts become HTML once, and are kept under a digest of source and words.

Published pages find their row ready; a missing row is computed and not stored, because reading never writes. Previews
take the same path. Tooltip texts are not part of the row: they change with agreements, and come from one place at
request time (glossary.linking.tooltips).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from glossary.linking import current_finder, labels_state
from glossary.models import Term, TermSlug
from wiki.models import Attachment, Picture, RenderedBody
from wiki.pictures import picture_tag
from wiki.text.linking import Linker
from wiki.text.markup import headings
from wiki.text.source import TextSource

_SEPARATOR: Final = "\n<!--part-->\n"
_PICTURE: Final = re.compile(r'<figure data-picture="(\d+)">')
_FILE: Final = re.compile(r'<p class="block-file" data-file="(\d+)">')
_PAGE_LINK: Final = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
_PAGE_ID: Final = re.compile(r'\sid="(\d+)"')
_BY_HAND: Final = re.compile(r'href="/(?:en/)?glossar/([a-z0-9-]+)/')
_TERM: Final = re.compile(r'href="term:([a-z0-9]+)"')
# Addresses of our own pages; files, media and fixed addresses have no language.
_OWN_PAGE: Final = re.compile(r'(<a\b[^>]*?\shref=")(/(?!/|en/|media/|documents/|static/|id/|admin/))')


@dataclass(frozen=True, slots=True)
class RenderedText:
    """A text ready to be shown: HTML by part, [key, count] of its terms, its sections."""

    parts: dict[str, str]
    terms: list[tuple[str, int]]
    headings: list[dict[str, str]]

    def html(self, part: str = "body") -> SafeString:
        """One part as it stands in the page; on English pages links to our own pages lead to English pages."""
        found = self.parts.get(part, "")
        if (translation.get_language() or "de").startswith("en"):
            found = _OWN_PAGE.sub(r"\1/en\2", found)
        return mark_safe(found)

    @property
    def term_keys(self) -> list[str]:
        """Keys of the terms, in order of first use."""
        return [key for key, _count in self.terms]


def rendered(source: TextSource) -> RenderedText:
    """The text from its row, or computed. Two queries when the row is there."""
    state = labels_state()
    row = RenderedBody.objects.filter(digest=source.digest(state)).first()
    if row is None:
        return render(source)
    return RenderedText(row.parts, [(key, count) for key, count in row.terms], row.headings)


def store(source: TextSource) -> RenderedText:
    """Render the text and keep the row. Called on publish and when something changed, never while a page is read."""
    state = labels_state()
    text = render(source)
    RenderedBody.objects.update_or_create(
        digest=source.digest(state),
        defaults={
            "labels_state": state,
            "parts": text.parts,
            "terms": [list(item) for item in text.terms],
            "headings": text.headings,
        },
    )
    return text


def render(source: TextSource) -> RenderedText:
    """Compute the text: links expanded once, pictures and files filled in at once, terms linked once."""
    whole = _SEPARATOR.join(html for _name, html in source.parts)
    # Stored texts know no language of the reader: addresses are those without prefix.
    with translation.override("de"):
        whole = expand_db_html(_without_dead_links(whole))
    whole = _with_pictures(_with_files(whole))
    parts = whole.split(_SEPARATOR)
    linker = Linker(current_finder(source.language), _keys_by_address(whole))
    html = _addressed([linker.link(part) for part in parts], linker.counts)
    by_name = {name: text for (name, _), text in zip(source.parts, html, strict=True)}
    return RenderedText(by_name, list(linker.counts.items()), headings(by_name.get("body", "")))


def _without_dead_links(html: str) -> str:
    """Links to pages that are not public any more become plain words; to deleted ones Wagtail does it."""
    tags = {tag: int(found[1]) for tag in _PAGE_LINK.findall(html) if (found := _PAGE_ID.search(tag))}
    if not tags:
        return html
    public = set(Page.objects.live().filter(pk__in=tags.values()).values_list("pk", flat=True))
    return _PAGE_LINK.sub(lambda match: match[0] if tags.get(match[0]) in public else "<a>", html)


def _keys_by_address(html: str) -> dict[str, str]:
    """Term keys of the terms an author linked by hand, by their address now or before."""
    slugs = set(_BY_HAND.findall(html))
    if not slugs:
        return {}
    former = TermSlug.objects.filter(slug__in=slugs).values_list("slug", "term__key")
    return {**dict(former), **dict(Term.objects.filter(slug__in=slugs).values_list("slug", "key"))}


def _addressed(parts: list[str], keys: Iterable[str]) -> list[str]:
    """The terms' addresses filled in, in one query."""
    slugs = dict(Term.objects.filter(key__in=list(keys)).values_list("key", "slug"))
    return [_TERM.sub(lambda match: f'href="/glossar/{slugs[match[1]]}/"', part) for part in parts]


def _filled(html: str, pattern: re.Pattern[str], fill: Callable[[int], str]) -> str:
    return pattern.sub(lambda match: fill(int(match[1])), html)


def _ids(html: str, pattern: re.Pattern[str]) -> Sequence[int]:
    return [int(found) for found in pattern.findall(html)]


def _with_pictures(html: str) -> str:
    ids = _ids(html, _PICTURE)
    if not ids:
        return html
    pictures = {
        picture.pk: picture for picture in Picture.objects.filter(pk__in=ids).prefetch_related("renditions")
    }

    def fill(pk: int) -> str:
        picture = pictures.get(pk)
        if picture is None:
            return "<figure hidden>"
        # The first picture of a page is seen at once, the others when one gets there.
        return f'<figure class="block-picture">{picture_tag(picture, lazy=pk != ids[0])}'

    return _filled(html, _PICTURE, fill)


def _with_files(html: str) -> str:
    ids = _ids(html, _FILE)
    if not ids:
        return html
    files = Attachment.objects.in_bulk(ids)

    def fill(pk: int) -> str:
        file = files.get(pk)
        if file is None:
            return '<p class="block-file" hidden>'
        kind = escape(file.file_extension.upper())
        name = conditional_escape(file.title)
        return f'<p class="block-file"><a href="{escape(file.url)}">{name} ({kind})</a>'

    return _filled(html, _FILE, fill)
