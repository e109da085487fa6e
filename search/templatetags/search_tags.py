"""The box above the results when the query is a term."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from glossary.models import Term
from glossary.queries import entry_in_force
from search.analysis import Piece

register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """A text with what was searched for marked."""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", piece.text) if piece.hit else piece.text,) for piece in pieces),
    )


@register.inclusion_tag("search/term_box.html")
def term_box(term: Term) -> dict[str, Any]:
    """What the word means here: the agreed wording, or the editors' explanation, marked as such."""
    entry = entry_in_force(term, timezone.localdate())
    explanation = None if entry else term.explanations.order_by("-number").first()
    return {"term": term, "entry": entry, "explanation": explanation}
