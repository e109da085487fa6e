"""Refusals of the glossary, in the words people read."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from record.errors import Invalid, Stale, WrongState

if TYPE_CHECKING:
    from glossary.models import Position


class RoundNotOpen(WrongState):
    """No answers now: not yet, not any more, or never."""

    default = _("This round does not take answers now.")


class RoundHasNotEnded(WrongState):
    """It cannot be closed before its time is over."""

    default = _("This round is still running. It can be closed when its time is over.")


class RoundNotCarried(WrongState):
    """Nothing was agreed, so nothing is published."""

    default = _("The organisations did not agree on this wording. Nothing can be published from this round.")


class WordingIsBeingAsked(WrongState):
    """An announced round asks about the wording: it must not move."""

    default = _("A round is asking about this wording. Until it has ended the definition stays as it is.")


class ReasonRequired(Invalid):
    """Others must be able to answer it."""

    default = _("Please give your reason, so that the others can respond to it.")

    def __init__(self) -> None:
        super().__init__(field="reason")


class StalePosition(Stale):
    """Somebody answered for this organisation since the form was opened."""

    default = _("Somebody has answered for your organisation meanwhile. Please compare and decide again.")
    current: "Position | None"
