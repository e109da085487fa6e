"""What the clock alone changes: an agreed wording that was published earlier begins to hold today."""

from datetime import date

from django.db import transaction

from glossary.models import Term
from glossary.signals import term_changed


@transaction.atomic
def tell_turned(*, today: date) -> int:
    """Tell upwards of terms whose wording in force begins `today`; answers how many. Safe to repeat all day."""
    terms = Term.objects.filter(entries__valid_from=today, entries__published_at__date__lt=today).distinct()
    for term in terms:
        term_changed.send(sender=tell_turned, term=term)
    return len(terms)
