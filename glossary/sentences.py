"""What the tally says, in sentences. The same ones stand on the round's page and, frozen, in the outcome statement."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from glossary.models import Round
from glossary.queries import tally_of
from glossary.states import RoundKind
from glossary.tally import Outcome, Reason, ReasonCode, Result, Rules, Silence

__all__ = ["computed_statement", "names_of", "outcome_sentences", "reason_sentence", "rules_sentences"]


def names_of(round: Round) -> dict[str, str]:
    """Organisations of a round by key, with their names as they were at announcing."""
    return {
        seat.organisation.key: seat.organisation_name for seat in round.seats.select_related("organisation")
    }


def outcome_sentences(
    outcome: Outcome, names: Mapping[str, str], *, kind: str = RoundKind.CONSENT
) -> list[str]:
    """Result first, then what was said, then why, then who objects and who still has to decide."""
    sentences = [] if kind != RoundKind.CONSENT else [RESULTS[outcome.result]()]
    sentences += _counts(outcome)
    if kind == RoundKind.CONSENT:
        sentences += [reason_sentence(reason) for reason in outcome.deciding_reasons]
    if outcome.standing_objections:
        who = _list(outcome.standing_objections, names)
        sentences.append(_("These organisations uphold their objection: %(names)s.") % {"names": who})
    if outcome.reserves:
        who = _list(outcome.reserves, names)
        sentences.append(_("Their committee still has to decide: %(names)s.") % {"names": who})
    return sentences


def computed_statement(round: Round) -> str:
    """The sentences of a closed round as they are stored, in the language of the negotiation."""
    with translation.override(round.term.language):
        return "\n".join(outcome_sentences(tally_of(round), names_of(round), kind=round.kind))


def reason_sentence(reason: Reason) -> str:
    """One reason of the tally with its numbers."""
    return REASONS[reason.code](reason)


def rules_sentences(rules: Rules) -> list[str]:
    """The procedure of a round in plain sentences."""
    sentences = [
        _("At least %(percent)s percent of the organisations must answer.")
        % {"percent": rules.quorum_percent},
        SILENCE[Silence(rules.silence)](),
    ]
    allowed = rules.standing_objections_allowed
    if allowed:
        sentences.append(
            ngettext(
                "%(count)s objection may stand. It is published with the wording as a dissent.",
                "%(count)s objections may stand. They are published with the wording as dissents.",
                allowed,
            )
            % {"count": allowed}
        )
    else:
        sentences.append(_("No objection may stand."))
    need = max(1, rules.minimum_consents)
    sentences.append(
        ngettext(
            "At least %(count)s organisation must consent.",
            "At least %(count)s organisations must consent.",
            need,
        )
        % {"count": need}
    )
    return sentences


def _counts(outcome: Outcome) -> list[str]:
    sentences = [
        ngettext(
            "%(spoke)s of %(seats)s organisation answered.",
            "%(spoke)s of %(seats)s organisations answered.",
            outcome.seats,
        )
        % {"spoke": outcome.spoke, "seats": outcome.seats}
    ]
    said = (
        (outcome.consents, _("Consents: %(count)s.")),
        (outcome.reservations, _("Consents with reservations: %(count)s.")),
        (outcome.stand_asides, _("Standing aside: %(count)s.")),
        (outcome.objections, _("Serious objections: %(count)s.")),
        (outcome.taken_back, _("Answers taken back: %(count)s.")),
    )
    sentences += [sentence % {"count": count} for count, sentence in said if count]
    return sentences


def _list(keys: tuple[str, ...], names: Mapping[str, str]) -> str:
    return ", ".join(sorted(names.get(key, key) for key in keys))


RESULTS = {
    Result.CARRIED: lambda: _("The wording is agreed."),
    Result.CARRIED_WITH_DISSENT: lambda: _("The wording is agreed with dissent."),
    Result.NOT_CARRIED: lambda: _("The wording is not agreed."),
    Result.QUORUM_MISSED: lambda: _("Too few organisations answered; nothing is agreed."),
}
SILENCE = {
    Silence.NOT_COUNTED: lambda: _("Who does not answer is not counted."),
    Silence.ABSTENTION: lambda: _("Who does not answer is listed as standing aside."),
    Silence.CONSENT_AFTER_REACH: lambda: _("Who was reached and does not answer is taken to consent."),
}
REASONS = {
    ReasonCode.NO_SEATS: lambda r: _("Nobody was asked."),
    ReasonCode.QUORUM_MISSED: lambda r: (
        _("%(have)s of %(of)s answers came in, %(need)s were needed.")
        % {"have": r.have, "of": r.of, "need": r.need}
    ),
    ReasonCode.QUORUM_MET: lambda r: (
        _("Enough organisations answered: %(have)s of %(of)s, %(need)s were needed.")
        % {"have": r.have, "of": r.of, "need": r.need}
    ),
    ReasonCode.TOO_MANY_OBJECTIONS: lambda r: (
        _("Standing objections: %(have)s. Allowed were %(need)s.") % {"have": r.have, "need": r.need}
    ),
    ReasonCode.OBJECTIONS_ALLOWED: lambda r: (
        _("Standing objections: %(have)s. That many are allowed: %(need)s.")
        % {"have": r.have, "need": r.need}
    ),
    ReasonCode.NO_OBJECTIONS: lambda r: _("No objection stands."),
    ReasonCode.TOO_FEW_CONSENTS: lambda r: (
        _("Consents: %(have)s. Needed were %(need)s.") % {"have": r.have, "need": r.need}
    ),
    ReasonCode.ENOUGH_CONSENTS: lambda r: (
        _("Consents: %(have)s. Enough, for %(need)s were needed.") % {"have": r.have, "need": r.need}
    ),
    ReasonCode.RESERVES: lambda r: _("Subject to a committee's decision: %(have)s.") % {"have": r.have},
    ReasonCode.SILENCE_CONSENTS: lambda r: _("Taken to consent by silence: %(have)s.") % {"have": r.have},
    ReasonCode.SILENCE_ABSTAINS: lambda r: (
        _("Listed as standing aside by silence: %(have)s.") % {"have": r.have}
    ),
}
