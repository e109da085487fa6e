"""The words a tally is made of: what seats say, what silence means, how it ends and why. Pure, like the tally."""

from enum import StrEnum

__all__ = ["ReasonCode", "Result", "Silence", "Stance"]


class Stance(StrEnum):
    """What a position says; the same strings as in the database."""

    CONSENT = "consent"
    RESERVATION = "reservation"
    STAND_ASIDE = "stand_aside"
    OBJECTION = "objection"
    TAKEN_BACK = "taken_back"


class Silence(StrEnum):
    """What it means that a seat never answered."""

    NOT_COUNTED = "not_counted"
    ABSTENTION = "abstention"
    CONSENT_AFTER_REACH = "consent_after_reach"


class Result(StrEnum):
    """How a consent round ended."""

    CARRIED = "carried"
    CARRIED_WITH_DISSENT = "carried_with_dissent"
    NOT_CARRIED = "not_carried"
    QUORUM_MISSED = "quorum_missed"


class ReasonCode(StrEnum):
    """Why; the page makes a sentence of code and numbers. The deciding ones come first in an Outcome."""

    NO_SEATS = "no_seats"
    QUORUM_MISSED = "quorum_missed"
    QUORUM_MET = "quorum_met"
    TOO_MANY_OBJECTIONS = "too_many_objections"
    OBJECTIONS_ALLOWED = "objections_allowed"
    NO_OBJECTIONS = "no_objections"
    TOO_FEW_CONSENTS = "too_few_consents"
    ENOUGH_CONSENTS = "enough_consents"
    RESERVES = "reserves"
    SILENCE_CONSENTS = "silence_consents"
    SILENCE_ABSTAINS = "silence_abstains"
