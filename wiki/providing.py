"""What the knowledge base shows on pages of other rooms: where a term is used, what an organisation contributed."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from glossary.models import Term
from glossary.usage import UsedIn
from people.contributions import Item, Section
from people.models import Organisation, WorkingGroup
from wiki.models import KnowledgePage, TermUse

SHOWN = 30


def kind_of(page: KnowledgePage) -> str:
    """The word for the badge ("Leitfaden") without fetching the specific page."""
    model = page.cached_content_type.model_class() or type(page)
    return str(model._meta.verbose_name)


def used_in_pages(term: Term) -> Sequence[UsedIn]:
    """Published pages everybody may read that use this term, those that use it most first. One query."""
    visible = KnowledgePage.objects.visible_to_all().values("pk")
    uses = (
        TermUse.objects.filter(term_key=term.key, page__in=visible)
        .select_related("page")
        # All uses are sorted before the first are taken: only what is shown is carried along.
        .only("entry_number", "page__title", "page__url_path", "page__language", "page__content_type")
        .order_by("-count", "-page__first_published_at")[:SHOWN]
    )
    return [
        UsedIn(
            title=use.page.title,
            url=use.page.url or "",
            kind=kind_of(use.page),
            note=_("written with version %(number)s") % {"number": use.entry_number}
            if use.entry_number
            else "",
            language=use.page.language,
        )
        for use in uses
    ]


def contributed_pages(subject: Organisation | WorkingGroup) -> Sequence[Section]:
    """Pages an organisation contributed, the newest first; nothing for working groups."""
    if not isinstance(subject, Organisation):
        return []
    pages = (
        KnowledgePage.objects.visible_to_all()
        .filter(contributor=subject)
        .defer("body")
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
