"""Terms, their words, addresses, relations and explanations; drafts; redaction."""

from typing import Any

import pytest

from glossary import urls
from glossary.actions.drafts import discard_draft, save_draft
from glossary.actions.labels import add_label, change_label, remove_label
from glossary.actions.redaction import redact
from glossary.actions.terms import (
    add_relation,
    assign_steward,
    create_term,
    remove_relation,
    rename_term,
    retire_term,
    write_explanation,
)
from glossary.data import LabelData
from glossary.models import Draft, Label, LabelState, Term, TermSlug
from glossary.queries import explanations_map, term_status, with_status
from glossary.signals import labels_changed, term_changed
from glossary.slugs import RESERVED
from glossary.standing import status_of
from glossary.states import LabelStatus, LabelType, RedactionReason, RelationKind, Stance, TermStatus
from record.errors import Invalid, NotAllowed, Stale, WrongState
from record.models import RecordRow
from record.slug import german_slug
from tests.factories.cast import Cast, make_group
from tests.factories.glossary import (
    announced_round,
    answer,
    closed_round,
    entry_v1,
    open_round,
    proposed_definition,
    quoted_definition,
    term_with_labels,
)

pytestmark = pytest.mark.django_db


# ---- terms and addresses


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("digitale Bildung", "digitale-bildung"),
        ("Äußere Größe", "aeussere-groesse"),
        ("Übergänge für Schüler*innen", "uebergaenge-fuer-schuelerinnen"),
    ],
)
def test_the_address_is_made_of_the_german_word(cast: Cast, name: str, slug: str) -> None:
    assert term_with_labels(cast, name).slug == slug == german_slug(name)


def test_a_qualifier_tells_two_meanings_apart(cast: Cast) -> None:
    term_with_labels(cast, "Kurs")

    with pytest.raises(Invalid):
        term_with_labels(cast, "Kurs")
    assert term_with_labels(cast, "Kurs", qualifier="VHS").slug == "kurs-vhs"


def test_every_segment_routed_under_the_glossary_is_reserved(cast: Cast) -> None:
    for segment in first_segments():
        assert segment in RESERVED, segment
        with pytest.raises(Invalid):
            term_with_labels(cast, "Runden", slug=segment)


def first_segments() -> set[str]:
    """Literal first segments of the glossary's own routes."""
    routes = [str(pattern.pattern) for pattern in urls.urlpatterns]
    return {route.split("/")[0] for route in routes if route and not route.startswith("<")}


def test_an_old_address_stays_the_terms_for_ever(cast: Cast) -> None:
    term = term_with_labels(cast)

    renamed = rename_term(term=term, by=cast.dora, slug="bildung-digital")

    assert renamed.slug == "bildung-digital"
    assert set(TermSlug.objects.values_list("slug", "term")) == {
        ("digitale-bildung", term.pk), ("bildung-digital", term.pk),
    }  # fmt: skip
    with pytest.raises(Invalid):
        term_with_labels(cast, "digitale Bildung")
    assert rename_term(term=term, by=cast.dora, slug="digitale-bildung").slug == "digitale-bildung"


@pytest.mark.parametrize(
    "labels", [[], [LabelData(text="x", status=LabelStatus.ADMITTED)], [LabelData(text=" ")]]
)
def test_a_term_needs_a_preferred_word(cast: Cast, labels: list[LabelData]) -> None:
    with pytest.raises(Invalid):
        create_term(by=cast.dora, labels=labels)
    assert not Term.objects.exists()


@pytest.mark.parametrize("name", ["alice", "bob", "gesa", "charlie"])
def test_only_editors_work_on_terms(cast: Cast, name: str) -> None:
    person, term = getattr(cast, name), term_with_labels(cast)
    label = term.labels.get()

    for act in (
        lambda: create_term(by=person, labels=[LabelData(text="x")]),
        lambda: rename_term(term=term, by=person, slug="x"),
        lambda: assign_steward(term=term, by=person, steward=None),
        lambda: add_label(term=term, by=person, label=LabelData(text="x")),
        lambda: change_label(label=label, by=person, to=LabelData(text="x")),
        lambda: remove_label(label=label, by=person),
        lambda: add_relation(term=term, by=person, kind="exact_match", uri="https://example.org/1"),
        lambda: write_explanation(term=term, by=person, text="x", csl={}, passage=""),
        lambda: retire_term(term=term, by=person, reason="x"),
    ):
        with pytest.raises(NotAllowed):
            act()


# ---- words


def test_words_are_added_changed_and_removed_and_each_act_is_recorded(cast: Cast) -> None:
    term = term_with_labels(cast)

    label = add_label(term=term, by=cast.dora, label=LabelData(text="DigiBi", status=LabelStatus.DEPRECATED))
    change_label(label=label, by=cast.dora, to=LabelData(text="E-Bildung", status=LabelStatus.SUPERSEDED))
    remove_label(label=label, by=cast.dora)

    assert term.labels.count() == 1
    acts = list(RecordRow.objects.order_by("seq").values_list("act", flat=True))[-3:]
    assert acts == ["add_label", "change_label", "remove_label"]
    assert "DigiBi" not in "".join(RecordRow.objects.values_list("body", flat=True))


@pytest.mark.parametrize(
    "label",
    [
        LabelData(text="digitale Bildung", status=LabelStatus.ADMITTED),
        LabelData(text="Zweites", status=LabelStatus.PREFERRED),
        LabelData(text="x", status="loved"),
        LabelData(text="x", type="verb"),
        LabelData(text="x", language="fr"),
        LabelData(text="x", status=LabelStatus.PREFERRED, type=LabelType.INFLECTED),
        LabelData(text="x" * 121, status=LabelStatus.ADMITTED),
        LabelData(text="<b>x</b>", status=LabelStatus.ADMITTED),
    ],
)
def test_an_impossible_word_is_refused(cast: Cast, label: LabelData) -> None:
    term = term_with_labels(cast)

    with pytest.raises(Invalid):
        add_label(term=term, by=cast.dora, label=label)
    assert term.labels.count() == 1


def test_a_term_keeps_the_word_it_is_called_by(cast: Cast) -> None:
    label = term_with_labels(cast).labels.get()

    with pytest.raises(Invalid):
        remove_label(label=label, by=cast.dora)
    with pytest.raises(Invalid):
        change_label(label=label, by=cast.dora, to=LabelData(text="x", status=LabelStatus.ADMITTED))
    change_label(label=label, by=cast.dora, to=LabelData(text="Digitale Bildung"))
    assert Label.objects.get().text == "Digitale Bildung"


def test_readers_of_the_words_are_told(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    told: list[str] = []
    term = term_with_labels(cast)
    token = LabelState.objects.get().token

    def listen(**_: Any) -> None:
        told.append("labels")

    labels_changed.connect(listen)
    term_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            add_label(term=term, by=cast.dora, label=LabelData(text="DigiBi", status=LabelStatus.ADMITTED))
    finally:
        labels_changed.disconnect(listen)
        term_changed.disconnect(listen)

    assert told == ["labels", "labels"]
    assert LabelState.objects.get().token != token


# ---- relations, explanations, stewards, retiring


def test_relations_have_one_target_and_no_circles(cast: Cast) -> None:
    one, two, three = (term_with_labels(cast, name) for name in ("Eins", "Zwei", "Drei"))
    add_relation(term=one, by=cast.dora, kind=RelationKind.BROADER, target=two)
    add_relation(term=two, by=cast.dora, kind=RelationKind.BROADER, target=three)

    for values in (
        {"term": three, "kind": RelationKind.BROADER, "target": one},
        {"term": one, "kind": RelationKind.RELATED, "target": one},
        {"term": one, "kind": RelationKind.BROADER, "target": two},
        {"term": one, "kind": RelationKind.BROADER, "target": None},
        {"term": one, "kind": RelationKind.EXACT_MATCH, "uri": ""},
        {"term": one, "kind": "friend", "target": two},
    ):
        with pytest.raises(Invalid):
            add_relation(by=cast.dora, **values)
    remove_relation(relation=one.relations.get(), by=cast.dora)
    assert not one.relations.exists()


def test_an_explanation_is_versioned_and_read_in_the_readers_language(cast: Cast) -> None:
    term = term_with_labels(cast)
    write_explanation(term=term, by=cast.dora, text="Alt.", csl={}, passage="")
    newer = write_explanation(term=term, by=cast.dora, text="Neu.", csl={}, passage="")
    english = write_explanation(term=term, by=cast.dora, text="New.", csl={}, passage="", language="en")

    assert newer.number == 2
    assert explanations_map([term.pk], "de") == {term.pk: newer}
    assert explanations_map([term.pk], "en") == {term.pk: english}
    with pytest.raises(Invalid):
        write_explanation(term=term, by=cast.dora, text="<b>", csl={}, passage="")


def test_the_steward_stays_while_a_round_is_running(cast: Cast) -> None:
    term, other = announced_round(cast).term, make_group("Andere", slug="andere")

    with pytest.raises(WrongState):
        assign_steward(term=term, by=cast.dora, steward=other)
    with pytest.raises(WrongState):
        retire_term(term=term, by=cast.dora, reason="x")
    free = term_with_labels(cast, "Lernort")
    assert assign_steward(term=free, by=cast.dora, steward=other).steward == other


def test_a_term_is_retired_once_with_a_reason_and_successors(cast: Cast) -> None:
    term, successor = term_with_labels(cast), term_with_labels(cast, "Lernort")

    with pytest.raises(Invalid):
        retire_term(term=term, by=cast.dora, reason=" ")
    with pytest.raises(Invalid):
        retire_term(term=term, by=cast.dora, reason="x", successors=[term])
    with pytest.raises(Stale):
        retire_term(term=term, by=cast.dora, reason="x", expected_version=9)
    retired = retire_term(term=term, by=cast.dora, reason="Aufgeteilt", successors=[successor])

    assert list(retired.successors.all()) == [successor]
    assert term_status(term) == TermStatus.RETIRED
    with pytest.raises(WrongState):
        retire_term(term=term, by=cast.dora, reason="nochmal")


def test_status_of_every_kind_in_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    term_with_labels(cast, "Gesammelt")
    quoted_definition(cast, term_with_labels(cast, "Nur zitiert"))
    proposed_definition(cast, term_with_labels(cast, "Verhandelt"))
    entry_v1(cast, term_with_labels(cast, "Vereinbart"))
    entry_v1(cast, term_with_labels(cast, "Mit Sondervotum"), answers={"town": Stance.OBJECTION})
    retire_term(term=term_with_labels(cast, "Weg"), by=cast.dora, reason="x")

    with django_assert_num_queries(1):
        found = {term.slug: status_of(term.stage) for term in with_status(Term.objects.all())}

    assert found == {
        "gesammelt": TermStatus.COLLECTED,
        "nur-zitiert": TermStatus.COLLECTED,
        "verhandelt": TermStatus.IN_NEGOTIATION,
        "vereinbart": TermStatus.AGREED,
        "mit-sondervotum": TermStatus.AGREED_WITH_DISSENT,
        "weg": TermStatus.RETIRED,
    }
    assert all(found[term.slug] == term_status(term) for term in Term.objects.all())


# ---- drafts


def test_an_organisation_has_one_draft_answer_per_round_whoever_writes_it(cast: Cast) -> None:
    round = open_round(cast)
    values = {"kind": "position", "organisation": cast.town, "round": round}

    one = save_draft(by=cast.erik, content={"reason": "a"}, **values)
    two = save_draft(by=cast.bob, content={"reason": "b"}, expected_version=1, **values)

    assert (one.pk, two.version, two.content) == (two.pk, 2, {"reason": "b"})
    with pytest.raises(Stale) as refusal:
        save_draft(by=cast.erik, content={"reason": "c"}, expected_version=1, **values)
    assert refusal.value.current == two


@pytest.mark.parametrize("name", ["fatma", "kaya", "charlie", "dora", "alice"])
def test_only_the_owners_people_write_or_discard_a_draft(cast: Cast, name: str) -> None:
    term, person = term_with_labels(cast), getattr(cast, name)
    draft = save_draft(by=cast.erik, kind="definition", organisation=cast.town, term=term, content={})

    with pytest.raises(NotAllowed):
        save_draft(by=person, kind="definition", organisation=cast.town, term=term, content={})
    with pytest.raises(NotAllowed):
        discard_draft(draft=draft, by=person)


def test_a_draft_is_recorded_nowhere_and_gone_when_discarded(cast: Cast) -> None:
    term = term_with_labels(cast)
    before = RecordRow.objects.count()

    draft = save_draft(
        by=cast.alice, kind="definition", group=cast.group, term=term, content={"text": "geheim"}
    )
    discard_draft(draft=draft, by=cast.alice)

    assert (Draft.objects.count(), RecordRow.objects.count()) == (0, before)


@pytest.mark.parametrize("changes", [{"kind": "poem"}, {"group": 1}, {"organisation": None}, {"term": None}])
def test_a_draft_has_one_owner_and_is_about_something(cast: Cast, changes: dict[str, Any]) -> None:
    if "group" in changes:
        changes = {"group": cast.group}
    values = {"kind": "definition", "organisation": cast.town, "term": term_with_labels(cast), **changes}

    with pytest.raises(Invalid):
        save_draft(by=cast.bob, content={}, **values)


# ---- redaction


def test_a_redaction_empties_the_text_and_keeps_the_facts(cast: Cast) -> None:
    position = answer(cast, open_round(cast), cast.town, Stance.OBJECTION)

    redacted = redact(row=position, by=cast.admin, reason=RedactionReason.ILLEGAL)
    redact(row=position.objection, by=cast.admin, reason=RedactionReason.ILLEGAL)

    position.refresh_from_db()
    assert (position.reason, position.salt, position.value) == (None, None, Stance.OBJECTION)
    assert position.redacted_at == redacted.redacted_at
    assert position.objection.change_wanted is None
    assert "illegal" in RecordRow.objects.last().body


@pytest.mark.parametrize("name", ["alice", "bob", "dora", "gesa", "charlie"])
def test_only_administrators_redact(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        redact(row=proposed_definition(cast).wording, by=getattr(cast, name), reason=RedactionReason.ILLEGAL)


def test_a_redaction_needs_a_known_reason_a_text_and_happens_once(cast: Cast) -> None:
    outcome = closed_round(cast).outcome
    wording = outcome.round.wording

    with pytest.raises(Invalid):
        redact(row=wording, by=cast.admin, reason="gefällt mir nicht")
    with pytest.raises(Invalid):
        redact(row=outcome, by=cast.admin, reason=RedactionReason.ILLEGAL)
    redact(row=wording, by=cast.admin, reason=RedactionReason.ILLEGAL)
    with pytest.raises(WrongState):
        redact(row=wording, by=cast.admin, reason=RedactionReason.ILLEGAL)
