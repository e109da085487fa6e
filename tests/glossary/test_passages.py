"""A quoted passage has one place in its wording, or is refused: never silently the wrong one."""

from typing import Any

import pytest

from glossary.actions.support import declare_support
from glossary.models import Dissent, Position
from glossary.passages import MORE_THAN_ONCE, NOWHERE, exact_place_of, place_of
from glossary.states import Stance, SupportKind
from record.errors import Invalid
from tests.factories.cast import Cast
from tests.factories.glossary import answer, open_round, proposed_definition, published, stated_round

TWICE = "Lernen mit Technik ist Lernen ohne Technik."


@pytest.mark.parametrize(
    ("text", "passage", "place"),
    [
        (TWICE, "Lernen mit", (0, 10)),
        ("ein\nWort", "ein  Wort", (0, 8)),
        ("a. b (c)", "(c)", (5, 8)),
    ],
)
def test_words_that_stand_there_once_have_their_place(
    text: str, passage: str, place: tuple[int, int]
) -> None:
    assert place_of(text, passage) == place


@pytest.mark.parametrize(
    ("text", "passage", "message"),
    [
        (TWICE, "Lernen", MORE_THAN_ONCE),
        ("aXaXa", "aXa", MORE_THAN_ONCE),
        ("gut so\ngut\nso", "gut so", MORE_THAN_ONCE),
        (TWICE, "lernen", NOWHERE),
        (TWICE, "  ", NOWHERE),
        ("a", "a*", NOWHERE),
    ],
)
def test_words_that_stand_there_several_times_or_never_are_refused(
    text: str, passage: str, message: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        place_of(text, passage)

    assert (refusal.value.message, refusal.value.field) == (message, "passage")


def test_a_quotation_with_other_blanks_is_no_exact_one() -> None:
    with pytest.raises(Invalid):
        exact_place_of("ein\nWort", "ein Wort")


@pytest.mark.django_db
def test_an_objection_to_words_that_stand_there_twice_is_refused_beside_its_field(cast: Cast) -> None:
    round = open_round(cast, proposed_definition(cast, text=TWICE))

    with pytest.raises(Invalid) as refusal:
        answer(cast, round, cast.town, Stance.OBJECTION, passage="Lernen")

    assert refusal.value.field == "passage"
    assert not Position.objects.exists()
    # The other side of the guard: with more words the same objection is stored where it was meant.
    assert answer(
        cast, round, cast.town, Stance.OBJECTION, passage="ist Lernen"
    ).objection.passage_start == TWICE.index("ist Lernen")


@pytest.mark.django_db
def test_the_answer_form_asks_for_a_longer_piece(cast: Cast, client: Any) -> None:
    round = open_round(cast, proposed_definition(cast, text=TWICE))
    client.force_login(cast.bob)
    sent = {
        "value": "objection", "reason": "Weil.", "no_change_helps": "on", "organisation": cast.town.key,
        "replaces": "0", "step": "send",
    }  # fmt: skip

    refused = client.post(f"/glossar/runden/{round.key}/antworten/", {**sent, "passage": "Lernen"})
    client.post(f"/glossar/runden/{round.key}/antworten/", {**sent, "passage": "Lernen ohne"})

    assert refused.status_code == 422
    assert "Diese Worte stehen mehrmals im Wortlaut." in refused.content.decode()
    assert Position.objects.get().objection.passage_start == TWICE.index("Lernen ohne")


@pytest.mark.django_db
def test_a_later_dissent_from_words_that_stand_there_twice_is_refused(cast: Cast) -> None:
    entry = published(cast, stated_round(cast, proposed_definition(cast, text=TWICE), {"youth": None}))
    said = {"entry": entry, "by": cast.mio, "organisation": cast.youth, "kind": SupportKind.DISSENTS}

    with pytest.raises(Invalid) as refusal:
        declare_support(**said, reason="Weil.", passage="Technik")
    declare_support(**said, reason="Weil.", passage="ohne Technik")

    assert refusal.value.field == "passage"
    assert Dissent.objects.get().passage == "ohne Technik"
