"""Every action there is, with the pages that show what it did. A new action without a case fails the test."""

import json
import re
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from discussion.actions.comments import (
    delete_comment,
    edit_comment,
    hide_comment,
    post_comment,
    restore_comment,
    set_members_only,
)
from glossary.actions.closing import close_due, close_round, state_outcome
from glossary.actions.consensus import publish_entry
from glossary.actions.definitions import (
    edit_definition,
    return_definition,
    revise_definition,
    set_aside_definition,
    withdraw_definition,
)
from glossary.actions.drafts import discard_draft, save_draft
from glossary.actions.labels import add_label, change_label, remove_label
from glossary.actions.positions import take_position
from glossary.actions.proposing import propose_definition, start_joint_draft
from glossary.actions.redaction import DefinitionText, redact, redact_all, redact_definition
from glossary.actions.rounds import announce_round, cancel_round, change_round, move_end, plan_round
from glossary.actions.support import declare_support
from glossary.actions.terms import (
    add_relation,
    assign_steward,
    create_term,
    remove_relation,
    rename_term,
    retire_term,
    write_explanation,
)
from glossary.actions.turning import tell_turned
from glossary.data import LabelData
from people.actions.accounts import change_account, end_sessions, erase_person, set_roles
from people.actions.groups import (
    add_member,
    change_group,
    create_group,
    end_facilitation,
    end_group,
    end_membership,
    name_facilitator,
)
from people.actions.invitations import (
    accept_invitation,
    forget_invited,
    invite,
    revoke_invitation,
    send_invitation,
)
from people.actions.mandates import end_mandate, establish, give_mandate, hand_over, replace_mandate
from people.actions.naming import (
    Naming,
    confirm_proposal,
    name_person,
    propose_mandate,
    refuse_proposal,
    withdraw_proposal,
)
from people.actions.organisations import change_organisation, create_organisation, end_organisation
from people.actions.outbox import enqueue, send_due
from people.models import Facilitation, Mandate, OutboxMessage
from tests.factories.cast import Cast
from tests.factories.clock import ahead
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
    stated_round,
    term_with_labels,
)
from tests.home.pagecache_pages import PAGE_CASES
from tests.home.pagecache_tree import TREE_CASES
from tests.home.pagecache_world import Case, Rows, World

ADMITTED = LabelData(text="Digitalbildung", status="admitted")


# ---- what is there before


def nothing(cast: Cast) -> Rows:
    return {}


def a_term(cast: Cast) -> Rows:
    return {"term": term_with_labels(cast)}


def two_terms(cast: Cast) -> Rows:
    return {"term": term_with_labels(cast), "other": term_with_labels(cast, "Medienbildung")}


def a_label(cast: Cast) -> Rows:
    term = term_with_labels(cast)
    return {"term": term, "label": add_label(term=term, by=cast.dora, label=ADMITTED)}


def a_relation(cast: Cast) -> Rows:
    rows = two_terms(cast)
    relation = add_relation(term=rows["term"], by=cast.dora, kind="related", target=rows["other"])
    return {**rows, "relation": relation}


def a_definition(cast: Cast) -> Rows:
    definition = proposed_definition(cast)
    return {"definition": definition, "term": definition.term}


def a_quoted_definition(cast: Cast) -> Rows:
    term = term_with_labels(cast)
    return {"term": term, "definition": quoted_definition(cast, term)}


def a_withdrawn_definition(cast: Cast) -> Rows:
    rows = a_definition(cast)
    withdraw_definition(
        definition=rows["definition"], by=cast.bob, expected_version=rows["definition"].version
    )
    return rows


def a_draft(cast: Cast) -> Rows:
    term = term_with_labels(cast)
    draft = save_draft(
        by=cast.bob, kind="definition", organisation=cast.town, term=term, content={"title": "X"}
    )
    return {"term": term, "draft": draft}


def _around(round: Any) -> Rows:
    return {"round": round, "term": round.term}


def a_planned_round(cast: Cast) -> Rows:
    return _around(planned_round(cast))


def an_announced_round(cast: Cast) -> Rows:
    return _around(announced_round(cast))


def an_open_round(cast: Cast) -> Rows:
    return _around(open_round(cast))


def a_closing_round(cast: Cast) -> Rows:
    return _around(closing_round(cast))


def a_closed_round(cast: Cast) -> Rows:
    return _around(closed_round(cast))


def a_stated_round(cast: Cast) -> Rows:
    return _around(stated_round(cast))


def a_second_stated_round(cast: Cast) -> Rows:
    rows = an_entry(cast)
    definition = proposed_definition(
        cast, rows["term"], title="Zweiter Anlauf", text="Menschen lernen mit Technik."
    )
    return {**rows, "round": stated_round(cast, definition)}


def an_objection(cast: Cast) -> Rows:
    rows = an_open_round(cast)
    return {**rows, "position": answer(cast, rows["round"], cast.town, "objection")}


def an_entry(cast: Cast) -> Rows:
    entry = entry_v1(cast, answers={"youth": None})
    return {"entry": entry, "term": entry.term}


def a_comment(cast: Cast) -> Rows:
    rows = a_definition(cast)
    comment = post_comment(target=rows["definition"], by=cast.charlie, text="Das sehe ich anders.")
    return {**rows, "comment": comment}


def a_hidden_comment(cast: Cast) -> Rows:
    rows = a_comment(cast)
    hide_comment(comment=rows["comment"], by=cast.gesa, reason="Beleidigung")
    return rows


def a_membership(cast: Cast) -> Rows:
    return {"membership": cast.group.memberships.get(organisation=cast.youth)}


def a_facilitation(cast: Cast) -> Rows:
    return {"facilitation": Facilitation.objects.get(group=cast.group)}


def a_mandate(cast: Cast) -> Rows:
    return {"mandate": Mandate.objects.get(user=cast.erik)}


def speakers_mandate(cast: Cast) -> Rows:
    return {"mandate": Mandate.objects.get(user=cast.bob)}


def an_invitation(cast: Cast) -> Rows:
    invitation = invite(
        by=cast.admin, email="neu@demo.example", organisation=cast.town, group=cast.group, role="observer"
    )
    # The row keeps a hash of its token; the link itself is in the mail.
    message = OutboxMessage.objects.get(event__contains="invit")
    return {
        "invitation": invitation,
        "token": re.search(r"/einladung/([^/]+)/", json.dumps(message.context))[1],
    }  # type: ignore[index]


def a_proposal(cast: Cast) -> Rows:
    return {"proposal": propose_mandate(naming=_naming(cast), by=cast.bob)}


# ---- the pages that show it


def unseen(w: World) -> list[str]:
    return []


def index(w: World) -> list[str]:
    return ["/glossar/", "/en/glossar/"]


def term(w: World) -> list[str]:
    return [w.term.get_absolute_url()]


def term_and_index(w: World) -> list[str]:
    return [*term(w), *index(w)]


def story(w: World) -> list[str]:
    """A term, and what tells its story."""
    of_term = {"slug": w.term.slug}
    return [
        *term(w),
        reverse("glossary:history", kwargs=of_term),
        reverse("glossary:compare", kwargs=of_term),
    ]


def both_terms(w: World) -> list[str]:
    return [*term(w), w.other.get_absolute_url()]


def definition(w: World) -> list[str]:
    return [*term(w), w.definition.get_absolute_url()]


def thread(w: World) -> list[str]:
    return [w.definition.get_absolute_url()]


def round_page(w: World) -> list[str]:
    return [w.round.get_absolute_url(), *term(w)]


def rounds(w: World) -> list[str]:
    return [*round_page(w), "/glossar/runden/"]


def entry_page(w: World) -> list[str]:
    return [w.entry.get_absolute_url(), *term(w)]


def group(w: World) -> list[str]:
    return [w.group.get_absolute_url()]


def groups(w: World) -> list[str]:
    return ["/arbeitsgruppen/"]


def organisations(w: World) -> list[str]:
    return ["/organisationen/"]


def town(w: World) -> list[str]:
    return [w.town.get_absolute_url()]


def _day(**delta: int) -> Any:
    return timezone.localdate() + timedelta(**delta)


def _naming(w: Any) -> Naming:
    return Naming(organisation=w.town, group=w.group, role="deputy", user=w.erik)


@transaction.atomic
def _hand_over(w: World) -> None:
    tomorrow = _day(days=1)
    hand_over(
        Mandate(organisation=w.town, group=w.group, user=w.charlie, role="speaker", valid_from=tomorrow),
        by=w.dora,
        before=w.town.mandates.get(role="speaker"),
    )


@transaction.atomic
def _establish(w: World) -> None:
    establish(Mandate(organisation=w.town, user=w.charlie, role="drafter", valid_from=_day()), by=w.dora)


@transaction.atomic
def _send_invitation(w: World) -> None:
    send_invitation(email="neu@demo.example", organisation=w.town, group=w.group, role="deputy", by=w.alice)


def _accept(w: World) -> None:
    accept_invitation(
        token=w.token, first_name="Nina", last_name="Neu", display_name="Nina", password="wort-laut-2026"
    )


GLOSSARY = [
    Case("glossary.actions.terms.create_term", nothing,
         lambda w: create_term(by=w.dora, labels=[LabelData(text="Medienbildung")], steward=w.group),
         lambda w: [*index(w), *group(w), "/sitemap.xml"]),
    Case("glossary.actions.terms.rename_term", a_term, lambda w: rename_term(term=w.term, by=w.dora, slug="neu"), index),
    Case("glossary.actions.terms.assign_steward", a_term,
         lambda w: assign_steward(term=w.term, by=w.dora, steward=None), group),
    Case("glossary.actions.labels.add_label", a_term, lambda w: add_label(term=w.term, by=w.dora, label=ADMITTED), term),
    Case("glossary.actions.labels.change_label", a_label,
         lambda w: change_label(label=w.label, by=w.dora, to=LabelData(text="Digitale Lehre", status="admitted")), term),
    Case("glossary.actions.labels.remove_label", a_label, lambda w: remove_label(label=w.label, by=w.dora), term),
    Case("glossary.actions.terms.add_relation", two_terms,
         lambda w: add_relation(term=w.term, by=w.dora, kind="related", target=w.other), both_terms),
    Case("glossary.actions.terms.remove_relation", a_relation,
         lambda w: remove_relation(relation=w.relation, by=w.dora), both_terms),
    Case("glossary.actions.terms.write_explanation", a_term,
         lambda w: write_explanation(term=w.term, by=w.dora, text="Eine Erklärung.",
                                     csl={"type": "book", "title": "Buch"}, passage="S. 3"), term_and_index),
    Case("glossary.actions.terms.retire_term", a_term,
         lambda w: retire_term(term=w.term, by=w.dora, reason="Geteilt."), term_and_index),
    Case("glossary.actions.proposing.propose_definition", a_term,
         lambda w: propose_definition(term=w.term, by=w.bob, organisation=w.town, title="Neu", text="Ein Text."),
         lambda w: [*story(w), *index(w), *town(w)]),
    Case("glossary.actions.proposing.start_joint_draft", a_definition,
         lambda w: start_joint_draft(term=w.term, by=w.alice, title="Gemeinsam", text="Zusammen.",
                                     parents=[w.definition]), story),
    Case("glossary.actions.definitions.revise_definition", a_definition,
         lambda w: revise_definition(definition=w.definition, by=w.bob, text="Ganz anders.", scope="",
                                     expected_version=w.definition.version),
         lambda w: [*definition(w), reverse("glossary:compare", kwargs={"slug": w.term.slug})]),
    Case("glossary.actions.definitions.edit_definition", a_definition,
         lambda w: edit_definition(definition=w.definition, by=w.bob, title="Neuer Titel", rationale="Darum.",
                                   expected_version=w.definition.version), definition),
    Case("glossary.actions.definitions.withdraw_definition", a_definition,
         lambda w: withdraw_definition(definition=w.definition, by=w.bob, expected_version=w.definition.version),
         definition),
    Case("glossary.actions.definitions.set_aside_definition", a_definition,
         lambda w: set_aside_definition(definition=w.definition, by=w.alice, reason="Doppelt.",
                                        expected_version=w.definition.version), definition),
    Case("glossary.actions.definitions.return_definition", a_withdrawn_definition,
         lambda w: return_definition(definition=w.definition, by=w.bob, expected_version=w.definition.version),
         definition),
    Case("glossary.actions.drafts.save_draft", a_term,
         lambda w: save_draft(by=w.bob, kind="definition", organisation=w.town, term=w.term, content={"title": "X"}),
         unseen),
    Case("glossary.actions.drafts.discard_draft", a_draft, lambda w: discard_draft(draft=w.draft, by=w.bob), unseen),
    Case("glossary.actions.rounds.plan_round", a_definition,
         lambda w: plan_round(definition=w.definition, by=w.alice, question="Einverstanden?",
                              opens_at=ahead(days=1), closes_at=ahead(days=15)), unseen),
    Case("glossary.actions.rounds.change_round", a_planned_round,
         lambda w: change_round(round=w.round, by=w.alice, definition=w.round.definition, question="Anders?",
                                opens_at=w.round.opens_at, closes_at=w.round.closes_at,
                                expected_version=w.round.version), unseen),
    Case("glossary.actions.rounds.announce_round", a_planned_round,
         lambda w: announce_round(round=w.round, by=w.alice, expected_version=w.round.version), rounds),
    Case("glossary.actions.rounds.move_end", an_open_round,
         lambda w: move_end(round=w.round, by=w.alice, closes_at=w.round.closes_at + timedelta(days=3),
                            reason="Ferien.", expected_version=w.round.version), rounds),
    Case("glossary.actions.rounds.cancel_round", an_announced_round,
         lambda w: cancel_round(round=w.round, by=w.alice, reason="Zu früh.", expected_version=w.round.version), rounds),
    Case("glossary.actions.closing.close_round", a_closing_round,
         lambda w: close_round(round=w.round, by=w.alice), rounds),
    Case("glossary.actions.closing.close_due", a_closing_round, lambda w: close_due(timezone.now()), rounds),
    Case("glossary.actions.closing.state_outcome", a_closed_round,
         lambda w: state_outcome(round=w.round, by=w.alice, text="Wir sind uns einig."),
         lambda w: [w.round.get_absolute_url()]),
    Case("glossary.actions.positions.take_position", an_open_round,
         lambda w: take_position(seat=w.round.seats.get(organisation=w.town), by=w.bob, value="consent", replaces=0),
         round_page),
    Case("glossary.actions.redaction.redact", an_objection,
         lambda w: redact(row=w.position, by=w.admin, reason="personal"), lambda w: [w.round.get_absolute_url()]),
    Case("glossary.actions.redaction.redact_all", an_objection,
         lambda w: redact_all(rows=[w.position], by=w.admin, reason="personal"),
         lambda w: [w.round.get_absolute_url()]),
    Case("glossary.actions.redaction.redact_definition", a_definition,
         lambda w: redact_definition(text=DefinitionText(w.definition, "title"), by=w.admin, reason="personal"),
         lambda w: [w.definition.get_absolute_url(), w.term.get_absolute_url()]),
    Case("glossary.actions.consensus.publish_entry", a_stated_round,
         lambda w: publish_entry(round=w.round, by=w.dora, valid_from=timezone.localdate()),
         lambda w: [*round_page(w), *story(w), *index(w), "/", f"{w.term.get_absolute_url()}v1/", "/sitemap.xml"]),
    # The version before it is superseded.
    Case("glossary.actions.consensus.publish_entry again", a_second_stated_round,
         lambda w: publish_entry(round=w.round, by=w.dora, valid_from=timezone.localdate(), change_class="meaning",
                                 change_reason="„trotz“ ist gestrichen."),
         lambda w: [*entry_page(w), *story(w), f"{w.term.get_absolute_url()}v2/", "/"]),
    # Pages turn at midnight by themselves; only what is searched is brought in step.
    Case("glossary.actions.turning.tell_turned", an_entry, lambda w: tell_turned(today=timezone.localdate()), unseen),
    Case("glossary.actions.support.declare_support", an_entry,
         lambda w: declare_support(entry=w.entry, by=w.mio, organisation=w.youth, kind="joins"), entry_page),
]  # fmt: skip

DISCUSSION = [
    Case("discussion.actions.comments.post_comment", a_definition,
         lambda w: post_comment(target=w.definition, by=w.charlie, text="Warum?"), thread),
    Case("discussion.actions.comments.edit_comment", a_comment,
         lambda w: edit_comment(comment=w.comment, by=w.charlie, text="Genauer gesagt."), thread),
    Case("discussion.actions.comments.delete_comment", a_comment,
         lambda w: delete_comment(comment=w.comment, by=w.charlie), thread),
    Case("discussion.actions.comments.hide_comment", a_comment,
         lambda w: hide_comment(comment=w.comment, by=w.gesa, reason="Beleidigung"), thread),
    Case("discussion.actions.comments.restore_comment", a_hidden_comment,
         lambda w: restore_comment(comment=w.comment, by=w.gesa), thread),
    Case("discussion.actions.comments.set_members_only", a_comment,
         lambda w: set_members_only(target=w.definition, by=w.gesa, members_only=True), thread),
]  # fmt: skip

PEOPLE = [
    Case("people.actions.accounts.change_account", a_comment,
         lambda w: change_account(user=w.charlie, by=w.charlie, first_name="C", last_name="D",
                                  display_name="Karla", language="de"), thread),
    Case("people.actions.accounts.set_roles", nothing,
         lambda w: set_roles(user=w.charlie, by=w.admin, editor=True, moderator=False, administrator=False), unseen),
    Case("people.actions.accounts.erase_person", a_comment,
         lambda w: erase_person(user=w.charlie, by=w.admin), thread),
    Case("people.actions.accounts.end_sessions", nothing, lambda w: end_sessions(user=w.bob, by=w.bob), unseen),
    Case("people.actions.groups.create_group", nothing, lambda w: create_group(by=w.dora, name="Neue Gruppe"), groups),
    Case("people.actions.groups.change_group", nothing,
         lambda w: change_group(group=w.group, by=w.dora, description="Ganz neu."), group),
    Case("people.actions.groups.end_group", nothing,
         lambda w: end_group(group=w.group, by=w.dora, ended_on=_day()), unseen),
    Case("people.actions.groups.add_member", nothing,
         lambda w: add_member(group=w.group, organisation=w.outside, by=w.dora), group),
    Case("people.actions.groups.end_membership", a_membership,
         lambda w: end_membership(membership=w.membership, by=w.dora), group),
    Case("people.actions.groups.name_facilitator", nothing,
         lambda w: name_facilitator(group=w.group, user=w.charlie, by=w.dora), group),
    Case("people.actions.groups.end_facilitation", a_facilitation,
         lambda w: end_facilitation(facilitation=w.facilitation, by=w.dora), unseen),
    Case("people.actions.invitations.invite", nothing, lambda w: invite(by=w.admin, email="neu@demo.example"), unseen),
    Case("people.actions.invitations.revoke_invitation", an_invitation,
         lambda w: revoke_invitation(invitation=w.invitation, by=w.admin), unseen),
    Case("people.actions.invitations.accept_invitation", an_invitation, _accept, town),
    Case("people.actions.mandates.give_mandate", nothing,
         lambda w: give_mandate(organisation=w.town, user=w.charlie, role="observer", by=w.dora), town),
    Case("people.actions.mandates.establish", nothing,
         lambda w: _establish(w), town),
    Case("people.actions.mandates.end_mandate", a_mandate, lambda w: end_mandate(mandate=w.mandate, by=w.alice), town),
    Case("people.actions.mandates.replace_mandate", speakers_mandate,
         lambda w: replace_mandate(mandate=w.mandate, by=w.alice, user=w.charlie), town),
    Case("people.actions.mandates.hand_over", nothing, _hand_over, town),
    Case("people.actions.naming.propose_mandate", nothing,
         lambda w: propose_mandate(naming=_naming(w), by=w.bob), unseen),
    Case("people.actions.naming.name_person", nothing, lambda w: name_person(naming=_naming(w), by=w.alice), town),
    Case("people.actions.naming.confirm_proposal", a_proposal,
         lambda w: confirm_proposal(proposal=w.proposal, by=w.alice), town),
    Case("people.actions.naming.refuse_proposal", a_proposal,
         lambda w: refuse_proposal(proposal=w.proposal, by=w.alice, reason="Noch nicht."), unseen),
    Case("people.actions.naming.withdraw_proposal", a_proposal,
         lambda w: withdraw_proposal(proposal=w.proposal, by=w.bob), unseen),
    Case("people.actions.invitations.send_invitation", nothing, _send_invitation, unseen),
    Case("people.actions.invitations.forget_invited", nothing,
         lambda w: forget_invited(now=timezone.now()), unseen),
    Case("people.actions.organisations.create_organisation", nothing,
         lambda w: create_organisation(by=w.dora, name="Neustadt", short_name="Neustadt", kind="municipality",
                                       mailbox="post@neustadt.example"), organisations),
    Case("people.actions.organisations.change_organisation", nothing,
         lambda w: change_organisation(organisation=w.town, by=w.dora, name="Musterstadt am See"),
         lambda w: [*organisations(w), *town(w), *group(w)]),
    Case("people.actions.organisations.end_organisation", nothing,
         lambda w: end_organisation(organisation=w.outside, by=w.dora, ended_on=_day()),
         lambda w: [w.outside.get_absolute_url()]),
    Case("people.actions.outbox.enqueue", nothing,
         lambda w: enqueue(event="x", template="invitation", context={}, email="x@demo.example"), unseen),
    Case("people.actions.outbox.send_due", nothing, lambda w: send_due(timezone.now()), unseen),
]  # fmt: skip

CASES: dict[str, Case] = {
    case.name: case for case in (*GLOSSARY, *DISCUSSION, *PEOPLE, *PAGE_CASES, *TREE_CASES)
}


def act(name: str, rows: Rows) -> None:
    """Let one of them happen (called in the other process)."""
    CASES[name].act(World(rows))
