"""What the knowledge base shows on pages of other rooms: where a term is used, what an organisation contributed."""

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from glossary.models import Term
from glossary.usage import SHOWN_USES, UsedIn
from people.contributions import Item, Section
from people.models import Organisation, WorkingGroup
from wiki.models import KnowledgePage, TermUse
from wiki.querysets import readable_by_all

SHOWN = 30
# One more than a term's page shows, so that it knows of more.
MOST_USES = SHOWN_USES + 1


def kind_word(content_type: int) -> str:
    """The word for the badge ("Leitfaden"), without fetching the specific page."""
    model = ContentType.objects.get_for_id(content_type).model_class() or KnowledgePage
    return str(model._meta.verbose_name)


def kind_of(page: KnowledgePage) -> str:
    """The word for the badge of a page."""
    return kind_word(page.content_type_id)


def addresses_of(url_paths: Iterable[str]) -> list[str]:
    """Where pages are found, from their places in the tree alone."""
    found = []
    # One object asks for all of them: making a page costs more than its address.
    page = Page()
    for url_path in url_paths:
        page.url_path = url_path
        found.append(page.url or "")
    return found


def used_in_pages(term: Term) -> Sequence[UsedIn]:
    """Published pages everybody may read that use this term, those that use it most first. One query."""
    rows = list(
        TermUse.objects.filter(readable_by_all("page__"), term_key=term.key)
        # In the order of the index: only what is shown is looked up. Newer pages have higher keys.
        .order_by("-count", "-page_id")
        .values_list(
            "page__url_path", "page__title", "page__language", "page__content_type_id", "entry_number"
        )[:MOST_USES]
    )
    return [
        UsedIn(
            title=title,
            url=url,
            kind=kind_word(content_type),
            note=_("written with version %(number)s") % {"number": number} if number else "",
            language=language,
        )
        for url, (_path, title, language, content_type, number) in zip(
            addresses_of(row[0] for row in rows), rows, strict=True
        )
    ]


def contributed_pages(subject: Organisation | WorkingGroup) -> Sequence[Section]:
    """Pages an organisation contributed, the newest first; nothing for working groups."""
    if not isinstance(subject, Organisation):
        return []
    pages = (
        KnowledgePage.objects.visible_to_all()
        .filter(contributor=subject)
        .for_lists()
        .order_by("-first_published_at")[:SHOWN]
    )
    items = [
        Item(
            title=page.title,
            url=page.url or "",
            kind=kind_of(page),
            text=page.gist,
            meta=_checked(page),
            lang=page.language,
        )
        for page in pages
    ]
    return [Section(title=_("Contributed to the knowledge base"), anchor="beitraege", items=items)]


def _checked(page: KnowledgePage) -> str:
    return _("checked on %(date)s") % {"date": date_format(page.checked_on)} if page.checked_on else ""
