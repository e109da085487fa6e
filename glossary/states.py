"""Every state of the glossary, and one literal transition table per object. Imports no models."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TermStatus(TextChoices):
    """Computed from rounds and entries; only `retired` is stored (as a date)."""

    COLLECTED = "collected", _("Collected")
    IN_NEGOTIATION = "in_negotiation", _("Being negotiated")
    AGREED = "agreed", _("Agreed")
    AGREED_WITH_DISSENT = "agreed_with_dissent", _("Agreed with dissent")
    RETIRED = "retired", _("Retired")


class TermStage(TextChoices):
    """What readers are told: the status in finer words, where it alone would hide what has happened."""

    COLLECTED = "collected", _("Collected")
    PROPOSED = "proposed", _("Proposals are on the table")
    IN_NEGOTIATION = "in_negotiation", _("Being negotiated")
    CARRIED = "carried", _("Agreed, not published yet")
    COMING = "coming", _("Agreed, not in force yet")
    AGREED = "agreed", _("Agreed")
    AGREED_WITH_DISSENT = "agreed_with_dissent", _("Agreed with dissent")
    RETIRED = "retired", _("Retired")


class LabelStatus(TextChoices):
    """TBX administrative status of a label."""

    PREFERRED = "preferred", _("Preferred")
    ADMITTED = "admitted", _("Admitted")
    DEPRECATED = "deprecated", _("Better not")
    SUPERSEDED = "superseded", _("Superseded")


class LabelType(TextChoices):
    """TBX term type. Only inflected forms are hidden from readers."""

    FULL = "full", _("Full form")
    ABBREVIATION = "abbreviation", _("Abbreviation")
    VARIANT = "variant", _("Variant")
    INFLECTED = "inflected", _("Inflected form")


class RelationKind(TextChoices):
    """SKOS relations; the narrower direction is the broader one read backwards."""

    BROADER = "broader", _("Broader term")
    RELATED = "related", _("Related term")
    EXACT_MATCH = "exact_match", _("Same concept elsewhere")
    CLOSE_MATCH = "close_match", _("Similar concept elsewhere")


class Register(TextChoices):
    """Register of a wording."""

    STANDARD = "standard", _("Standard language")
    EASY = "easy", _("Easy language")


class SourceRelation(TextChoices):
    """How a wording relates to what it cites."""

    QUOTED = "quoted", _("Quoted")
    ADAPTED = "adapted", _("Adapted")
    OWN = "own", _("Own wording")


class DefinitionOrigin(TextChoices):
    """Where a definition comes from. A definition from literature is never amended or put to a consent round."""

    SOURCE = "source", _("Source")
    PROPOSAL = "proposal", _("Proposal")
    JOINT_DRAFT = "joint_draft", _("Joint draft")


class DefinitionState(TextChoices):
    """Stored state of a definition; "adopted" is computed from entries."""

    PROPOSED = "proposed", _("Proposed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SET_ASIDE = "set_aside", _("Set aside")


class DraftKind(TextChoices):
    """What a draft is going to be."""

    DEFINITION = "definition", _("Definition")
    POSITION = "position", _("Answer")


class RoundKind(TextChoices):
    """What a round asks."""

    SENSE_CHECK = "sense_check", _("Sense check")
    CONSENT = "consent", _("Consent round")


class RoundState(TextChoices):
    """Stored states are acts only; open and closing are read from the clock (RoundPhase)."""

    PLANNED = "planned", _("Planned")
    ANNOUNCED = "announced", _("Announced")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class RoundPhase(TextChoices):
    """State and clock together: what a reader sees."""

    PLANNED = "planned", _("Planned")
    UPCOMING = "upcoming", _("Not yet open")
    OPEN = "open", _("Open")
    CLOSING = "closing", _("Time is over")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class Stance(TextChoices):
    """Value of a position. Values equal those of `glossary.tally`."""

    CONSENT = "consent", _("We consent.")
    RESERVATION = "reservation", _("We consent, but have reservations.")
    STAND_ASIDE = "stand_aside", _("We stand aside.")
    OBJECTION = "objection", _("We have a serious objection.")
    TAKEN_BACK = "taken_back", _("Answer taken back")


# A reason is owed where others must be able to answer it.
REASON_REQUIRED = frozenset({Stance.RESERVATION, Stance.OBJECTION})
# Who counts as having carried the wording when an entry is published.
CARRYING = frozenset({Stance.CONSENT, Stance.RESERVATION})


class ChangeClass(TextChoices):
    """How much a wording changes against its predecessor."""

    EDITORIAL = "editorial", _("Editorial")
    CLARIFYING = "clarifying", _("Clarifying")
    MEANING = "meaning", _("Change of meaning")


class OutcomeResult(TextChoices):
    """What the tally says. Values equal those of `glossary.tally`."""

    CARRIED = "carried", _("Agreed")
    CARRIED_WITH_DISSENT = "carried_with_dissent", _("Agreed with dissent")
    NOT_CARRIED = "not_carried", _("Not agreed")
    QUORUM_MISSED = "quorum_missed", _("Too few answers")


CARRIED_RESULTS = frozenset({OutcomeResult.CARRIED, OutcomeResult.CARRIED_WITH_DISSENT})


class EntryKind(TextChoices):
    """How a consensus entry came about."""

    AGREED = "agreed", _("Agreed")
    TAKEN_OVER = "taken_over", _("Taken over")
    CORRECTION = "correction", _("Correction")
    REVOKED = "revoked", _("Revoked")


class SupportKind(TextChoices):
    """What an organisation says after publication."""

    JOINS = "joins", _("Joins")
    CONFIRMS = "confirms", _("Confirms after its committee's decision")
    DISSENTS = "dissents", _("Dissents")
    WITHDRAWS_DISSENT = "withdraws_dissent", _("Withdraws its dissent")
    ENDS = "ends", _("No longer supports")


class ObjectionState(TextChoices):
    """Computed: resolved by a later position of the same seat, standing at the close otherwise."""

    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    RESOLVED = "resolved", _("Resolved")
    STANDS = "stands", _("Stands")


DEFINITION_TRANSITIONS: dict[str, frozenset[str]] = {
    DefinitionState.PROPOSED: frozenset({DefinitionState.WITHDRAWN, DefinitionState.SET_ASIDE}),
    DefinitionState.WITHDRAWN: frozenset({DefinitionState.PROPOSED}),
    DefinitionState.SET_ASIDE: frozenset({DefinitionState.PROPOSED}),
}

# Which acts a round admits in which phase; who may do them is the policy's part.
ROUND_ACTS: dict[str, frozenset[str]] = {
    "announce_round": frozenset({RoundPhase.PLANNED}),
    "change_round": frozenset({RoundPhase.PLANNED}),
    "take_position": frozenset({RoundPhase.OPEN}),
    "move_end": frozenset({RoundPhase.UPCOMING, RoundPhase.OPEN}),
    "cancel_round": frozenset({RoundPhase.PLANNED, RoundPhase.UPCOMING, RoundPhase.OPEN}),
    "close_round": frozenset({RoundPhase.CLOSING}),
    "state_outcome": frozenset({RoundPhase.CLOSED}),
    "publish_entry": frozenset({RoundPhase.CLOSED}),
}

# Which acts a definition admits in which state.
DEFINITION_ACTS: dict[str, frozenset[str]] = {
    "revise_definition": frozenset({DefinitionState.PROPOSED}),
    "edit_definition": frozenset({DefinitionState.PROPOSED}),
    "withdraw_definition": frozenset({DefinitionState.PROPOSED}),
    "set_aside_definition": frozenset({DefinitionState.PROPOSED}),
    "return_definition": frozenset({DefinitionState.WITHDRAWN, DefinitionState.SET_ASIDE}),
    "plan_round": frozenset({DefinitionState.PROPOSED}),
}


class RedactionReason(TextChoices):
    """Why a text is redacted. A closed list, because the record names it and holds no free text."""

    ILLEGAL = "illegal", _("Unlawful content")
    PERSONAL = "personal", _("Personal data")
    ERASURE = "erasure", _("Erasure demanded by the person concerned")
