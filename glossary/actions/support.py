"""What an organisation says after publication. Lock order: mandate → entry → head."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.actions.guard import (
    acting_mandate,
    at_most,
    lock,
    record_row,
    refuse_if_over,
    required,
    says,
    store,
    tell,
)
from glossary.models import ConsensusEntry, Dissent, Support
from glossary.passages import exact_place_of
from glossary.policy import require
from glossary.queries import standing_today
from glossary.standing import Standing
from glossary.states import EntryKind, SupportKind
from people.models import Organisation, User
from record.acting import action
from record.errors import Invalid, Stale, WrongState

__all__ = ["declare_support"]

EVIDENCE_LENGTH = 250


@action
def declare_support(
    *,
    entry: ConsensusEntry,
    by: User,
    organisation: Organisation,
    kind: str,
    made_on: date | None = None,
    evidence: str = "",
    reason: str = "",
    passage: str = "",
    alternative: str = "",
    submission_key: str | None = None,
) -> Support:
    """Joins, confirms after its committee, dissents, withdraws its dissent, or ends its support. Sent twice, said once.

    A dissent after publication stands on the entry beside those of the round. Raises NotAllowed, WrongState (superseded
    or revoked entry, nothing to confirm, withdraw or end), Invalid (kind, made_on, reason, passage).
    """
    require(by, "declare_support", entry)
    now = timezone.now()
    mandate = acting_mandate(by=by, act="declare_support", obj=entry, organisation=organisation, now=now)
    entry = lock(entry)
    now = timezone.now()
    refuse_if_over(mandate, now)
    evidence = at_most(evidence, EVIDENCE_LENGTH, field="evidence")
    if known := _already_sent(submission_key, entry, organisation, by):
        same = says(known, kind=kind, made_on=made_on or known.made_on, evidence=evidence)
        if same and (kind != SupportKind.DISSENTS or _same_dissent(known, reason, passage, alternative)):
            return known
        raise Stale(current=known)
    made_on = made_on or timezone.localdate(now)
    _check_time(entry, made_on, timezone.localdate(now))
    _check(kind, standing_today(entry).get(organisation.key))
    support = Support(
        entry=entry,
        organisation=organisation,
        organisation_name=organisation.name,
        number=entry.supports.filter(organisation=organisation).count() + 1,
        kind=kind,
        made_on=made_on,
        made_at=now,
        evidence=evidence,
        actor_key=by.key,
        mandate=mandate,
        submission_key=submission_key or None,
    )
    dissent = _dissent(support, reason, passage, alternative) if kind == SupportKind.DISSENTS else None
    return _stored(support, dissent, by=by)


def _stored(support: Support, dissent: Dissent | None, *, by: User) -> Support:
    """Store the statement with its dissent, tell and record."""
    organisation, now = support.organisation, support.made_at
    store(support)
    if dissent is not None:
        dissent.support = support
        store(dissent)
    tell(support.entry.term)
    facts = {"number": support.number}
    record_row("declare_support", support, by=by, at=now, organisation=organisation, facts=facts)
    if dissent is not None:
        record_row("file_dissent", dissent, by=by, at=now, organisation=organisation)
    return support


def _check_time(entry: ConsensusEntry, made_on: date, today: date) -> None:
    """The wording still holds, and the statement was made between its publication and today."""
    if entry.kind == EntryKind.REVOKED or entry.is_superseded_on(today):
        raise WrongState(_("This wording is no longer valid. Please look at the one that is."))
    if made_on > today:
        raise Invalid(_("This day has not come yet."), field="made_on")
    if made_on < timezone.localdate(entry.published_at):
        raise Invalid(_("This day is before the wording was published."), field="made_on")


def _already_sent(
    submission_key: str | None, entry: ConsensusEntry, organisation: Organisation, by: User
) -> Support | None:
    if not submission_key:
        return None
    known = Support.objects.filter(submission_key=submission_key).first()
    if known and (known.entry_id, known.organisation_id, known.actor_key) != (
        entry.pk,
        organisation.pk,
        by.key,
    ):
        raise Stale(current=known)
    return known


def _same_dissent(known: Support, reason: str, passage: str, alternative: str) -> bool:
    return says(
        known.dissent, reason=reason.strip(), passage=passage.strip(), alternative=alternative.strip()
    )


def _check(kind: str, standing: Standing | None) -> None:
    """Raises Invalid or WrongState unless this can be said from where the organisation stands."""
    carries = standing is not None and standing.carries
    dissents = standing is not None and standing.dissents
    if kind not in SupportKind.values:
        raise Invalid(_("Please choose what your organisation says."), field="kind")
    if kind == SupportKind.JOINS and carries:
        raise WrongState(_("Your organisation carries this wording already."))
    if kind == SupportKind.JOINS and dissents:
        raise WrongState(_("Your organisation has filed a dissent. Please withdraw it first."))
    if kind in {SupportKind.CONFIRMS, SupportKind.ENDS} and not carries:
        raise WrongState(_("Your organisation does not carry this wording."))
    if kind == SupportKind.DISSENTS and dissents:
        raise WrongState(_("Your organisation has filed a dissent already."))
    if kind == SupportKind.WITHDRAWS_DISSENT and not dissents:
        raise WrongState(_("Your organisation has not filed a dissent."))


def _dissent(support: Support, reason: str, passage: str, alternative: str) -> Dissent:
    entry: ConsensusEntry = support.entry
    passage = passage.strip()
    if passage:
        exact_place_of((entry.wording.text or "") if entry.wording else "", passage)
    at: datetime = support.made_at
    return Dissent(
        entry=entry,
        organisation=support.organisation,
        organisation_name=support.organisation_name,
        reason=required(reason, field="reason"),
        passage=passage,
        alternative=alternative.strip(),
        made_at=at,
        actor_key=support.actor_key,
    )
