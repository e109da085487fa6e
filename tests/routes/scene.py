"""One object in every state that has a page, and the address of every route of ours on it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from discussion.actions.comments import hide_comment, post_comment
from discussion.models import Comment
from glossary.actions.definitions import set_aside_definition, withdraw_definition
from glossary.actions.drafts import save_draft
from glossary.models import Definition, Term
from glossary.states import DraftKind
from people.actions.invitations import hash_of
from people.actions.naming import Naming, propose_mandate
from people.models import Invitation, Mandate
from tests.factories.cast import Cast, make_cast
from tests.factories.glossary import (
    announced_round,
    answer,
    closed_round,
    closing_round,
    entry_v1,
    open_round,
    planned_round,
    proposed_definition,
    quoted_definition,
    seat_of,
    stated_round,
    term_with_labels,
)

ROLES = ("ada", "charlie", "fatma", "erik", "hanna", "bob", "alice", "dora", "gesa", "admin")
TOKEN = "a-token-that-nobody-has-been-sent"


@dataclass
class Scene:
    """The cast and what their acts left behind."""

    cast: Cast
    target: Any = None
    kwargs: dict[str, dict[str, Any]] = field(default_factory=dict)

    def definition(self, name: str) -> Definition:
        return proposed_definition(self.cast, term_with_labels(self.cast, name))

    def comment(self) -> Any:
        """What bob wrote."""
        return Comment.objects.get(pk=self.kwargs["discussion:hide"]["pk"])

    def invitation(self) -> Invitation:
        """The one that is open."""
        return Invitation.objects.get(token_hash=hash_of(TOKEN))


def make_scene() -> Scene:
    """The town's proposal everywhere; bob has answered for the town in the open round and written a comment."""
    scene = Scene(make_cast())
    _rounds(scene)
    _definitions(scene)
    _comments(scene)
    _invitation(scene)
    _naming(scene)
    town = scene.cast.town
    scene.kwargs |= {
        "people:organisation": {"slug": town.slug},
        "people:group": {"slug": scene.cast.group.slug},
        "people:group_mandates": {"slug": scene.cast.group.slug},
        "home:handover": {"slug": town.slug},
        "media": {"path": "nothing.webp"},
        "account_reset_password_from_key": {"uidb36": "x", "key": "y"},
    }
    return scene


def _invitation(scene: Scene) -> None:
    now = timezone.now()
    Invitation.objects.create(
        email="neu@demo.example",
        token_hash=hash_of(TOKEN),
        invited_by=scene.cast.admin,
        created_at=now,
        expires_at=now + timedelta(days=3),
    )
    scene.kwargs["people:invitation"] = {"token": TOKEN}


def _naming(scene: Scene) -> None:
    cast, of_town = scene.cast, {"slug": scene.cast.town.slug}
    proposed = propose_mandate(
        naming=Naming(organisation=cast.town, group=cast.group, role="deputy", user=cast.erik), by=cast.bob
    )
    deputys = Mandate.objects.get(user=cast.hanna)
    scene.kwargs |= {
        "people:mandates": of_town,
        "people:mandate_propose": of_town,
        "people:mandate_end": {**of_town, "key": deputys.key},
        "people:proposal": {**of_town, "key": proposed.key},
    }


def _rounds(scene: Scene) -> None:
    cast = scene.cast
    running = open_round(cast, scene.definition("Offenes"))
    answer(cast, running, cast.town)
    save_draft(
        by=cast.erik, kind=DraftKind.POSITION, organisation=cast.town, round=running, term=running.term, content={"reason": "x"}
    )  # fmt: skip
    announced = announced_round(cast, scene.definition("Einberufenes"))
    first = {"district": "objection"}
    rounds = {
        "round": running,
        "round_answer": running,
        "round_take_back": running,
        "round_discard_draft": running,
        "round_announce": planned_round(cast, scene.definition("Geplantes")),
        "round_change": planned_round(cast, scene.definition("Umgeplantes")),
        "round_move": announced,
        "round_cancel": announced,
        "round_close": closing_round(cast, scene.definition("Abgelaufenes")),
        "round_statement": closed_round(cast, scene.definition("Geschlossenes")),
        "round_publish": stated_round(cast, scene.definition("Begründetes"), first),
    }
    scene.kwargs |= {f"glossary:{name}": {"key": row.key} for name, row in rounds.items()}
    number = seat_of(running, cast.town).positions.count()
    scene.kwargs["glossary:round_receipt"] = {
        "key": running.key,
        "organisation": cast.town.key,
        "number": number,
    }
    entry = entry_v1(cast, term_with_labels(cast, "Vereinbartes"), {"district": None})
    of_entry = {"slug": entry.term.slug, "number": 1}
    scene.kwargs |= {
        "glossary:entry": of_entry,
        "glossary:entry_support": of_entry,
        "identifier": {"key": entry.term.key},
        "identifier_version": {"key": entry.term.key, "number": 1},
    }


def _definitions(scene: Scene) -> None:
    cast = scene.cast
    proposal = scene.definition("Strittiges")
    term: Term = proposal.term
    quoted_definition(cast, term)
    of_term = {"slug": term.slug}
    for name in ("term", "history", "compare", "propose", "joint_draft", "round_plan"):
        scene.kwargs[f"glossary:{name}"] = of_term
    draft = save_draft(
        by=cast.erik, kind=DraftKind.DEFINITION, organisation=cast.town, term=term, content={"text": "Entwurf"}
    )  # fmt: skip
    scene.kwargs["glossary:discard_draft"] = {**of_term, "pk": draft.pk}
    for name in (
        "definition",
        "definition_revise",
        "definition_edit",
        "definition_withdraw",
        "definition_set_aside",
    ):
        scene.kwargs[f"glossary:{name}"] = {**of_term, "key": proposal.key}
    gone = proposed_definition(cast, term, title="Zurückgezogen")
    withdraw_definition(definition=gone, by=cast.bob, expected_version=gone.version)
    scene.kwargs["glossary:definition_return"] = {**of_term, "key": gone.key}
    aside = proposed_definition(cast, term, title="Zurückgestellt")
    set_aside_definition(definition=aside, by=cast.alice, reason="Doppelt", expected_version=aside.version)
    scene.kwargs["glossary:definition_return*"] = {**of_term, "key": aside.key}
    kind = ContentType.objects.get_for_model(Definition)
    for name in ("post", "audience"):
        scene.kwargs[f"discussion:{name}"] = {
            "kind": f"{kind.app_label}.{kind.model}",
            "object_pk": str(proposal.pk),
        }
    scene.target = proposal


def _comments(scene: Scene) -> None:
    cast = scene.cast
    comment = post_comment(
        target=scene.target, by=cast.bob, text="Das sehen wir anders.", submission_key=uuid4()
    )
    hidden = post_comment(target=scene.target, by=cast.bob, text="Unfug.", submission_key=uuid4())
    hide_comment(comment=hidden, by=cast.gesa)
    for name in ("reply", "edit", "delete", "hide"):
        scene.kwargs[f"discussion:{name}"] = {"pk": comment.pk}
    scene.kwargs["discussion:restore"] = {"pk": hidden.pk}
