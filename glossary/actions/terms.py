"""Acts on terms, their relations and explanations. All of them are the editors'."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.actions.guard import at_most, expect_version, lock, record_act, required, tell, tell_labels
from glossary.actions.labels import cleaned_label, hash_of_text, known_language, store_label
from glossary.actions.wordings import clean_csl, clean_text
from glossary.data import LabelData
from glossary.models import Explanation, Label, Relation, Term, TermSlug
from glossary.named import labels_hash
from glossary.policy import require
from glossary.slugs import RESERVED
from glossary.states import LabelStatus, RelationKind
from people.models import User, WorkingGroup
from record.acting import action
from record.canonical import new_salt
from record.chain import Fact
from record.errors import Invalid, WrongState
from record.keys import issue_key
from record.slug import german_slug

__all__ = [ "add_relation", "assign_steward", "create_term", "remove_relation",
    "rename_term", "retire_term", "write_explanation",
]  # fmt: skip

Facts = dict[str, Fact]
QUALIFIER_LENGTH, PASSAGE_LENGTH = 60, 120


@action
def create_term(
    *,
    by: User,
    labels: Sequence[LabelData],
    language: str = "de",
    qualifier: str = "",
    steward: WorkingGroup | None = None,
    slug: str | None = None,
) -> Term:
    """A new term with its words. The address is made from the preferred label unless one is given.

    Raises NotAllowed, Invalid (labels, language, slug).
    """
    require(by, "create_term")
    now = timezone.now()
    cleaned = [cleaned_label(label) for label in labels]
    name = next(
        (x.text for x in cleaned if x.status == LabelStatus.PREFERRED and x.language == language), None
    )
    if name is None:
        raise Invalid(_("A term needs a preferred word in the language of its negotiation."), field="labels")
    qualifier = at_most(qualifier, QUALIFIER_LENGTH, field="qualifier")
    term = Term.objects.create(
        key=issue_key(kind="term"),
        slug=_free_slug(slug or f"{name} {qualifier}"),
        qualifier=qualifier,
        language=known_language(language),
        steward=steward,
        created_at=now,
    )
    TermSlug.objects.create(term=term, slug=term.slug, created_at=now)
    for label in cleaned:
        store_label(Label(term=term), label, field="labels")
    tell(term)
    tell_labels()
    facts: Facts = {
        "labels": labels_hash(term.labels.all()),
        "slug": hash_of_text(term.slug),
        "steward": steward.key if steward else None,
    }
    record_act("create_term", "term", term.key, by=by, at=now, facts=facts)
    return term


@action
def rename_term(*, term: Term, by: User, slug: str) -> Term:
    """Another address; the old ones lead to it for ever. A term may return to one it had. Raises NotAllowed, Invalid."""
    require(by, "rename_term", term)
    term = lock(term)
    now = timezone.now()
    wanted = german_slug(slug)
    if wanted == term.slug:
        return term
    if not term.slugs.filter(slug=wanted).exists():
        TermSlug.objects.create(term=term, slug=_free_slug(slug), created_at=now)
    term.slug = wanted
    _saved(term, "slug")
    tell_labels()
    record_act("rename_term", "term", term.key, by=by, at=now, facts={"slug": hash_of_text(wanted)})
    return term


@action
def assign_steward(*, term: Term, by: User, steward: WorkingGroup | None) -> Term:
    """The working group that negotiates the term. Not while a round of another group runs.

    Raises NotAllowed, WrongState.
    """
    require(by, "assign_steward", term)
    term = lock(term)
    now = timezone.now()
    before = term.steward
    if term.retired_on is not None:
        raise WrongState(_("This term has been retired."))
    if term.rounds.announced().exists():
        raise WrongState(_("A round about this term is running. Until it is closed the working group stays."))
    term.steward = steward
    _saved(term, "steward")
    facts: Facts = {"before": before.key if before else None, "after": steward.key if steward else None}
    record_act("assign_steward", "term", term.key, by=by, at=now, facts=facts)
    return term


@action
def add_relation(*, term: Term, by: User, kind: str, target: Term | None = None, uri: str = "") -> Relation:
    """Broader or related term here, or the same or a similar concept elsewhere. Raises NotAllowed, Invalid."""
    require(by, "add_relation", term)
    term = lock(term)
    inside = kind in {RelationKind.BROADER, RelationKind.RELATED}
    if kind not in RelationKind.values:
        raise Invalid(_("Please choose a kind of relation."), field="kind")
    if inside and (target is None or uri):
        raise Invalid(_("Please choose a term."), field="target")
    if not inside and (target is not None or not uri):
        raise Invalid(_("Please enter the address of the concept."), field="uri")
    if target is not None and target.pk == term.pk:
        raise Invalid(_("A term is not related to itself."), field="target")
    if kind == RelationKind.BROADER and target is not None and _is_below(target, term):
        raise Invalid(
            _("This term is narrower already; two terms cannot be broader than each other."), field="target"
        )
    if term.relations.filter(kind=kind, target=target, uri=uri).exists():
        raise Invalid(_("This relation exists already."), field="target" if inside else "uri")
    row = Relation.objects.create(term=term, kind=kind, target=target, uri=uri)
    _relation_changed("add_relation", row, by)
    return row


@action
def remove_relation(*, relation: Relation, by: User) -> None:
    """The relation was wrong. Raises NotAllowed."""
    require(by, "remove_relation", relation)
    lock(relation.term)
    _relation_changed("remove_relation", relation, by)
    relation.delete()


@action
def write_explanation(
    *, term: Term, by: User, text: str, csl: dict[str, Any], passage: str, language: str = "de"
) -> Explanation:
    """A new version of the editors' explanation. The old ones stay. Raises NotAllowed, WrongState, Invalid (text)."""
    require(by, "write_explanation", term)
    term = lock(term)
    now = timezone.now()
    if term.retired_on is not None:
        raise WrongState(_("This term has been retired."))
    newest = (
        term.explanations.filter(language=known_language(language)).aggregate(n=models.Max("number"))["n"]
        or 0
    )
    row = Explanation.objects.create(
        term=term,
        number=newest + 1,
        language=language,
        text=clean_text(text),
        csl=clean_csl(csl, field="source_title"),
        passage=at_most(passage, PASSAGE_LENGTH, field="passage"),
        made_at=now,
        author_key=by.key,
        salt=new_salt(),
    )
    tell(term)
    facts: Facts = {"number": row.number, "language": language, "digest": row.compute_digest()}
    record_act("write_explanation", "term", term.key, by=by, at=now, facts=facts)
    return row


@action
def retire_term(
    *,
    term: Term,
    by: User,
    reason: str,
    successors: Sequence[Term] = (),
    retired_on: date | None = None,
    expected_version: int | None = None,
) -> Term:
    """The term is given up: split, merged or replaced. It keeps its address, entries and history.

    Raises NotAllowed, Stale, WrongState (retired, or a round is running), Invalid (reason, successors, retired_on).
    """
    require(by, "retire_term", term)
    term = lock(term)
    now = timezone.now()
    if expected_version is not None:
        expect_version(term, expected_version)
    if term.retired_on is not None:
        raise WrongState(_("This term has been retired."))
    if term.rounds.announced().exists():
        raise WrongState(_("A round about this term is running. Close it or call it off first."))
    if any(successor.pk == term.pk for successor in successors):
        raise Invalid(_("A term does not succeed itself."), field="successors")
    term.retired_on, term.retired_reason = (
        retired_on or timezone.localdate(now),
        required(reason, field="reason"),
    )
    if term.retired_on > timezone.localdate(now):
        raise Invalid(_("This day has not come yet."), field="retired_on")
    term.successors.set(successors)
    _saved(term, "retired_on", "retired_reason")
    tell_labels()
    record_act("retire_term", "term", term.key, by=by, at=now, facts={"successors": len(successors)})
    return term


# ---- steps


def _saved(term: Term, *columns: str) -> None:
    term.version += 1
    term.save(update_fields=[*columns, "version"])
    tell(term)


def _free_slug(text: str) -> str:
    slug = german_slug(text)
    if not slug:
        raise Invalid(_("Please enter an address of letters and digits."), field="slug")
    if slug in RESERVED:
        raise Invalid(_("This address is used by the site itself."), field="slug")
    if TermSlug.objects.filter(slug=slug).exists():
        raise Invalid(_("Another term has or had this address. Please add a qualifier."), field="slug")
    return slug


def _relation_changed(act: str, row: Relation, by: User) -> None:
    tell(row.term)
    if row.target:
        tell(row.target)
    facts: Facts = {"relation": str(row.kind), "target": row.target.key if row.target else None}
    record_act(act, "term", row.term.key, by=by, at=timezone.now(), facts=facts)


def _is_below(term: Term, other: Term) -> bool:
    """`term` is narrower than `other`, directly or by steps."""
    seen: set[int] = set()
    level = {term.pk}
    while level:
        broader = Relation.objects.filter(term_id__in=level, kind=RelationKind.BROADER)
        level = set(broader.values_list("target_id", flat=True)) - seen
        if other.pk in level:
            return True
        seen |= level
    return False
