"""`manage.py rebuild_index`: makes the search index anew from terms and pages."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from glossary.models import Term
from search.engine import engine
from search.sources import document_of_page, documents_of_term
from wiki.models import KnowledgePage


class Command(BaseCommand):
    """Everything in one transaction: readers see the old index until the new one is complete."""

    help = "Makes the search index anew."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Clear and fill."""
        search = engine()
        search.clear()
        count = 0
        for term in Term.objects.with_labels():
            documents = list(documents_of_term(term))
            search.put(documents)
            count += len(documents)
        for page in KnowledgePage.objects.visible_to_all().specific():
            document = document_of_page(page)
            if document is not None:
                search.put([document])
                count += 1
        self.stdout.write(f"Indexed {count} documents.")
