"""Who may do what, and when: one literal table, act → who × when. Reading and writing follow the same rules.

`may` answers for pages. Actions ask `require` for the who, and check the when again under their lock, because there it
has words of its own ("this round does not take answers now") instead of a plain no.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from glossary.models import ConsensusEntry, Definition, Draft, Round, Seat, Term
from glossary.states import (
    CARRIED_RESULTS,
    DEFINITION_ACTS,
    ROUND_ACTS,
    DefinitionOrigin,
    DefinitionState,
    EntryKind,
    RoundPhase,
)
from people.memo import look_again
from people.models import Mandate, User, WorkingGroup
from people.models.mandate import DRAFTING_ROLES, SPEAKING_ROLES
from people.policy import is_facilitator, is_member
from people.queries import facilitated_group_ids, valid_mandates
from people.roles import is_administrator, is_editor
from record.acting import demand
from record.errors import NotAllowed

Someone = User | AnonymousUser
Who = Callable[[Someone, Any, datetime], bool]
When = Callable[[Any, datetime], bool]

__all__ = ["ACTS", "acting_organisations", "group_of", "may", "require", "roles_for", "round_of", "term_of"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may, and when it is possible at all."""

    who: Who
    when: When


# ---- what an object belongs to


def term_of(obj: Any) -> Term | None:
    """The term an object of the glossary is about."""
    return obj if isinstance(obj, Term) else round_of(obj).term if isinstance(obj, Seat) else obj.term


def round_of(obj: Round | Seat) -> Round:
    """The round of a seat, or the round itself."""
    return obj.round if isinstance(obj, Seat) else obj


def group_of(obj: Any) -> WorkingGroup | None:
    """The working group that decides about an object: a round's own, otherwise the one that stewards the term."""
    if isinstance(obj, Round | Seat):
        return round_of(obj).group
    term = term_of(obj)
    return term.steward if term else None


# ---- whose


def roles_for(act: str) -> frozenset[str]:
    """Roles of a mandate that carry an act done in the name of an organisation."""
    return frozenset(DRAFTING_ROLES if act in {"save_draft", "discard_draft"} else SPEAKING_ROLES)


def acting_organisations(user: Someone, act: str, obj: Any, now: datetime | None = None) -> list[Mandate]:
    """The mandates under which a person may do this act about this object ("Für wen handeln Sie?"), one per organisation.

    Only those whose organisation can do it: with a seat in the round, owner of the definition or draft.
    """
    day = timezone.localdate(now) if now else timezone.localdate()
    found = valid_mandates(user, group=group_of(obj), on=day, roles=roles_for(act))
    owners = _owners(act, obj)
    if owners is not None:
        found = [mandate for mandate in found if mandate.organisation_id in owners]
    # The list is sorted by role: the speaker's mandate comes before a deputy's of the same organisation.
    return list({mandate.organisation_id: mandate for mandate in reversed(found)}.values())[::-1]


def _owners(act: str, obj: Any) -> set[int | None] | None:
    """Organisations that can do it at all; None: every one."""
    if isinstance(obj, Seat):
        return {obj.organisation_id}
    if isinstance(obj, Round):
        return {seat.organisation_id for seat in obj.seats.all()}
    if isinstance(obj, Draft) or (
        isinstance(obj, Definition) and act not in {"save_draft", "propose_definition"}
    ):
        return {obj.organisation_id}
    return None


# ---- who


def _anybody(_user: Someone, _obj: Any, _now: datetime) -> bool:
    return True


def _editor(user: Someone, _obj: Any, _now: datetime) -> bool:
    return is_editor(user)


def _administrator(user: Someone, _obj: Any, _now: datetime) -> bool:
    return is_administrator(user)


def _facilitator(user: Someone, obj: Any, now: datetime) -> bool:
    return is_facilitator(user, group_of(obj), timezone.localdate(now))


def _member(user: Someone, obj: Any, now: datetime) -> bool:
    return is_member(user, group_of(obj), timezone.localdate(now))


def _round_reader(user: Someone, obj: Round, now: datetime) -> bool:
    return obj.announced_at is not None or _member(user, obj, now)


def _speaks(act: str) -> Who:
    return lambda user, obj, now: bool(acting_organisations(user, act, obj, now))


def _owner(act: str) -> Who:
    """Whoever brought it in: the organisation's voice, or the group's facilitator for a joint draft."""

    def owns(user: Someone, obj: Definition, now: datetime) -> bool:
        if obj.origin == DefinitionOrigin.JOINT_DRAFT:
            return is_facilitator(user, obj.group, timezone.localdate(now))
        return bool(acting_organisations(user, act, obj, now))

    return owns


def _returner(user: Someone, obj: Definition, now: datetime) -> bool:
    """What was set aside comes back by the facilitator, what was withdrawn by whoever brought it in."""
    if obj.state == DefinitionState.SET_ASIDE:
        return _facilitator(user, obj, now)
    return _owner("return_definition")(user, obj, now)


def _draft_owner(user: Someone, obj: Draft, now: datetime) -> bool:
    day = timezone.localdate(now)
    if obj.group_id:
        return obj.group_id in facilitated_group_ids(user, day)
    return any(mandate.organisation_id == obj.organisation_id for mandate in valid_mandates(user, on=day))


def _draft_writer(user: Someone, obj: Draft, now: datetime) -> bool:
    day = timezone.localdate(now)
    if obj.group_id:
        return obj.group_id in facilitated_group_ids(user, day)
    mandates = valid_mandates(user, on=day, roles=DRAFTING_ROLES)
    return any(mandate.organisation_id == obj.organisation_id for mandate in mandates)


def _drafts(user: Someone, obj: Any, now: datetime) -> bool:
    return _facilitator(user, obj, now) or bool(acting_organisations(user, "save_draft", obj, now))


# ---- when


def _always(_obj: Any, _now: datetime) -> bool:
    return True


def _not_retired(obj: Any, _now: datetime) -> bool:
    term = term_of(obj)
    return term is not None and term.retired_on is None


def _phase(act: str) -> When:
    return lambda obj, now: round_of(obj).phase(now) in ROUND_ACTS[act]


def _state(act: str) -> When:
    return lambda obj, _now: obj.state in DEFINITION_ACTS[act]


def _free(act: str) -> When:
    """In the right state, and no announced round asks about its wording."""
    return lambda obj, now: _state(act)(obj, now) and not obj.is_being_asked()


def _revisable(obj: Definition, now: datetime) -> bool:
    return obj.origin != DefinitionOrigin.SOURCE and _free("revise_definition")(obj, now)


def _can_be_asked(obj: Definition, now: datetime) -> bool:
    return obj.origin != DefinitionOrigin.SOURCE and _state("plan_round")(obj, now) and _not_retired(obj, now)


def _no_open_joint_draft(obj: Term, now: datetime) -> bool:
    open_drafts = obj.definitions.proposed().filter(origin=DefinitionOrigin.JOINT_DRAFT)
    return _not_retired(obj, now) and not open_drafts.exists()


def _unstated(obj: Round, now: datetime) -> bool:
    return _phase("state_outcome")(obj, now) and not hasattr(obj, "statement")


def _publishable(obj: Round, now: datetime) -> bool:
    if obj.phase(now) != RoundPhase.CLOSED or not hasattr(obj, "statement") or hasattr(obj, "entry"):
        return False
    return obj.outcome.result in CARRIED_RESULTS and obj.is_newest_closed()


def _supportable(obj: ConsensusEntry, now: datetime) -> bool:
    return obj.kind != EntryKind.REVOKED and not obj.is_superseded_on(timezone.localdate(now))


# Act → who × when. The object is the one the act is about.
ACTS: dict[str, Rule] = {
    # reading
    "read_term": Rule(_anybody, _always),
    "read_definition": Rule(_anybody, _always),
    "read_entry": Rule(_anybody, _always),
    "read_round": Rule(_round_reader, _always),
    "read_names": Rule(_member, _always),
    "read_draft": Rule(_draft_owner, _always),
    # drafts
    "save_draft": Rule(_drafts, _always),
    "discard_draft": Rule(_draft_writer, _always),
    # definitions
    "propose_definition": Rule(_speaks("propose_definition"), _not_retired),
    "start_joint_draft": Rule(_facilitator, _no_open_joint_draft),
    "revise_definition": Rule(_owner("revise_definition"), _revisable),
    "edit_definition": Rule(_owner("edit_definition"), _state("edit_definition")),
    "withdraw_definition": Rule(_owner("withdraw_definition"), _free("withdraw_definition")),
    "set_aside_definition": Rule(_facilitator, _free("set_aside_definition")),
    "return_definition": Rule(_returner, _state("return_definition")),
    # rounds
    "plan_round": Rule(_facilitator, _can_be_asked),
    "announce_round": Rule(_facilitator, _phase("announce_round")),
    "change_round": Rule(_facilitator, _phase("change_round")),
    "move_end": Rule(_facilitator, _phase("move_end")),
    "cancel_round": Rule(_facilitator, _phase("cancel_round")),
    "close_round": Rule(_facilitator, _phase("close_round")),
    "take_position": Rule(_speaks("take_position"), _phase("take_position")),
    "state_outcome": Rule(_facilitator, _unstated),
    # what was agreed
    "publish_entry": Rule(_editor, _publishable),
    "declare_support": Rule(_speaks("declare_support"), _supportable),
    # terms
    "create_term": Rule(_editor, _always),
    "rename_term": Rule(_editor, _always),
    "assign_steward": Rule(_editor, _not_retired),
    "add_label": Rule(_editor, _always),
    "change_label": Rule(_editor, _always),
    "remove_label": Rule(_editor, _always),
    "add_relation": Rule(_editor, _always),
    "remove_relation": Rule(_editor, _always),
    "write_explanation": Rule(_editor, _not_retired),
    "retire_term": Rule(_editor, _not_retired),
    "redact": Rule(_administrator, _always),
}


def may(user: Someone, act: str, obj: Any = None, *, now: datetime | None = None) -> bool:
    """May this person do this act about this object now? Raises KeyError for an act that does not exist."""
    rule, moment = ACTS[act], now or timezone.now()
    return rule.who(user, obj, moment) and rule.when(obj, moment)


def require(user: User, act: str, obj: Any = None) -> None:
    """Raises NotAllowed unless this person is one who may do this act, and still when it is recorded.

    Says nothing about the when. Asked again about the object as it is now, before the act changes it.
    """
    demand(partial(_refuse_unless, user, act, copy(obj)))


def _refuse_unless(user: User, act: str, obj: Any) -> None:
    look_again(user)
    if not (user.is_active and ACTS[act].who(user, obj, timezone.now())):
        raise NotAllowed
