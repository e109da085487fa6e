"""The box above the results when the query is a term."""

from typing import Any

from django import template
from django.utils import timezone

from glossary.models import Term
from glossary.queries import entry_in_force

register = template.Library()


@register.inclusion_tag("search/term_box.html")
def term_box(term: Term) -> dict[str, Any]:
    """What the word means here: the agreed wording, or the editors' explanation, marked as such."""
    entry = entry_in_force(term, timezone.localdate())
    explanation = None if entry else term.explanations.order_by("-number").first()
    return {"term": term, "entry": entry, "explanation": explanation}
