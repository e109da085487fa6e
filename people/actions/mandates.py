"""Mandates: given, ended, replaced; never edited.

Sources: domain.md, "Mandate". Lock order: organisation → mandate → head.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import formats, timezone, translation
from django.utils.translation import gettext_lazy as _

from people.actions.common import (
    as_text,
    clean,
    demand,
    demand_open,
    not_backwards,
    not_too_far,
    write_record,
)
from people.actions.outbox import enqueue
from people.links import absolute_reverse
from people.models import GroupMembership, Mandate, MandateRole, Organisation, User, WorkingGroup
from people.roles import is_editor
from record.acting import action
from record.errors import Invalid, NotAllowed


@action
def give_mandate(
    *,
    organisation: Organisation,
    user: User,
    role: str,
    by: User,
    group: WorkingGroup | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    evidence_title: str = "",
    evidence_date: date | None = None,
    evidence_url: str = "",
) -> Mandate:
    """A person may act for an organisation from a day on (default today), in one group or in all.

    Raises NotAllowed (also for a mandate a facilitator would give herself); Invalid if the organisation has ended or is
    no member of the group on that day, the account is not active, or there is a speaker at that time.
    Effects: row, mails to the person, the organisation's mailbox and its speaker, record.
    """
    demand(by, "give_mandate", group)
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    mandate = Mandate(
        organisation=locked,
        group=group,
        user=user,
        role=role,
        valid_from=valid_from or timezone.localdate(),
        valid_until=valid_until,
        evidence_title=evidence_title,
        evidence_date=evidence_date,
        evidence_url=evidence_url,
    )
    return establish(mandate, by=by)


def establish(mandate: Mandate, *, by: User) -> Mandate:
    """Check and store a mandate of an organisation whose row is locked. Permission is the caller's business,
    but for one rule: those who are no editors give none to themselves.
    """
    organisation = mandate.organisation
    if mandate.user_id == by.pk and not is_editor(by):
        raise NotAllowed(_("Nobody gives a role to themselves. Ask the editors."))
    if organisation.ended_on is not None and organisation.ended_on < mandate.valid_from:
        raise Invalid(_("This organisation has ended."), field="organisation")
    check_member(organisation, mandate.group, mandate.valid_from)
    demand_open(mandate.user, field="user")
    not_too_far(mandate.valid_from, field="valid_from")
    not_too_far(mandate.valid_until, field="valid_until")
    clean(mandate)
    check_speaker(mandate)
    check_not_twice(mandate)
    mandate.save(force_insert=True)
    _tell(mandate, "mandate_given")
    tell_organisation(mandate, "mandate_given", person=mandate.user)
    _record("mandate_given", mandate, by=by)
    return mandate


@action
def end_mandate(*, mandate: Mandate, by: User, valid_until: date | None = None) -> Mandate:
    """The mandate is valid until this day, inclusive (default today, or its first day if that is still to come).

    The group's desk ends it, the person themselves, or the speaker for those who act beside them. What was done by it
    stands. Raises NotAllowed; Invalid for a day that is over, or if it ends then anyway.
    """
    demand(by, "end_mandate", mandate)
    Organisation.objects.select_for_update(no_key=True).get(pk=mandate.organisation_id)
    row = _locked(mandate)
    _end(row, valid_until or max(timezone.localdate(), row.valid_from), by=by)
    return row


@action
def replace_mandate(
    *,
    mandate: Mandate,
    by: User,
    user: User,
    valid_from: date | None = None,
    evidence_title: str = "",
    evidence_date: date | None = None,
    evidence_url: str = "",
) -> Mandate:
    """Another person takes over the same role, by default from tomorrow; the old mandate ends the day before.

    Raises NotAllowed, Invalid. Effects: old mandate ended, new one given, each recorded.
    """
    demand(by, "end_mandate", mandate.group)
    demand(by, "give_mandate", mandate.group)
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=mandate.organisation_id)
    row = _locked(mandate)
    start = valid_from or max(timezone.localdate(), row.valid_from) + timedelta(days=1)
    _end(row, start - timedelta(days=1), by=by)
    successor = Mandate(
        organisation=organisation,
        group=row.group,
        user=user,
        role=row.role,
        valid_from=start,
        evidence_title=evidence_title,
        evidence_date=evidence_date,
        evidence_url=evidence_url,
    )
    return establish(successor, by=by)


def hand_over(mandate: Mandate, *, by: User, before: Mandate | None) -> Mandate:
    """Store a mandate of an organisation whose row is locked; a new speaker takes the place of `before`.

    That one's mandate ends the day before. Permission is the caller's business. Raises NotAllowed, Invalid.
    """
    if before is not None:
        _end(_locked(before), mandate.valid_from - timedelta(days=1), by=by)
    return establish(mandate, by=by)


def taken_place(mandate: Mandate) -> Mandate | None:
    """The running mandate a new speaker of the same scope takes the place of; None for other roles."""
    if mandate.role != MandateRole.SPEAKER:
        return None
    same = _overlapping(mandate).filter(role=MandateRole.SPEAKER, group_id=mandate.group_id)
    return same.filter(valid_from__lt=mandate.valid_from).first()


def check_member(organisation: Organisation, group: WorkingGroup | None, on: date) -> None:
    """In a group only its members are spoken for. Raises Invalid."""
    if group is None:
        return
    if not GroupMembership.objects.valid_on(on).filter(group=group, organisation=organisation).exists():
        raise Invalid(_("This organisation is not a member of the working group then."), field="organisation")


def check_speaker(mandate: Mandate, *, but: Mandate | None = None) -> None:
    """At most one speaker per organisation and group at a time; a mandate for all groups counts in each.

    `but` is one that will have ended by then.

    Raises Invalid. Call it with the organisation's row locked.
    """
    if mandate.role != MandateRole.SPEAKER:
        return
    rivals = _overlapping(mandate).filter(role=MandateRole.SPEAKER).select_related("user")
    rival = rivals.exclude(pk=but.pk).first() if but else rivals.first()
    if rival is not None:
        until = formats.date_format(rival.valid_until) if rival.valid_until else ""
        raise Invalid(
            _("There is a speaker until %(day)s: %(name)s. Begin later, or replace that mandate.")
            % {"day": until, "name": rival.user.get_full_name()}
            if until
            else _("There is a speaker already: %(name)s. End or replace that mandate first.")
            % {"name": rival.user.get_full_name()},
            field="role",
        )


def check_not_twice(mandate: Mandate) -> None:
    """Nobody holds the same role twice at a time. Raises Invalid."""
    same = _overlapping(mandate).filter(role=mandate.role, user=mandate.user, group=mandate.group)
    if same.exists():
        raise Invalid(_("This person holds this role at that time already."), field="user")


def _overlapping(mandate: Mandate) -> QuerySet[Mandate]:
    rows = Mandate.objects.filter(organisation_id=mandate.organisation_id).exclude(
        valid_until__lt=mandate.valid_from
    )
    if mandate.valid_until is not None:
        rows = rows.filter(valid_from__lte=mandate.valid_until)
    if mandate.group_id is not None:
        rows = rows.filter(Q(group=None) | Q(group_id=mandate.group_id))
    return rows.order_by("pk")


def _locked(mandate: Mandate) -> Mandate:
    rows = Mandate.objects.select_related("organisation", "group", "user")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=mandate.pk)


def _end(row: Mandate, day: date, *, by: User) -> None:
    not_backwards(day)
    not_too_far(day, field="valid_until")
    if day < row.valid_from:
        raise Invalid(_("It cannot end before it begins."), field="valid_until")
    if row.valid_until is not None and day >= row.valid_until:
        raise Invalid(_("It ends on that day or earlier already."), field="valid_until")
    row.valid_until = day
    row.save(update_fields=["valid_until"])
    _tell(row, "mandate_ended")
    tell_organisation(row, "mandate_ended", person=row.user)
    _record("mandate_ended", row, by=by)


def _tell(mandate: Mandate, event: str) -> None:
    user = mandate.user
    enqueue(
        event=_event(mandate, event),
        template=event,
        context={
            **_words(mandate, user.language),
            "url": absolute_reverse("home:mine", language=user.language),
        },
        user=user,
    )


def tell_organisation(mandate: Mandate, event: str, *, person: User) -> None:
    """Whoever is spoken for learns it: the function mailbox, and the speaker of that day unless it is about them."""
    organisation = mandate.organisation
    template, occasion = f"{event}_organisation", _event(mandate, event)

    def context(language: str) -> dict[str, str]:
        url = absolute_reverse("people:organisation", language=language, slug=organisation.slug)
        with translation.override(language):
            named = {"person_name": person.get_full_name(), "person_key": person.key}
        return {**_words(mandate, language), **named, "url": url}

    language = settings.LANGUAGE_CODE
    enqueue(event=occasion, template=template, context=context(language), organisation=organisation)
    for speaker in _speakers_beside(mandate):
        enqueue(event=occasion, template=template, context=context(speaker.language), user=speaker)


def _speakers_beside(mandate: Mandate) -> list[User]:
    """Who speaks for the organisation today in the mandate's group, or in any for one that holds in all."""
    held = Mandate.objects.valid_on(timezone.localdate()).filter(
        organisation_id=mandate.organisation_id, role=MandateRole.SPEAKER, user__is_active=True
    )
    if mandate.group_id is not None:
        held = held.filter(Q(group=None) | Q(group_id=mandate.group_id))
    people = {row.user_id: row.user for row in held.exclude(user_id=mandate.user_id).select_related("user")}
    return list(people.values())


def _event(mandate: Mandate, event: str) -> str:
    return f"{event}:{mandate.pk}:{mandate.valid_until or ''}"


def _words(mandate: Mandate, language: str) -> dict[str, str]:
    """What every mail about a mandate says, in the language of its reader."""
    with translation.override(language):
        return {
            "organisation_name": mandate.organisation.name,
            "role_name": str(mandate.get_role_display()),
            "group_name": mandate.group.name if mandate.group else "",
            "valid_from": formats.date_format(mandate.valid_from),
            "valid_until": formats.date_format(mandate.valid_until) if mandate.valid_until else "",
        }


def _record(act: str, mandate: Mandate, *, by: User) -> None:
    write_record(
        act,
        by=by,
        at=timezone.now(),
        kind="user",
        key=mandate.user.key,
        organisation=mandate.organisation,
        facts={
            "role": str(mandate.role),
            "group": mandate.group.key if mandate.group else None,
            "from": as_text(mandate.valid_from),
            "until": as_text(mandate.valid_until),
        },
    )
