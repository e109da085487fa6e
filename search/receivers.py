"""Keeps the index in step: rows are written in the transaction of the act that changes what is found."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from glossary.models import Term
from glossary.signals import term_changed
from people.models import Organisation
from search.engine import engine
from search.models import SearchDocument
from search.sources import document_of_page, documents_of_term, page_key, term_prefix
from wiki.models import KnowledgePage


@receiver(term_changed)
def index_term(sender: Any, term: Term, **kwargs: Any) -> None:
    """Replace all documents of a term."""
    fresh = Term.objects.with_labels().get(pk=term.pk)
    documents = list(documents_of_term(fresh))
    known = SearchDocument.objects.filter(key__startswith=f"{term_prefix(term)}:").values_list(
        "key", flat=True
    )
    gone = set(known) - {document.key for document in documents}
    search = engine()
    if gone:
        search.remove(gone)
    search.put(documents)


def index_page(page: Page) -> None:
    """Store or forget the document of one page."""
    document = document_of_page(page)
    if document is None:
        engine().remove([page_key(page.pk)])
    else:
        engine().put([document])


def index_branch(page: Page) -> None:
    """The page and everything below it: addresses and restrictions are inherited."""
    for child in Page.objects.descendant_of(page, inclusive=True).live():
        index_page(child)


@receiver(page_published)
def on_published(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A published page is found as it is now."""
    index_page(instance)


@receiver(page_unpublished)
def on_unpublished(sender: Any, instance: Page, **kwargs: Any) -> None:
    """An unpublished page is not found."""
    engine().remove([page_key(instance.pk)])


@receiver(pre_delete)
def on_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A deleted page is not found."""
    if isinstance(instance, Page):
        engine().remove([page_key(instance.pk)])


@receiver(page_slug_changed)
def on_slug_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Addresses below change too."""
    index_branch(instance)


@receiver(post_page_move)
def on_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Addresses and inherited restrictions change."""
    index_branch(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def on_restricted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A restricted page is not found, an opened one is."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        index_branch(page)


@receiver(post_save, sender=Organisation)
def on_organisation_changed(sender: Any, instance: Organisation, created: bool, **kwargs: Any) -> None:
    """Its name stands in the documents of what it brought in."""
    if created:
        return
    for term in Term.objects.filter(definitions__organisation=instance).distinct():
        index_term(sender, term)
    for page in KnowledgePage.objects.live().filter(contributor=instance):
        index_page(page)
