"""The words for a term and its relations to others, as links."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from glossary.models import Label, Relation, Term
from glossary.states import LabelStatus, LabelType, RelationKind
from glossary.views.pieces import full_name


def relations_of(term: Term) -> list[Relation]:
    return list(
        Relation.objects.filter(Q(term=term) | Q(target=term))
        .select_related("term", "target")
        .order_by("kind", "pk")
    )


def words(term: Term, relations: Sequence[Relation]) -> dict[str, Any]:
    """Labels of this term and the names of all related ones, in one query."""
    ends = {pk for r in relations for pk in (r.term_id, r.target_id) if pk} | {term.pk}
    labels: dict[int, list[Label]] = {pk: [] for pk in ends}
    for label in Label.objects.filter(term_id__in=ends).order_by("language", "status", "text"):
        labels[label.term_id].append(label)
    ends_of_relations = [t for r in relations for t in (r.term, r.target) if t]
    for shown in [term, *ends_of_relations]:
        shown._prefetched_objects_cache = {"labels": labels[shown.pk]}  # type: ignore[attr-defined]
    others = [x for x in labels[term.pk] if x.type != LabelType.INFLECTED and x.text != term.name]
    return {
        "also": [x for x in others if x.status in {LabelStatus.PREFERRED, LabelStatus.ADMITTED}],
        "better_not": [x for x in others if x.status in {LabelStatus.DEPRECATED, LabelStatus.SUPERSEDED}],
        "related": _related(term, relations),
    }


def _related(term: Term, relations: Sequence[Relation]) -> list[dict[str, Any]]:
    """Relations as links, grouped; the narrower direction is the broader one read backwards."""
    groups: dict[str, list[dict[str, str]]] = {}
    for relation in relations:
        title, other = _relation_title(term, relation)
        item = (
            {"title": full_name(other), "url": other.get_absolute_url(), "language": other.language}
            if other
            else {"title": relation.uri, "url": relation.uri, "language": ""}
        )
        groups.setdefault(title, []).append(item)
    return [{"title": title, "terms": terms} for title, terms in groups.items()]


def _relation_title(term: Term, relation: Relation) -> tuple[str, Term | None]:
    if relation.target_id is None:
        return str(RelationKind(relation.kind).label), None
    forwards = relation.term_id == term.pk
    other = relation.target if forwards else relation.term
    if relation.kind == RelationKind.BROADER:
        return (_("Broader term") if forwards else _("Narrower term")), other
    return _("Related term"), other
